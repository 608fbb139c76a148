package dev.aver.prover.trace;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.chips.BitsTable;
import dev.aver.circuits.chips.ProgramColumns;
import dev.aver.zkvm.program.ProgramTable;
import java.util.Arrays;

/** Where the tables that answer lookups have a key. */
public final class LookupKeys {
    private final ProgramTable program;

    /** The keys for runs of this program. */
    public LookupKeys(ProgramTable program) {
        this.program = program;
    }

    /**
     * The row of the answering table that has this key, −1 if there is none.
     *
     * @param tuple canonical elements, {@code bus.width()} from {@code at}
     */
    public int find(Bus bus, int[] tuple, int at) {
        return switch (bus) {
            case RANGE -> tuple[at] < 1 << 16 ? (1 << BitsTable.MOST_BITS) - 1 + tuple[at] : -1;
            case BITS -> {
                int k = tuple[at];
                int v = tuple[at + 1];
                yield k <= BitsTable.MOST_BITS && v >>> k == 0 && tuple[at + 2] == 1 << k ? (1 << k) - 1 + v : -1;
            }
            case BYTES -> {
                int a = tuple[at];
                int b = tuple[at + 1];
                yield (a | b) >>> 8 == 0 && tuple[at + 2] == (a & b) ? a << 8 | b : -1;
            }
            case BYTE_PAIR -> (tuple[at] | tuple[at + 1]) >>> 8 == 0 ? tuple[at] << 8 | tuple[at + 1] : -1;
            case PROGRAM -> {
                int row = tuple[at];
                boolean same = row < program.rows()
                        && Arrays.equals(tuple, at, at + bus.width(), ProgramColumns.row(program, row), 0, bus.width());
                yield same ? row : -1;
            }
            default -> throw new IllegalArgumentException("not a lookup bus: " + bus);
        };
    }
}
