package dev.aver.zkvm.testing;

import dev.aver.zkvm.isa.Encoder;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import java.io.ByteArrayOutputStream;

/** Assembles a program instruction by instruction, at {@link #TEXT}. */
public final class Assembler {
    /** Address of the first instruction, which is the entry. */
    public static final long TEXT = 0x10000;

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    /** Address of the next instruction. */
    public long here() {
        return TEXT + code.size();
    }

    /** Appends a 4-byte instruction. */
    public Assembler op(Op op, int rd, int rs1, int rs2, long imm) {
        return word(Encoder.encode(new Instruction(op, rd, rs1, rs2, imm, 4)));
    }

    /** Appends a register-register instruction. */
    public Assembler reg(Op op, int rd, int rs1, int rs2) {
        return op(op, rd, rs1, rs2, 0);
    }

    /** Appends an instruction with an immediate and no rs2. */
    public Assembler imm(Op op, int rd, int rs1, long imm) {
        return op(op, rd, rs1, 0, imm);
    }

    /** Appends a store of {@code rs2} at {@code imm(rs1)}. */
    public Assembler store(Op op, int rs2, long imm, int rs1) {
        return op(op, 0, rs1, rs2, imm);
    }

    /** Appends a branch by a byte offset. */
    public Assembler branch(Op op, int rs1, int rs2, long offset) {
        return op(op, 0, rs1, rs2, offset);
    }

    /** Appends instructions that load any 64-bit constant: always the same number of bytes. */
    public Assembler li(int rd, long value) {
        imm(Op.ADDI, rd, 0, value >> 53);
        for (int shift = 42; shift >= -2; shift -= 11) {
            int bits = shift < 0 ? 9 : 11;
            imm(Op.SLLI, rd, rd, bits);
            long chunk = shift < 0 ? value & 0x1ff : (value >>> shift) & 0x7ff;
            // ORI sign-extends, so an 11-bit chunk must stay below 2^11: it does.
            imm(Op.ORI, rd, rd, chunk);
        }
        return this;
    }

    /** Appends a system call with this number, leaving its arguments as they are. */
    public Assembler ecall(long number) {
        return li(17, number).op(Op.ECALL, 0, 0, 0, 0);
    }

    /** Appends exit with the code in {@code rs}. */
    public Assembler exit(int rs) {
        return imm(Op.ADDI, 10, rs, 0).ecall(93);
    }

    /** Appends 32 bits. */
    public Assembler word(int word) {
        half(word);
        return half(word >>> 16);
    }

    /** Appends 16 bits. */
    public Assembler half(int half) {
        code.write(half);
        code.write(half >>> 8);
        return this;
    }

    /** The program: the code, and whatever {@code elf} holds besides. */
    public Program build(ElfBuilder elf) {
        try {
            return Program.fromElf(elf.segment(TEXT, ElfBuilder.R | ElfBuilder.X, code.toByteArray(), code.size())
                    .entry(TEXT)
                    .build());
        } catch (InvalidProgramException e) {
            throw new AssertionError(e);
        }
    }

    /** The program. */
    public Program build() {
        return build(new ElfBuilder());
    }
}
