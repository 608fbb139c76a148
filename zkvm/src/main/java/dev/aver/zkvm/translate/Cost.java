package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.ProgramTable;

/**
 * What a sequence of instructions costs.
 *
 * @param instructions their number
 * @param rows rows per chip, by ordinal; not to be modified
 * @param used bit set of register file indices accessed
 */
record Cost(int instructions, int[] rows, long used) {
    static final Cost NONE = new Cost(0, new int[Chip.INSTRUCTION_CHIPS], 0);

    /** This and the instruction of a row. */
    Cost plus(ProgramTable table, int row) {
        int[] sum = rows.clone();
        sum[Block.op(table, row).chip().ordinal()]++;
        return new Cost(instructions + 1, sum, used | table.uses(row));
    }
}
