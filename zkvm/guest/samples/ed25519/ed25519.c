/*
 * Checks an Ed25519 signature (RFC 8032, section 5.1.7). Strict: a scalar S not below the group order, and encodings of
 * points that are not canonical are refused, so nobody can turn a signature into another one.
 *
 * Input: public key (32 bytes), signature (64 bytes), message (the rest). Journal: public key, message.
 */
#include "aver.h"
#include "curve.h"
#include "sample.h"
#include "sha512.h"

/* The order of the base point, 2^252 + 27742317777372353535851937790883648493, least significant word first. */
static const uint64_t ORDER[4] = {0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0x0000000000000000, 0x1000000000000000};

static bool below_order(const uint64_t s[4]) {
    for (int i = 3; i >= 0; i--) {
        if (s[i] != ORDER[i]) return s[i] < ORDER[i];
    }
    return false;
}

/* A number of 512 bits modulo the order, bit by bit: rare enough to be simple. */
static void reduce(const uint8_t digest[64], uint64_t out[4]) {
    memset(out, 0, 32);
    for (int bit = 511; bit >= 0; bit--) {
        for (int i = 3; i > 0; i--) out[i] = out[i] << 1 | out[i - 1] >> 63;
        out[0] = out[0] << 1 | (digest[bit / 8] >> (bit % 8) & 1);
        if (below_order(out)) continue;
        unsigned long borrow = 0;
        for (int i = 0; i < 4; i++) {
            unsigned __int128 difference = (unsigned __int128)out[i] - ORDER[i] - borrow;
            out[i] = (uint64_t)difference;
            borrow = difference >> 64 & 1;
        }
    }
}

/* Whether S·B = R + k·A, in the form: S·B - k·A is encoded as R, which makes an R that is not canonical fail too. */
static bool verify(const uint8_t key[32], const uint8_t signature[64], const uint8_t *message, size_t size) {
    uint64_t s[4], k[4];
    memcpy(s, signature + 32, 32);
    point a;
    if (!below_order(s) || !point_decode(&a, key)) return false;

    uint8_t digest[64];
    sha512((struct piece[]){{signature, 32}, {key, 32}, {message, size}}, 3, digest);
    reduce(digest, k);

    point base = point_base(), minus_a = point_negate(a);
    point r = point_combine((const uint8_t *)s, &base, (const uint8_t *)k, &minus_a);
    uint8_t encoded[32];
    point_encode(encoded, &r);
    return memcmp(encoded, signature, 32) == 0;
}

int main(void) {
    struct reader in = open_input();
    const uint8_t *key = take(&in, 32);
    const uint8_t *signature = take(&in, 64);
    size_t size = in.left;
    const uint8_t *message = take(&in, size);

    aver_region_begin("verify");
    bool valid = verify(key, signature, message, size);
    aver_region_end();
    if (!valid) refuse(EXIT_REJECTED, "the signature is not valid");

    printf("valid signature of %lu bytes\n", size);
    write_output(key, 32);
    write_output(message, size);
    return 0;
}
