/** What makes receipts: the pipeline from a program and its input to a proof of the run. */
@NullMarked
package dev.aver.prover;

import org.jspecify.annotations.NullMarked;
