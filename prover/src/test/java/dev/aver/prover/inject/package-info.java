/**
 * Faults injected into recorded runs. A {@link dev.aver.prover.inject.Campaign} executes a program with one
 * {@link dev.aver.prover.inject.Fault}, and a {@link dev.aver.prover.inject.Judge} says what of the segment's tables
 * stops it: the faulted row, a bus, or only the segment as a whole. {@link dev.aver.prover.inject.ConstraintCoverage}
 * asks the other way around which constraints anything is stopped by.
 */
@NullMarked
package dev.aver.prover.inject;

import org.jspecify.annotations.NullMarked;
