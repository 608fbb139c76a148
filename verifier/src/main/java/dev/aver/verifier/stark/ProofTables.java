package dev.aver.verifier.stark;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.List;

/**
 * The tables of a proof, checked against the machine: their order, which there have to be, their heights, and that no
 * bus and no clock can overflow. Immutable.
 */
public final class ProofTables {
    /**
     * One table of a proof.
     *
     * @param table its kind's number in the machine
     * @param instance 0, or 1 for the second table of a kind
     * @param logHeight the logarithm of its number of rows
     */
    public record Instance(int table, int instance, int logHeight) {}

    /** The logarithm of the smallest height. */
    public static final int MIN_LOG_HEIGHT = 6;

    private final Machine machine;
    private final List<Instance> tables;

    /**
     * Checks a list of tables.
     *
     * @param tables in the order of number and instance
     * @throws InvalidReceiptException if they are not those of a proof of this machine
     */
    public ProofTables(Machine machine, List<Instance> tables) throws InvalidReceiptException {
        this.machine = machine;
        this.tables = List.copyOf(tables);
        order();
        mandatory();
        for (Instance instance : this.tables) height(instance);
        capacity();
    }

    private void order() throws InvalidReceiptException {
        int previous = -1;
        for (Instance instance : tables) {
            if (instance.table < 0 || instance.table >= machine.tables().size()) {
                throw new InvalidReceiptException(Reason.TABLES, "no table has number " + instance.table);
            }
            int instances = machine.tables().get(instance.table).instances();
            if (instance.instance < 0 || instance.instance >= instances) {
                throw new InvalidReceiptException(
                        Reason.TABLES, "instance " + instance.instance + " of " + name(instance) + ", of " + instances);
            }
            int place = 2 * instance.table + instance.instance;
            if (place <= previous) {
                throw new InvalidReceiptException(
                        Reason.TABLES, "the tables are not in order, or one is there twice: " + name(instance));
            }
            if (instance.instance == 1 && place != previous + 1) {
                throw new InvalidReceiptException(Reason.TABLES, "a second table without a first: " + name(instance));
            }
            previous = place;
        }
    }

    private void mandatory() throws InvalidReceiptException {
        for (int table = 0; table < machine.tables().size(); table++) {
            int number = table;
            if (machine.tables().get(table).mandatory() && tables.stream().noneMatch(t -> t.table == number)) {
                throw new InvalidReceiptException(
                        Reason.TABLES,
                        "the table is missing: "
                                + machine.tables().get(table).air().name());
            }
        }
    }

    private void height(Instance instance) throws InvalidReceiptException {
        int fixed = machine.tables().get(instance.table).logHeight();
        int min = fixed > 0 ? fixed : MIN_LOG_HEIGHT;
        int max = fixed > 0 ? fixed : Machine.MAX_LOG_HEIGHT;
        if (instance.logHeight < min || instance.logHeight > max) {
            throw new InvalidReceiptException(
                    Reason.HEIGHT,
                    "%s has 2^%d rows, outside 2^%d to 2^%d".formatted(name(instance), instance.logHeight, min, max));
        }
    }

    private void capacity() throws InvalidReceiptException {
        for (Bus bus : Bus.values()) {
            long messages = 2; // the verifier's own
            for (Instance instance : tables) {
                messages += (long) Machine.weight(
                                machine.tables().get(instance.table).air(), bus)
                        << instance.logHeight;
            }
            if (messages >= KoalaBear.P) {
                throw new InvalidReceiptException(
                        Reason.BUS_CAPACITY, "the tables may put " + messages + " messages on " + bus);
            }
        }
        long cycles = 0;
        for (Instance instance : tables) {
            cycles += (long) machine.tables().get(instance.table).cycles() << instance.logHeight;
        }
        if (cycles >= KoalaBear.P) {
            throw new InvalidReceiptException(
                    Reason.BUS_CAPACITY,
                    "the tables have room for " + cycles + " cycles, and a clock could come full circle");
        }
    }

    private String name(Instance instance) {
        return machine.tables().get(instance.table).air().name();
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** The tables, in the order of number and instance. */
    public List<Instance> tables() {
        return tables;
    }

    /** The kind of a table of this proof. */
    public Machine.Table kind(int place) {
        return machine.tables().get(tables.get(place).table);
    }

    /** The logarithm of the largest height. */
    public int maxLogHeight() {
        return tables.stream().mapToInt(Instance::logHeight).max().orElseThrow();
    }

    /** The logarithm of the height of the program's table. */
    public int programLogHeight() {
        return tables.getFirst().logHeight;
    }
}
