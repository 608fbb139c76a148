package dev.aver.tests.differential;

import dev.aver.zkvm.isa.Encoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts instructions one after another, and fills in where labels came to lie. */
final class Assembler {

    /** A place in the code, known once {@link #bind} was called. */
    static final class Label {
        private int offset = -1;
    }

    private record Fixup(int offset, Instruction instruction, Label label) {}

    private final long base;
    private final List<Fixup> fixups = new ArrayList<>();
    private byte[] code = new byte[1 << 12];
    private int position;
    private int end;

    /** @param base address of the first instruction */
    Assembler(long base) {
        this.base = base;
    }

    /** Where the next instruction goes, as an address. */
    long pc() {
        return base + position;
    }

    /** Goes on at another address, at or above the first one. What is passed over is zero. */
    void seek(long address) {
        position = Math.toIntExact(address - base);
    }

    /** Any bits, as two bytes. */
    void half(int bits) {
        if (position + 2 > code.length) {
            code = Arrays.copyOf(code, Math.max(2 * code.length, position + 2));
        }
        code[position++] = (byte) bits;
        code[position++] = (byte) (bits >> 8);
        end = Math.max(end, position);
    }

    /** Any bits, as four bytes. */
    void word(int bits) {
        half(bits);
        half(bits >>> 16);
    }

    void emit(Instruction instruction) {
        int bits = Encoder.encode(instruction);
        half(bits);
        if (instruction.length() == 4) {
            half(bits >>> 16);
        }
    }

    /** A four-byte instruction; operands that its format lacks are 0. */
    void emit(Op op, int rd, int rs1, int rs2, long imm) {
        emit(new Instruction(op, rd, rs1, rs2, imm, 4));
    }

    /** rd ← rs1 op rs2. */
    void register(Op op, int rd, int rs1, int rs2) {
        emit(op, rd, rs1, rs2, 0);
    }

    /** rd ← rs1 op imm, and loads, jalr. */
    void immediate(Op op, int rd, int rs1, long imm) {
        emit(op, rd, rs1, 0, imm);
    }

    void store(Op op, int rs2, int rs1, long offset) {
        emit(op, 0, rs1, rs2, offset);
    }

    /** rd ← any value, by as many instructions as it takes. */
    void constant(int rd, long value) {
        long low = value << 52 >> 52;
        if (value == low) {
            immediate(Op.ADDI, rd, 0, value);
        } else if (value == (int) value) {
            int upper = (int) (value - low); // wraps where rounding up passes 2^31
            emit(Op.LUI, rd, 0, 0, upper);
            if (low != 0) {
                immediate(Op.ADDIW, rd, rd, low);
            }
        } else {
            long high = value - low;
            int shift = Long.numberOfTrailingZeros(high);
            constant(rd, high >> shift);
            immediate(Op.SLLI, rd, rd, shift);
            if (low != 0) {
                immediate(Op.ADDI, rd, rd, low);
            }
        }
    }

    Label label() {
        return new Label();
    }

    /** The label is here. */
    void bind(Label label) {
        label.offset = position;
    }

    Label here() {
        Label label = label();
        bind(label);
        return label;
    }

    /** A branch or jump, of either length, whose offset is where the label will be. */
    void to(Label label, Instruction instruction) {
        fixups.add(new Fixup(position, instruction, label));
        half(0);
        if (instruction.length() == 4) {
            half(0);
        }
    }

    void branch(Op op, int rs1, int rs2, Label label) {
        to(label, new Instruction(op, 0, rs1, rs2, 0, 4));
    }

    void jump(int link, Label label) {
        to(label, new Instruction(Op.JAL, link, 0, 0, 0, 4));
    }

    /** rd ← the address of a label, which must be within 2 KiB: one auipc and one addi. */
    void address(int rd, Label label) {
        emit(Op.AUIPC, rd, 0, 0, 0);
        // The offset counts from the auipc.
        fixups.add(new Fixup(position - 4, new Instruction(Op.ADDI, rd, rd, 0, 0, 4), label));
        word(0);
    }

    /** Writes the data to descriptor 1 and exits with the low eight bits of a register that is not a0. */
    void writeDataAndExit(int codeRegister) {
        constant(10, 1);
        constant(11, GuestProgram.DATA);
        constant(12, GuestProgram.DATA_SIZE);
        constant(17, 64);
        register(Op.ECALL, 0, 0, 0);
        immediate(Op.ANDI, 10, codeRegister, 255);
        constant(17, 93);
        register(Op.ECALL, 0, 0, 0);
    }

    /** The code, with every label in its place. */
    byte[] finish() {
        for (Fixup fixup : fixups) {
            Instruction i = fixup.instruction;
            if (fixup.label.offset < 0) {
                throw new IllegalStateException("label never bound, for " + i);
            }
            boolean isAddress = i.op() == Op.ADDI;
            position = fixup.offset + (isAddress ? 4 : 0);
            emit(new Instruction(i.op(), i.rd(), i.rs1(), i.rs2(), fixup.label.offset - fixup.offset, i.length()));
        }
        return Arrays.copyOf(code, end);
    }
}
