/*
 * Membership of a secret leaf in a public set, given by the root of its Merkle tree (merkle.h).
 *
 * Input: root (32 bytes), depth (u32, at most 32), index (u64), size of the leaf (u32, at most 1024), leaf, one sibling
 * (32 bytes) for each level from the leaf upwards.
 * Journal: root, and Keccak-256 of index and root and leaf, by which the same leaf is recognised if it is used again.
 */
#include "aver.h"
#include "merkle.h"
#include "sample.h"

#define MAX_DEPTH 32

int main(void) {
    struct reader in = open_input();
    const uint8_t *root = take(&in, 32);
    uint32_t depth = take_u32(&in);
    if (depth > MAX_DEPTH) refuse(EXIT_MALFORMED, "a tree of more than 32 levels");
    uint64_t index = take_u64(&in);
    /* Larger indices would be a second name for the same leaf. */
    if (index >> depth != 0) refuse(EXIT_MALFORMED, "an index beyond the tree");
    uint32_t size = take_u32(&in);
    if (size > MAX_LEAF) refuse(EXIT_MALFORMED, "a leaf of more than 1024 bytes");
    const uint8_t *leaf = take(&in, size);
    const uint8_t *path = take(&in, 32 * (size_t)depth);
    expect_end(&in);

    aver_region_begin("path");
    zkvm_bytes_32 hash;
    merkle_leaf(leaf, size, &hash);
    merkle_root(&hash, index, path, depth);
    aver_region_end();
    if (memcmp(hash.data, root, 32) != 0) refuse(EXIT_REJECTED, "the leaf is not in the tree");

    uint8_t used[8 + 32 + MAX_LEAF];
    memcpy(used, &index, 8);
    memcpy(used + 8, root, 32);
    memcpy(used + 40, leaf, size);
    zkvm_keccak256_hash nullifier;
    zkvm_keccak256(used, 40 + size, &nullifier);

    print_hex("root: ", root, 32);
    print_hex("nullifier: ", nullifier.data, 32);
    write_output(root, 32);
    write_output(nullifier.data, 32);
    return 0;
}
