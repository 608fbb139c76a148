/**
 * The instruction set: RV64IMAC with FENCE.I, and nothing of the machine that executes it.
 *
 * <p>{@link dev.aver.zkvm.isa.Op} lists the operations and {@link dev.aver.zkvm.isa.Instruction} is one of them with
 * its operands. The two encoding tables, {@code Encoding} (32 bits) and {@code CompressedForm} (16 bits), are written
 * in the manual's notation, once; {@link dev.aver.zkvm.isa.Decoder}, {@link dev.aver.zkvm.isa.Encoder} and
 * {@link dev.aver.zkvm.isa.Disassembler} all read them. {@link dev.aver.zkvm.isa.Chip} says which table of the proof an
 * operation fills.
 */
@NullMarked
package dev.aver.zkvm.isa;

import org.jspecify.annotations.NullMarked;
