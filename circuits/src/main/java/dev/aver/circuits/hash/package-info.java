/**
 * Hashes (docs/protocol.md, section 2). A {@link dev.aver.circuits.hash.HashSuite} hashes rows and tree nodes of every
 * commitment: {@link dev.aver.circuits.hash.Poseidon2Suite}, cheap inside a proof, over the permutation
 * {@link dev.aver.circuits.hash.Poseidon2}, whose constants come from {@link dev.aver.circuits.hash.Grain}; or
 * {@link dev.aver.circuits.hash.Blake3Suite}, conventional, over {@link dev.aver.circuits.hash.Blake3}. A
 * {@link dev.aver.circuits.hash.Transcript} makes challenges out of everything said before.
 */
@NullMarked
package dev.aver.circuits.hash;

import org.jspecify.annotations.NullMarked;
