/*
 * Merkle trees over Keccak-256. Leaves and nodes are hashed under different first bytes, so that no node passes for a
 * leaf; an index says at every level, lowest bit first, whether the path's node is the left (0) or the right child.
 */
#ifndef MERKLE_H
#define MERKLE_H

#include "sample.h"
#include "zkvm_accelerators.h"

#define MAX_LEAF 1024

static inline void merkle_leaf(const uint8_t *data, size_t size, zkvm_bytes_32 *hash) {
    uint8_t tagged[1 + MAX_LEAF];
    if (size > MAX_LEAF) refuse(EXIT_MALFORMED, "a leaf of more than 1024 bytes");
    tagged[0] = 0;
    memcpy(tagged + 1, data, size);
    zkvm_keccak256(tagged, 1 + size, hash);
}

/* Replaces the hash of the leaf at index by the root. The path holds the siblings from the leaf upwards, 32 bytes each. */
static inline void merkle_root(zkvm_bytes_32 *hash, uint64_t index, const uint8_t *path, uint32_t depth) {
    for (uint32_t level = 0; level < depth; level++, path += 32, index >>= 1) {
        uint8_t tagged[65];
        tagged[0] = 1;
        memcpy(tagged + (index & 1 ? 33 : 1), hash->data, 32);
        memcpy(tagged + (index & 1 ? 1 : 33), path, 32);
        zkvm_keccak256(tagged, sizeof tagged, hash);
    }
}

#endif
