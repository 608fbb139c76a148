/**
 * The machine against user-mode qemu, instruction by instruction: pc and all registers before every instruction, memory
 * at the end.
 *
 * <p>{@link dev.aver.tests.differential.DirectedPrograms} runs every operation on edge operands and
 * {@link dev.aver.tests.differential.RandomProgram} mixes them; {@link dev.aver.tests.differential.Comparison} drives a
 * {@link dev.aver.tests.differential.Stepper} along a {@link dev.aver.tests.differential.Trace}. What qemu does
 * otherwise, knowingly, stands in {@link dev.aver.tests.differential.Adjudications}.
 * {@link dev.aver.tests.differential.Mutant} breaks one operation at a time to show that the suite would notice.
 */
@NullMarked
package dev.aver.tests.differential;

import org.jspecify.annotations.NullMarked;
