/*
 * Streaming SHA-256 (FIPS 180-4): the journal's digest is built with it piece by piece.
 */
#ifndef AVER_SHA256_H
#define AVER_SHA256_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct aver_sha256 {
    uint32_t state[8];
    uint64_t length;    /* bytes so far */
    uint8_t block[64];  /* the length mod 64 bytes that wait for a full block */
};

void aver_sha256_init(struct aver_sha256 *hash);
void aver_sha256_update(struct aver_sha256 *hash, const uint8_t *data, size_t len);
/* Writes the digest; hash must be initialised again before its next use. */
void aver_sha256_finish(struct aver_sha256 *hash, uint8_t digest[32]);

#ifdef __cplusplus
}
#endif

#endif
