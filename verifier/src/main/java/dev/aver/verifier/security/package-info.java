/**
 * How many bits of security a proof has, computed from the proof's own numbers.
 * {@link dev.aver.verifier.security.ProofFigures} are those numbers, {@link dev.aver.verifier.security.SegmentFigures}
 * takes them from a segment proof's shape, {@link dev.aver.verifier.security.SecurityReport} charges every round of the
 * protocol with a proven theorem and takes the least, {@link dev.aver.verifier.security.ReceiptSecurity} the least of a
 * receipt's proofs, and {@link dev.aver.verifier.security.QueryCount} turns it around: the fewest queries for a number
 * of bits.
 */
@NullMarked
package dev.aver.verifier.security;

import org.jspecify.annotations.NullMarked;
