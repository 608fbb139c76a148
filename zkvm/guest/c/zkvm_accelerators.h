/*
 * The functions of the Ethereum zkVM standard's "Cryptographic Accelerators C Interface" that exist on Aver, with the
 * standard's names and types. They run in plain instructions today; a program that calls them gains without a change
 * when the machine gets a chip for them. Pointers must be valid; data may be NULL only if len is 0.
 */
#ifndef ZKVM_ACCELERATORS_H
#define ZKVM_ACCELERATORS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define ZKVM_ALIGN8 alignas(8)
#else
#define ZKVM_ALIGN8 _Alignas(8)
#endif

typedef enum {
    ZKVM_EOK = 0,
    ZKVM_EFAIL = -1
} zkvm_status;

typedef struct {
    ZKVM_ALIGN8 uint8_t data[32];
} zkvm_bytes_32;

typedef zkvm_bytes_32 zkvm_keccak256_hash;
typedef zkvm_bytes_32 zkvm_sha256_hash;

/* Keccak-256 as Ethereum uses it (the original padding, not SHA3-256's). Always ZKVM_EOK. */
zkvm_status zkvm_keccak256(const uint8_t *data, size_t len, zkvm_keccak256_hash *output);

/* SHA-256 (FIPS 180-4). Always ZKVM_EOK. */
zkvm_status zkvm_sha256(const uint8_t *data, size_t len, zkvm_sha256_hash *output);

#ifdef __cplusplus
}
#endif

#endif
