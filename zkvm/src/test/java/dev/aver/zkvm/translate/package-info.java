/**
 * Translated code against the interpreter: random programs in lock step, stopped at arbitrary strides, and every
 * operation on edge operands. Whole programs are compared in the {@code tests} module, sample by sample.
 */
@NullMarked
package dev.aver.zkvm.translate;

import org.jspecify.annotations.NullMarked;
