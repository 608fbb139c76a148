package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.program.ProgramTable;

/**
 * The program table, which answers {@link Bus#PROGRAM}. Its columns are {@link ProgramColumns}, committed to by the
 * image id; rows of padding go on counting and have opcode 0, which no instruction asks for.
 */
public final class ProgramChip {
    private static final String[] NAMES = {
        "row",
        "opcode",
        "half length",
        "rd",
        "rs1",
        "rs2",
        "imm[0]",
        "imm[1]",
        "imm[2]",
        "imm[3]",
        "target",
        "link[0]",
        "link[1]"
    };

    /** The table. */
    public final Air air;

    /** How often a row was fetched. */
    public final Column fetches;

    /** Describes the table. */
    public ProgramChip() {
        AirBuilder b = new AirBuilder("program");
        Column[] key = new Column[ProgramColumns.WIDTH];
        for (int i = 0; i < key.length; i++) key[i] = b.preprocessed(NAMES[i]);
        fetches = b.column("fetches");
        b.answer(Bus.PROGRAM, fetches, key);
        air = b.build();
    }

    /** The logarithm of the height that a program's table is padded to: 64 rows or more. */
    public static int logHeight(ProgramTable program) {
        return Math.max(6, 32 - Integer.numberOfLeadingZeros(program.rows() - 1));
    }

    /** The preprocessed columns, one after the other, in Montgomery form. */
    public static int[] preprocessed(ProgramTable program) {
        int logHeight = logHeight(program);
        int[] columns = new int[ProgramColumns.WIDTH << logHeight];
        for (int row = 0; row < 1 << logHeight; row++) {
            columns[row] = KoalaBear.of(row);
            if (row >= program.rows()) continue;
            int[] elements = ProgramColumns.row(program, row);
            for (int i = 1; i < elements.length; i++) columns[(i << logHeight) + row] = KoalaBear.of(elements[i]);
        }
        return columns;
    }
}
