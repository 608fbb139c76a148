package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The translated code of one program, shared by the engines that run it. Memory: 6 bytes a row, and up to
 * {@link #MAX_BYTES} of bytecode; beyond that, what is not translated stays interpreted.
 *
 * <p>Threads may race on heat, which costs a few visits, and on reading regions, which have no state; translation
 * itself is synchronized.
 */
final class TranslatedCode implements RegionPlan.Experience {
    /** Visits after which interpreting a block has cost about as much as translating it would have. */
    static final int DEFAULT_THRESHOLD = 400;

    /** Most bytecode of all regions together. */
    private static final int MAX_BYTES = 8 << 20;

    /** Most weight of a region: about the most bytecode that HotSpot's method size limit allows. */
    private static final int MAX_WEIGHT = 5000;

    /** How many times hotter a block must get that some region contains, but not as an entry. */
    private static final int AGAIN = 16;

    /** Most targets remembered of an indirect jump. */
    private static final int MAX_TARGETS = 64;

    /** Heat of a row that cannot be translated: out of reach of every threshold. */
    private static final short NEVER = Short.MIN_VALUE;

    /** Register that calls return by: ra. */
    private static final int RETURN_ADDRESS = 1;

    private final ProgramTable table;
    private final int threshold;
    private final @Nullable Region[] regions;
    private final short[] heat;
    private final SemanticsCode semantics = new SemanticsCode();
    private final Map<Integer, Set<Integer>> targets = new ConcurrentHashMap<>();
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
    @Nullable
    Region region(int row) {
        return Integer.compareUnsigned(row, regions.length) < 0 ? regions[row] : null;
    }

    /** Counts a visit to a block by the interpreter; translates the block where it is hot. */
    @Nullable
    Region heat(int row) {
        if (Integer.compareUnsigned(row, heat.length) >= 0 || heat[row] == NEVER) {
            return null;
        }
        if (heat[row] < threshold) {
            heat[row]++;
            return null;
        }
        return translate(row);
    }

    /** Makes a region of the block at a row, unless one has an entry there already; null where that cannot be. */
    synchronized @Nullable Region translate(int row) {
        if (regions[row] != null) {
            return regions[row];
        }
        for (int weight = MAX_WEIGHT; bytes < MAX_BYTES && weight > 0; weight /= 2) {
            RegionPlan plan = RegionPlan.from(table, this, row, weight);
            if (plan == null) {
                break;
            }
            byte[] classFile = RegionWriter.write(table, plan, semantics);
            if (classFile != null) {
                bytes += classFile.length;
                return install(plan, define(classFile));
            }
        }
        heat[row] = NEVER;
        return null;
    }

    private Region install(RegionPlan plan, Region region) {
        // What the region contains is less in need of a region of its own.
        for (int start : plan.starts()) {
            heat[start] = (short) Math.max(-AGAIN * threshold, NEVER + 1);
        }
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
            throw new LinkageError("generated class does not load", e);
        }
    }

    /** Whether the row after this one's instruction follows in any case. */
    boolean continues(int row) {
        return Block.translatable(table, row) && !Block.jumps(Block.op(table, row));
    }

    /** Whether the row holds an indirect jump or call: a JALR that is not a return by the calling convention. */
    boolean jumpsAnywhere(int row) {
        if (!Block.translatable(table, row) || Block.op(table, row) != Op.JALR) {
            return false;
        }
        int fields = table.fields(row);
        return ProgramTable.rd(fields) != ProgramTable.SINK || ProgramTable.rs1(fields) != RETURN_ADDRESS;
    }

    @Override
    public boolean warm(int row) {
        return heat[row] != 0;
    }

    @Override
    public int[] targets(int row) {
        return targets.getOrDefault(row, Set.of()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Remembers where an indirect jump went; not for returns, whose targets are known from the calls. */
    void learn(int row, int target) {
        Set<Integer> known = targets.computeIfAbsent(row, r -> ConcurrentHashMap.newKeySet());
        if (known.size() < MAX_TARGETS) {
            known.add(target);
        }
    }
}
