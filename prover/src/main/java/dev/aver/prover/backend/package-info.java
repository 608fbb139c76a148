/**
 * The heavy steps of proving, as an interface that several machines can stand behind:
 * {@link dev.aver.prover.backend.Backend}. {@link dev.aver.prover.backend.ScalarBackend} is the specification in plain
 * Java: every other backend gives the same numbers. Its parts are one file each: transforms, trees, values at points,
 * reduced codewords, folds.
 */
@NullMarked
package dev.aver.prover.backend;

import org.jspecify.annotations.NullMarked;
