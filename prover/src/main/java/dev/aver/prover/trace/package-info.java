/**
 * From recorded events to columns: one filler for each chip, {@link dev.aver.prover.trace.Trace} as what they fill, and
 * {@link dev.aver.prover.trace.TraceChecker}, which says whether a set of traces satisfies every constraint and
 * balances every bus without proving anything.
 */
@NullMarked
package dev.aver.prover.trace;

import org.jspecify.annotations.NullMarked;
