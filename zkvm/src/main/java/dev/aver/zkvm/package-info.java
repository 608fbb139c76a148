/**
 * The zkVM for those who embed it: an {@link dev.aver.zkvm.Executor} runs a {@link dev.aver.zkvm.program.Program} on an
 * {@link dev.aver.zkvm.Input} within {@link dev.aver.zkvm.Limits} and returns an {@link dev.aver.zkvm.Execution}: how
 * it ended and what it cost. Subpackages hold the instruction set, the program, the machine, segmenting and recording.
 */
@NullMarked
package dev.aver.zkvm;

import org.jspecify.annotations.NullMarked;
