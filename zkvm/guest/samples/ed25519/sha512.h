/* SHA-512 (FIPS 180-4) of up to three pieces in a row. */
#ifndef SHA512_H
#define SHA512_H

#include <stddef.h>
#include <stdint.h>

struct piece {
    const uint8_t *data;
    size_t size;
};

void sha512(const struct piece *pieces, int count, uint8_t digest[64]);

#endif
