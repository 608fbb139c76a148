package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Message;
import java.util.List;

/**
 * All tables of the machine, in the order of their numbers. Changing any table changes the machine's version and every
 * verifying key.
 */
public final class Machine {
    /** The version of the machine: of its tables, the program table's form, the memory map and the system interface. */
    public static final int VERSION = 1;

    /** Cycles of a segment are below this: all timestamps, 4·clk + slot, are then below 2^24. */
    public static final int CYCLE_BOUND = 1 << 22;

    /** The logarithm of the largest height of a table. */
    public static final int MAX_LOG_HEIGHT = 22;

    /**
     * A kind of table.
     *
     * @param instances how many a proof may have: one, or two for instruction chips
     * @param mandatory whether every proof has it: those that answer lookups, and those on which public values depend
     * @param logHeight the logarithm of its height if that is fixed, else 0
     * @param cycles by how much one row may advance the clock
     */
    public record Table(Air air, int instances, boolean mandatory, int logHeight, int cycles) {
        private static Table fixed(Air air, int logHeight) {
            return new Table(air, 1, true, logHeight, 0);
        }

        private static Table mandatory(Air air, int cycles) {
            return new Table(air, 1, true, 0, cycles);
        }

        private static Table system(Air air) {
            return new Table(air, 1, false, 0, 0);
        }

        private static Table instruction(Air air) {
            return new Table(air, 2, false, 0, 1);
        }
    }

    /** The number of the program's table. */
    public static final int PROGRAM = 0;

    /** The number of {@link BitsTable}. */
    public static final int BITS = 1;

    /** The number of {@link BytesTable}. */
    public static final int BYTES = 2;

    /** The machine of this version. */
    public static final Machine CURRENT = new Machine();

    public final ProgramChip program = new ProgramChip();
    public final BitsTable bits = new BitsTable();
    public final BytesTable bytes = new BytesTable();
    public final BoundaryChip boundary = new BoundaryChip();
    public final MerkleChip merkle = new MerkleChip();
    public final HashChip hash = new HashChip();
    public final HaltChip halt = new HaltChip();
    public final RefreshChip refresh = new RefreshChip();
    public final AddChip add = new AddChip();
    public final ConstChip constant = new ConstChip();
    public final BitwiseChip bitwise = new BitwiseChip();
    public final SltChip slt = new SltChip();
    public final BranchChip branch = new BranchChip();
    public final JumpChip jump = new JumpChip();
    public final ShiftChip shift = new ShiftChip();
    public final LoadDoubleChip loadDouble = new LoadDoubleChip();
    public final LoadChip load = new LoadChip();
    public final LoadCrossChip loadCross = new LoadCrossChip();
    public final StoreDoubleChip storeDouble = new StoreDoubleChip();
    public final StoreChip store = new StoreChip();
    public final StoreCrossChip storeCross = new StoreCrossChip();
    public final MulChip mul = new MulChip();
    public final DivChip div = new DivChip();
    public final AtomicChip atomic = new AtomicChip();
    public final WriteChip write = new WriteChip();

    private final List<Table> tables = List.of(
            Table.mandatory(program.air, 0),
            Table.fixed(bits.air, BitsTable.LOG_HEIGHT),
            Table.fixed(bytes.air, BytesTable.LOG_HEIGHT),
            Table.mandatory(boundary.air, 0),
            Table.mandatory(merkle.air, 0),
            Table.mandatory(hash.air, 0),
            Table.mandatory(halt.air, 1),
            Table.system(refresh.air),
            Table.instruction(add.air),
            Table.instruction(constant.air),
            Table.instruction(bitwise.air),
            Table.instruction(slt.air),
            Table.instruction(branch.air),
            Table.instruction(jump.air),
            Table.instruction(shift.air),
            Table.instruction(loadDouble.air),
            Table.instruction(load.air),
            Table.instruction(loadCross.air),
            Table.instruction(storeDouble.air),
            Table.instruction(store.air),
            Table.instruction(storeCross.air),
            Table.instruction(mul.air),
            Table.instruction(div.air),
            Table.instruction(atomic.air),
            Table.instruction(write.air));

    private Machine() {}

    /** All kinds of tables; a table's number is its place. */
    public List<Table> tables() {
        return tables;
    }

    /**
     * The number of a table.
     *
     * @throws IllegalArgumentException if it is not one of this machine's
     */
    public int number(Air air) {
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).air() == air) return i;
        }
        throw new IllegalArgumentException("not a table of the machine: " + air.name());
    }

    /**
     * How many messages a row of a table puts on a bus at most, answers to lookups not counted: what a height is
     * multiplied with when a verifier checks that a bus's messages are fewer than p.
     */
    public static int weight(Air air, Bus bus) {
        int weight = 0;
        for (Message message : air.messages()) {
            if (message.bus() == bus && !message.isAnswer()) weight++;
        }
        return weight;
    }
}
