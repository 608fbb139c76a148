package dev.aver.prover.inject;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Programs that execute every operation of two registers on many pairs of values, negative, small and at edges. */
final class EdgePrograms {
    private static final int BASE = 9;
    private static final int RESULT = 30;
    private static final int[] VALUES = {0, 5, 6, 7, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28};
    private static final long[] EDGES = {
        1,
        -1,
        5,
        -3,
        0x1_0000_0005L,
        -0x7_0000_1234L,
        Long.MIN_VALUE,
        0xdead_beef_8000_0003L,
        0x1234_5678_8765_4321L,
        -0x10000,
        0xffff_fffbL,
        0x7fff_0003_0001_0007L,
        0x8000_0000L,
        64
    };

    private EdgePrograms() {}

    /** A program that exits, after some 600 instructions. */
    static Program of(long seed) {
        Random random = new Random(seed);
        Assembler code = new Assembler();
        code.op(Op.LUI, BASE, 0, 0, RandomPrograms.DATA);
        for (int i = 1; i < VALUES.length; i++) code.imm(Op.LD, VALUES[i], BASE, 8 * (i - 1));
        for (Op op : Op.values()) {
            boolean branch = op.format() == Op.Format.B;
            if (op.format() != Op.Format.R && !branch) continue;
            for (int i = 0; i < (op.chip() == Chip.DIV ? 24 : 10); i++) {
                int rs1 = VALUES[random.nextInt(VALUES.length)];
                int rs2 = random.nextInt(8) == 0 ? rs1 : VALUES[random.nextInt(VALUES.length)];
                if (branch) code.branch(op, rs1, rs2, 4);
                else code.reg(op, RESULT, rs1, rs2);
            }
        }
        // What other tables' sums of opcodes are: of no offset, and of no value.
        for (Op op : new Op[] {Op.SB, Op.SH, Op.SW, Op.SD}) {
            code.store(op, 6, 0, BASE)
                    .store(op, 0, 161, BASE)
                    .store(op, 0, 7, BASE)
                    .store(op, 0, 0, BASE);
        }
        for (int offset : new int[] {161, 7, 5, 30})
            code.imm(Op.LD, RESULT, BASE, offset).imm(Op.LW, RESULT, BASE, offset);
        code.imm(Op.ADDI, 17, 0, 93).op(Op.ECALL, 0, 0, 0, 0);
        ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        for (long edge : EDGES) data.putLong(random.nextInt(4) == 0 ? random.nextLong() >> random.nextInt(64) : edge);
        return code.build(new ElfBuilder().data(RandomPrograms.DATA, data.array()));
    }
}
