/**
 * {@code aver prove}: the verb, what it shows while it works ({@link dev.aver.cli.prove.ProgressBar}), and what it
 * tells at the end ({@link dev.aver.cli.prove.ProofReport}).
 */
@NullMarked
package dev.aver.cli.prove;

import org.jspecify.annotations.NullMarked;
