package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;

/**
 * Instructions that execute one after the other: only the last may jump.
 *
 * @param start row of the first
 * @param last row of the last
 * @param next row after the last
 * @param length their number, at least 1
 */
record Block(int start, int last, int next, int length) {
    /** Whether translated code can execute the row: system calls and what traps at fetch are the interpreter's. */
    static boolean translatable(ProgramTable table, int row) {
        return Integer.compareUnsigned(row, table.rows()) < 0
                && table.fields(row) != 0
                && op(table, row).chip() != Chip.WRITE;
    }

    /** The operation of a row that has one. */
    static Op op(ProgramTable table, int row) {
        return ProgramTable.op(table.fields(row));
    }

    /** Whether execution may go on elsewhere than behind the operation. */
    static boolean jumps(Op op) {
        return op.chip() == Chip.BRANCH || op.chip() == Chip.JUMP;
    }

    /** Rows that may follow the block, as far as the program table says: none after JALR. */
    int[] successors(ProgramTable table) {
        Op op = op(table, last);
        if (op.chip() == Chip.BRANCH) {
            return new int[] {table.target(last), next};
        }
        return switch (op) {
            case JAL -> new int[] {table.target(last)};
            case JALR -> new int[0];
            default -> new int[] {next};
        };
    }

    /** Whether the block ends in a call: execution is likely to come back behind it. */
    boolean calls(ProgramTable table) {
        return op(table, last).chip() == Chip.JUMP && ProgramTable.rd(table.fields(last)) != ProgramTable.SINK;
    }
}
