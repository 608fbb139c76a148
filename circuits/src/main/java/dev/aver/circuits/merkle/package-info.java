/**
 * Commitments to several matrices of different heights at once (docs/protocol.md, section 2).
 * {@link dev.aver.circuits.merkle.TreeShape} says which matrices and where each joins,
 * {@link dev.aver.circuits.merkle.MerkleTree} is the tree, and {@link dev.aver.circuits.merkle.Opening} the rows at one
 * index with the path that proves them.
 */
@NullMarked
package dev.aver.circuits.merkle;

import org.jspecify.annotations.NullMarked;
