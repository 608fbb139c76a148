/**
 * Translated code against the interpreter: {@link dev.aver.zkvm.translate.LockStepTest} runs both side by side on random
 * programs, {@link dev.aver.zkvm.translate.TranslatedSamplesTest} runs the sample programs whole.
 */
@NullMarked
package dev.aver.zkvm.translate;

import org.jspecify.annotations.NullMarked;
