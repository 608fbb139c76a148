package dev.aver.circuits.chips;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;

/**
 * The rows of a program's table as elements of K: the keys of {@link dev.aver.circuits.air.Bus#PROGRAM}, which the
 * image id commits to. Rows that cannot execute have opcode 0, and no more.
 */
public final class ProgramColumns {
    /**
     * Elements of a row: row, opcode, half length, rd, rs1, rs2, four limbs of the immediate, target, two limbs of the
     * link.
     */
    public static final int WIDTH = 13;

    private ProgramColumns() {}

    /**
     * Row {@code row} as canonical elements. Fields that the operation does not use are 0.
     *
     * <p>The target is a row, negative ones modulo p, which no key has. That of JALR is −base/2: what turns half of an
     * address into a row, so that the base is bound by the image id.
     */
    public static int[] row(ProgramTable table, int row) {
        int[] columns = new int[WIDTH];
        columns[0] = row;
        int fields = table.fields(row);
        if (fields == 0) return columns;
        Op op = ProgramTable.op(fields);
        columns[1] = op.code();
        columns[2] = ProgramTable.length(fields) / 2;
        columns[3] = writesRd(op) ? ProgramTable.rd(fields) : 0;
        columns[4] = readsRs1(op) ? ProgramTable.rs1(fields) : 0;
        columns[5] = readsRs2(op) ? ProgramTable.rs2(fields) : 0;
        long imm = table.imm(row);
        for (int i = 0; i < 4; i++) columns[6 + i] = (int) (imm >>> (16 * i)) & 0xffff;
        boolean jump = op == Op.JAL || op == Op.JALR;
        if (jump || op.format() == Op.Format.B) {
            long target = op == Op.JALR ? -(table.base() >> 1) : table.target(row);
            columns[10] = Math.floorMod(target, KoalaBear.P);
        }
        if (jump) {
            long link = table.address(row) + ProgramTable.length(fields);
            columns[11] = (int) link & 0xffff;
            columns[12] = (int) (link >>> 16) & 0xffff;
        }
        return columns;
    }

    private static boolean writesRd(Op op) {
        return switch (op.format()) {
            case S, B, SYSTEM -> false;
            default -> true;
        };
    }

    private static boolean readsRs1(Op op) {
        return switch (op.format()) {
            case U, J, SYSTEM -> false;
            default -> true;
        };
    }

    private static boolean readsRs2(Op op) {
        return switch (op.format()) {
            case R, S, B -> true;
            case AMO -> op != Op.LR_W && op != Op.LR_D;
            default -> false;
        };
    }
}
