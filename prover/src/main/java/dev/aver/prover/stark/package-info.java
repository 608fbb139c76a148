/**
 * The proof of one segment from its traces (docs/protocol.md, section 9): permutation columns, the quotient, and
 * {@link dev.aver.prover.stark.StarkProver}, which says everything in the order in which the verifier expects it.
 */
@NullMarked
package dev.aver.prover.stark;

import org.jspecify.annotations.NullMarked;
