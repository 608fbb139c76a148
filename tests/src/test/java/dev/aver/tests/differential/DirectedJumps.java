package dev.aver.tests.differential;

import dev.aver.tests.differential.Assembler.Label;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import java.util.List;
import java.util.function.IntFunction;

/** The directed programs' parts that go elsewhere: every jump and branch, over every bit of its offset. */
final class DirectedJumps {

    private static final int RA = 1;
    private static final int A0 = 10;
    private static final int A1 = 11;
    private static final int A3 = 13;

    private DirectedJumps() {}

    /** jalr with rd = rs1, odd targets and every sign; jal and c.j over every bit of their offsets, both ways. */
    static void jumps(Assembler code) {
        for (int imm : new int[] {0, 1, 2, 3, -1, -2, -4, -7, 2046, 2047, -2047, -2048}) {
            for (int odd = 0; odd < 2; odd++) {
                for (int[] registers : new int[][] {{A0, A0}, {RA, A0}, {0, A0}, {A0, RA}, {RA, RA}}) {
                    Label next = code.label();
                    code.address(registers[1], next);
                    code.constant(A3, odd - imm);
                    code.register(Op.ADD, registers[1], registers[1], A3);
                    code.immediate(Op.JALR, registers[0], registers[1], imm);
                    code.word(0);
                    code.bind(next);
                }
            }
        }
        compressedRegisterJumps(code);
        intoTheMiddle(code);
        ladder(code, 4, 20, offset -> new Instruction(Op.JAL, offset >> 4 & 3, 0, 0, offset, 4));
        ladder(code, 3, 11, offset -> new Instruction(Op.JAL, 0, 0, 0, offset, 2));
    }

    private static void compressedRegisterJumps(Assembler code) {
        for (int link = 0; link <= 1; link++) {
            for (int register = 1; register < 32; register++) {
                for (int odd = 0; odd < 2; odd++) {
                    Label next = code.label();
                    code.address(register, next);
                    code.immediate(Op.ADDI, register, register, odd);
                    code.emit(new Instruction(Op.JALR, link, register, 0, 0, 2));
                    code.half(0);
                    code.bind(next);
                }
            }
        }
    }

    /** A lui whose upper half is c.addi a1, 1: executed from its start, and from its middle. */
    private static void intoTheMiddle(Assembler code) {
        for (int i = 0; i < 2; i++) {
            Label middle = code.label();
            if (i == 1) {
                code.to(middle, new Instruction(Op.JAL, 0, 0, 0, 0, 2));
            }
            code.half(A0 << 7 | 0x37);
            code.bind(middle);
            code.half(0x0585);
        }
    }

    /** Every branch, taken over every bit of its offset, both ways. */
    static void branches(Assembler code) {
        code.constant(A0, -3);
        code.constant(A1, -2);
        for (Op op : List.of(Op.BNE, Op.BLT, Op.BLTU)) {
            ladder(code, 4, 12, offset -> new Instruction(op, 0, A0, A1, offset, 4));
        }
        for (Op op : List.of(Op.BEQ, Op.BGE, Op.BGEU)) {
            ladder(code, 4, 12, offset -> new Instruction(op, 0, A1, A1, offset, 4));
        }
        for (int register = 8; register < 16; register++) {
            for (Op op : List.of(Op.BEQ, Op.BNE)) {
                int zeroOrNot = register;
                code.constant(register, op == Op.BEQ ? 0 : 1L << (4 * register));
                ladder(code, 3, 8, offset -> new Instruction(op, 0, zeroOrNot, 0, offset, 2));
                // Not taken.
                code.constant(register, op == Op.BNE ? 0 : 1L << (4 * register));
                code.emit(new Instruction(op, 0, register, 0, 4, 2));
                code.emit(new Instruction(Op.ADDI, 1, 1, 0, 1, 2));
            }
        }
    }

    /**
     * Rungs at distances 2^lowest, 2^(lowest + 1), … 2^(highest - 1). Each jumps to the next; the last one falls to the
     * way back, which goes from each to the one before, and from the first to the end.
     */
    private static void ladder(Assembler code, int lowest, int highest, IntFunction<Instruction> jump) {
        Label end = code.label();
        long rung = code.pc();
        for (int bit = lowest; bit <= highest; bit++) {
            Instruction forward = jump.apply(1 << lowest);
            int length = forward.length();
            code.seek(rung);
            code.emit(bit < highest ? jump.apply(1 << bit) : new Instruction(Op.ADDI, 0, 0, 0, 0, length));
            code.emit(new Instruction(Op.ADDI, 0, 0, 0, 0, length));
            if (bit > lowest) {
                code.emit(jump.apply(-1 << (bit - 1)));
            } else {
                code.jump(0, end);
            }
            rung += 1L << bit;
        }
        code.bind(end);
    }
}
