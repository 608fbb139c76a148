package dev.aver.zkvm.testing;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.Program;

/** Small programs that several tests share. */
public final class Programs {
    private Programs() {}

    /** Exits with code 0 at once. */
    public static Program empty() {
        return new Assembler().exit(0).build();
    }

    /**
     * Mixes all kinds of accesses for {@code iterations} rounds of {@code 45} or so instructions: words at and across
     * word and page boundaries over {@code span} bytes, multiplication, division, atomics, calls. Exits with a
     * checksum.
     */
    public static Program mixed(int iterations, int span) {
        int data = 0x20000;
        Assembler a = new Assembler();
        a.li(8, iterations).li(9, data).li(18, 0).li(19, 0x9E3779B97F4A7C15L).li(20, 0);
        // Register 21 rests for long stretches and is read every 2^11 rounds: it needs refreshes.
        a.li(21, 77).li(24, span - 16);
        long loop = a.here();
        a.reg(Op.MUL, 19, 19, 19).imm(Op.ADDI, 19, 19, 1023).reg(Op.MULHU, 5, 19, 8);
        a.reg(Op.REMU, 6, 19, 24).reg(Op.ADD, 6, 6, 9);
        a.imm(Op.LD, 7, 6, 0).reg(Op.ADD, 18, 18, 7).store(Op.SD, 19, 3, 6);
        a.imm(Op.LW, 7, 6, 1).reg(Op.XOR, 18, 18, 7).store(Op.SW, 18, 6, 6);
        a.imm(Op.LHU, 7, 6, 7).store(Op.SH, 7, 2, 6).imm(Op.LB, 7, 6, 5).store(Op.SB, 5, 0, 6);
        a.reg(Op.DIV, 7, 18, 19).reg(Op.SLTU, 20, 7, 18).reg(Op.SRA, 7, 19, 20).reg(Op.SUBW, 18, 18, 7);
        a.imm(Op.ANDI, 6, 6, -8);
        a.op(Op.AMOADD_D, 22, 6, 18, 0).op(Op.LR_D, 22, 6, 0, 0).op(Op.SC_D, 23, 6, 22, 0);
        a.op(Op.SC_W, 23, 6, 22, 0).reg(Op.ADD, 18, 18, 23);
        a.imm(Op.SLLI, 7, 8, 53).branch(Op.BNE, 7, 0, 8).reg(Op.ADD, 18, 18, 21);
        a.op(Op.JAL, 1, 0, 0, 8).imm(Op.JALR, 0, 1, 0).imm(Op.JALR, 1, 1, 0);
        a.imm(Op.ADDI, 8, 8, -1);
        a.branch(Op.BNE, 8, 0, loop - a.here());
        a.exit(18);
        return a.build(new ElfBuilder().data(data, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}));
    }
}
