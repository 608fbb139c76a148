package dev.aver.zkvm.profile;

import dev.aver.zkvm.Executor;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Tracer;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.program.SymbolTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds every cycle of one run to the call path it was spent on. Use it once: run an {@link Executor} made with
 * {@link #engines}, then take {@link #profile}.
 *
 * <p>Calls and returns are told by the link registers, as the manual's return-address hints define them (unprivileged
 * ISA, table 3): a jump that writes ra or t0 calls; a {@code jalr} that does not, through ra or t0 or to where the
 * current call came from, returns. Where a jump, branch or fall-through enters another function in any other way, that
 * function takes the place of the current one, as in a tail call. A return that matches no call (longjmp, exceptions,
 * context switches) goes to the innermost activation of the function that it lands in.
 *
 * <p>A region begins with {@code slti x0, rs1, 1}, rs1 holding the address of its NUL-terminated name, and ends with
 * {@code slti x0, x0, 2} or when the call that it began in returns.
 *
 * <p>Memory is bounded whatever the guest does: calls deeper than {@link #MAX_DEPTH} are counted at that depth, and so
 * on.
 */
public final class Profiler {
    /** Deepest call path that is told apart. */
    public static final int MAX_DEPTH = 2048;

    /** Region names that are told apart. */
    public static final int MAX_REGIONS = 1024;

    private static final String OTHER_REGIONS = "(other regions)";
    private static final String NO_SYMBOL = "(no symbol)";

    /** No function contains the row. */
    private static final int NONE = -1;
    /**
     * Keys from here on are regions, smaller ones functions; −1 is code without a symbol; below, such code by its entry
     * row.
     */
    private static final int REGION = 1 << 30;

    private final Program program;
    private final Map<String, Integer> regions = new HashMap<>();
    private final List<String> regionNames = new ArrayList<>();
    private final CallTree tree = new CallTree();
    private @Nullable Watch watch;

    public Profiler(Program program) {
        this.program = program;
    }

    /** Makes the interpreter that is watched; further ones, with which the executor locates a trap, are not. */
    public Executor.EngineFactory engines() {
        return (table, machine) -> {
            if (watch != null) {
                return new Interpreter(table, machine, null);
            }
            watch = new Watch(table, machine);
            return new Interpreter(table, machine, watch);
        };
    }

    /**
     * The profile of the run so far.
     *
     * @param cycles the run's cycles. The instruction that a run stopped at may have begun; it does not count
     */
    public Profile profile(long cycles) {
        if (watch != null) {
            watch.settle(cycles);
        }
        List<Profile.Frame> frames = new ArrayList<>();
        Map<Integer, Integer> frameOfKey = new HashMap<>();
        int[] keys = tree.keys();
        int[] frameOf = new int[keys.length];
        frameOf[0] = -1;
        for (int node = 1; node < keys.length; node++) {
            Integer frame = frameOfKey.get(keys[node]);
            if (frame == null) {
                frame = frames.size();
                frameOfKey.put(keys[node], frame);
                frames.add(frame(keys[node]));
            }
            frameOf[node] = frame;
        }
        return new Profile(List.copyOf(frames), tree.parents(), frameOf, tree.weights(), cycles, tree.truncated());
    }

    private Profile.Frame frame(int key) {
        if (key >= REGION) {
            return new Profile.Frame(regionNames.get(key - REGION), Profile.Kind.REGION);
        }
        String name;
        if (key >= 0) {
            name = program.symbols().functions().get(key).name();
        } else {
            name = key == NONE
                    ? NO_SYMBOL
                    : "0x" + Long.toHexString(program.code().base() + 2L * entryRow(key));
        }
        return new Profile.Frame(name, Profile.Kind.FUNCTION);
    }

    private static int entryKey(int row) {
        return -2 - row;
    }

    private static int entryRow(int key) {
        return -2 - key;
    }

    private int regionKey(String name) {
        Integer known = regions.get(name);
        if (known == null) {
            if (regions.size() >= MAX_REGIONS - 1 && !name.equals(OTHER_REGIONS)) {
                return regionKey(OTHER_REGIONS);
            }
            known = regionNames.size();
            regions.put(name, known);
            regionNames.add(name);
        }
        return REGION + known;
    }

    /** Per row, the index of the function that contains it. */
    private static int[] functions(ProgramTable table, SymbolTable symbols) {
        int[] functions = new int[table.rows()];
        int count = symbols.functions().size();
        int next = 0;
        for (int row = 0; row < functions.length; row++) {
            long address = table.address(row);
            while (next < count && symbols.functions().get(next).address() <= address) {
                next++;
            }
            functions[row] = NONE;
            if (next > 0) {
                SymbolTable.Symbol symbol = symbols.functions().get(next - 1);
                functions[row] = address - symbol.address() < symbol.size() ? next - 1 : NONE;
            }
        }
        return functions;
    }

    /** The tracer: the stack of activations at each moment, and the cycles since it last changed. */
    private final class Watch implements Tracer {
        private static final int ENTRY_RETURN = Integer.MIN_VALUE;
        /** Opcode and rd of a region hint, in a row's fields. */
        private static final int HINT = Op.SLTI.code() | ProgramTable.SINK << 8;

        private static final int HINT_MASK = 0x3fff;
        private static final int RA = 1;
        private static final int T0 = 5;

        private final ProgramTable table;
        private final Machine machine;
        private final int[] functionAt;

        /** Per entry: where it returns to, or {@link #REGION} for a region of the activation below. */
        private final int[] returnRows = new int[MAX_DEPTH];
        /** Per entry: the function its code is in; a region has that of its activation. */
        private final int[] functions = new int[MAX_DEPTH];

        /** Per entry: what it is in the tree. */
        private final int[] keys = new int[MAX_DEPTH];

        private final int[] nodes = new int[MAX_DEPTH];
        private int depth;
        /** Calls beyond {@link #MAX_DEPTH} that have not returned. */
        private long folded;

        /** The function that the last instruction was in. */
        private int here;
        /** Cycles not yet added to the top entry's node. */
        private long pending;

        private long total;

        Watch(ProgramTable table, Machine machine) {
            this.table = table;
            this.machine = machine;
            this.functionAt = functions(table, program.symbols());
            push(table.entryRow(), ENTRY_RETURN);
        }

        @Override
        public void alu(int row, int fields, long result) {
            count(row);
            if ((fields & HINT_MASK) == HINT) {
                hint(row, fields);
            }
        }

        @Override
        public void branch(int row, int fields, int next) {
            count(row);
        }

        @Override
        public void jump(int row, int fields, long link, int next) {
            count(row);
            int rd = ProgramTable.rd(fields);
            if (rd == RA || rd == T0) {
                call(next, (int) ((link - table.base()) >> 1));
            } else if (ProgramTable.op(fields) == Op.JALR) {
                int rs1 = ProgramTable.rs1(fields);
                // Hand-written code may keep its return address elsewhere.
                if (rs1 == RA || rs1 == T0 || returnRows[activation()] == next) {
                    returned(next);
                }
            }
        }

        @Override
        public void load(int row, int fields, long address, int size, long result) {
            count(row);
        }

        @Override
        public void store(int row, int fields, long address, int size, long value) {
            count(row);
        }

        @Override
        public void atomic(int row, int fields, long address, int size, long result, long stored, long reservation) {
            count(row);
        }

        @Override
        public void write(int row, long count) {
            count(row);
        }

        @Override
        public void halt(int row, long digestAddress) {
            count(row);
        }

        private void count(int row) {
            int function = functionAt[row];
            if (function != here) {
                moved(function);
            }
            pending++;
        }

        private void flush() {
            tree.add(nodes[depth - 1], pending);
            total += pending;
            pending = 0;
        }

        /** Ends the count, without an instruction that was announced and then stopped the run. */
        void settle(long cycles) {
            pending += cycles - (total + pending);
            flush();
        }

        /**
         * Control is in another function without a call or return: it replaces the current one and keeps its regions.
         */
        private void moved(int function) {
            flush();
            here = function;
            int top = activation();
            if (functions[top] != function) {
                keys[top] = function;
                for (int i = top; i < depth; i++) {
                    functions[i] = function;
                    nodes[i] = tree.child(i == 0 ? 0 : nodes[i - 1], keys[i]);
                }
            }
        }

        /** Index of the innermost activation: what is above are its regions. */
        private int activation() {
            int top = depth - 1;
            while (returnRows[top] == REGION) {
                top--;
            }
            return top;
        }

        private void push(int row, int returnRow) {
            boolean inside = row >= 0 && row < functionAt.length;
            int function = inside ? functionAt[row] : NONE;
            push(function, function == NONE && inside ? entryKey(row) : function, returnRow);
        }

        private void push(int function, int key, int returnRow) {
            nodes[depth] = tree.child(depth == 0 ? 0 : nodes[depth - 1], key);
            functions[depth] = function;
            keys[depth] = key;
            returnRows[depth] = returnRow;
            here = function;
            depth++;
        }

        private void call(int row, int returnRow) {
            flush();
            if (depth < MAX_DEPTH) {
                push(row, returnRow);
            } else {
                folded++;
            }
        }

        private void returned(int row) {
            flush();
            if (folded > 0) {
                folded--;
                return;
            }
            int match = depth - 1;
            while (match > 0 && returnRows[match] != row) {
                match--;
            }
            if (match == 0) {
                match = depth;
                int function = row >= 0 && row < functionAt.length ? functionAt[row] : NONE;
                while (match > 0 && (functions[match - 1] != function || returnRows[match - 1] == REGION)) {
                    match--;
                }
                if (match == 0) {
                    return; // moved() sees to it
                }
            }
            depth = match;
            here = functions[depth - 1];
        }

        private void hint(int row, int fields) {
            int rs1 = ProgramTable.rs1(fields);
            long kind = table.imm(row);
            if (kind == 1 && rs1 != 0 && depth < MAX_DEPTH) {
                flush();
                int function = functions[depth - 1];
                push(function, regionKey(RegionName.read(machine.memory, machine.x[rs1])), REGION);
            } else if (kind == 2 && rs1 == 0 && returnRows[depth - 1] == REGION) {
                flush();
                depth--;
            }
        }
    }
}
