package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The translated code of one program, shared by the engines that run it. Memory: 6 bytes a row, and up to {@link #MAX_BYTES} of
 * bytecode; beyond that, what is not translated stays interpreted.
 *
 * <p>Threads may race on heat, which costs a few visits, and on reading regions, which have no state; translation itself is
 * synchronized.
 */
final class TranslatedCode {
    /** Visits after which interpreting a block has cost about as much as translating it would have. */
    static final int DEFAULT_THRESHOLD = 400;

    /** Most bytecode of all regions together. */
    private static final int MAX_BYTES = 8 << 20;

    /** Most instructions interpreted before looking for translated code again. */
    private static final int MAX_BLOCK = 64;

    /** Heat of a row that cannot be translated: out of reach of every threshold. */
    private static final short NEVER = Short.MIN_VALUE;

    private final ProgramTable table;
    private final int threshold;
    private final @Nullable Region[] regions;
    private final short[] heat;
    private final SemanticsCode semantics = new SemanticsCode();
    private int bytes;

    TranslatedCode(ProgramTable table, int threshold) {
        this.table = table;
        this.threshold = Math.min(threshold, Short.MAX_VALUE);
        this.regions = new Region[table.rows()];
        this.heat = new short[table.rows()];
    }

    ProgramTable table() {
        return table;
    }

    /** The region that has an entry at a row, or null. */
    @Nullable Region region(int row) {
        return Integer.compareUnsigned(row, regions.length) < 0 ? regions[row] : null;
    }

    /** Counts a visit to a block by the interpreter; translates the block where it is hot. */
    @Nullable Region heat(int row) {
        if (Integer.compareUnsigned(row, heat.length) >= 0 || heat[row] == NEVER) {
            return null;
        }
        if (heat[row] < threshold) {
            heat[row]++;
            return null;
        }
        return translate(row);
    }

    private synchronized @Nullable Region translate(int row) {
        if (regions[row] != null) {
            return regions[row];
        }
        RegionPlan plan = bytes < MAX_BYTES ? RegionPlan.from(table, heat, row) : null;
        if (plan == null) {
            heat[row] = NEVER;
            return null;
        }
        byte[] classFile = RegionWriter.write(table, plan, semantics);
        bytes += classFile.length;
        Region region = define(classFile);
        for (int entry : plan.entries()) {
            if (regions[entry] == null) {
                regions[entry] = region;
            }
        }
        return region;
    }

    private static Region define(byte[] classFile) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(classFile, true);
            return (Region) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("generated class does not load", e);
        }
    }

    /** Instructions from a row up to and including the next that may jump, or up to the next region entry; at least 1. */
    int blockLength(int row) {
        int length = 1;
        int at = row;
        while (length < MAX_BLOCK && Integer.compareUnsigned(at, regions.length) < 0) {
            int fields = table.fields(at);
            if (fields == 0 || endsBlock(ProgramTable.op(fields))) {
                break;
            }
            at += ProgramTable.length(fields) >> 1;
            if (region(at) != null) {
                break;
            }
            length++;
        }
        return length;
    }

    private static boolean endsBlock(Op op) {
        return switch (op.chip()) {
            case BRANCH, JUMP, WRITE -> true;
            default -> false;
        };
    }
}
