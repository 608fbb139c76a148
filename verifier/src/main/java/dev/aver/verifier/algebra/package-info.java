/**
 * What verification computes in. {@link dev.aver.verifier.algebra.Algebra} names the steps that the verifier's
 * algorithms are written in, once for every target; {@link dev.aver.verifier.algebra.HostAlgebra} takes them on field
 * elements, reading the proof from bytes through a {@link dev.aver.verifier.algebra.ProofReader}.
 */
@NullMarked
package dev.aver.verifier.algebra;

import org.jspecify.annotations.NullMarked;
