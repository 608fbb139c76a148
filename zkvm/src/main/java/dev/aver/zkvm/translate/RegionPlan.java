package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks a region has, where it can be entered, and how its costs are counted: see {@link Path}.
 *
 * <p>Blocks are those reachable from the hot one over branches, jumps and calls, warm ones (visited before) first,
 * nearest first, as long as they fit. Entries are the hot block, the places where calls return to, and one block of
 * every cycle, so that a new stride that starts in a loop gets into it within one iteration.
 */
final class RegionPlan {
    /** Most instructions in a block. */
    private static final int MAX_BLOCK = 40;
    /** Most instructions on a path: at a stride's end, about half as many are left to the interpreter. */
    private static final int MAX_PATH = 40;

    /** What planning needs to know about the program's past. */
    interface Experience {
        /** Whether a block at this row was ever executed. */
        boolean warm(int row);

        /** Rows that the JALR at this row has gone to, returns not counted. */
        int[] targets(int row);
    }

    private final ProgramTable table;
    private final Experience experience;
    private final int head;
    private final NavigableSet<Integer> entries = new TreeSet<>();
    private final NavigableSet<Integer> starts = new TreeSet<>();
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Map<Integer, Integer> predecessors = new HashMap<>();
    private final Map<Integer, Path> paths = new LinkedHashMap<>();

    private RegionPlan(ProgramTable table, Experience experience, int head) {
        this.table = table;
        this.experience = experience;
        this.head = head;
    }

    /**
     * Plans a region.
     *
     * @param head row of the hot block
     * @param maxWeight about the most bytes of bytecode
     * @return the plan, or null where the row cannot be translated
     */
    static @Nullable RegionPlan from(ProgramTable table, Experience experience, int head, int maxWeight) {
        if (!Block.translatable(table, head)) {
            return null;
        }
        RegionPlan plan = new RegionPlan(table, experience, head);
        plan.explore(maxWeight);
        plan.cut();
        plan.markCycles();
        plan.entries.retainAll(plan.blocks.keySet());
        plan.layPaths();
        return plan;
    }

    /** The hot block's row. */
    int head() {
        return head;
    }

    /** Rows at which blocks start. */
    NavigableSet<Integer> starts() {
        return starts;
    }

    /** Rows at which the region can be entered. */
    NavigableSet<Integer> entries() {
        return entries;
    }

    /**
     * The trees of blocks, by first row. Whatever leaves a tree goes to the first row of another or out of the region.
     */
    Map<Integer, Path> paths() {
        return paths;
    }

    /** Finds where blocks start. */
    private void explore(int maxWeight) {
        ArrayDeque<Integer> warm = new ArrayDeque<>(List.of(head));
        ArrayDeque<Integer> cold = new ArrayDeque<>();
        entries.add(head);
        int weight = 0;
        while (!warm.isEmpty() || !cold.isEmpty()) {
            int start = warm.isEmpty() ? cold.remove() : warm.remove();
            if (starts.contains(start)) {
                continue;
            }
            Block block = scan(start);
            int more = weigh(block);
            if (weight + more > maxWeight && start != head) {
                continue;
            }
            weight += more;
            starts.add(start);
            for (int successor : block.successors(table)) {
                enqueue(successor, warm, cold);
            }
            for (int entry : indirectSuccessors(block)) {
                entries.add(entry);
                enqueue(entry, warm, cold);
            }
        }
    }

    /** Where execution is likely to come to next, or back to, over the switch. */
    private int[] indirectSuccessors(Block block) {
        Op op = Block.op(table, block.last());
        int[] targets = op == Op.JALR ? experience.targets(block.last()) : new int[0];
        if (block.calls(table) || (!Block.jumps(op) && block.length() == MAX_BLOCK)) {
            targets = Arrays.copyOf(targets, targets.length + 1);
            targets[targets.length - 1] = block.next();
        }
        return targets;
    }

    private void enqueue(int row, ArrayDeque<Integer> warm, ArrayDeque<Integer> cold) {
        if (Block.translatable(table, row)) {
            (experience.warm(row) ? warm : cold).add(row);
        }
    }

    /** The block that starts at a row and ends before the next known start at the latest. */
    private Block scan(int start) {
        int row = start;
        int last = start;
        int length = 0;
        while (length < MAX_BLOCK && Block.translatable(table, row) && (row == start || !starts.contains(row))) {
            last = row;
            int fields = table.fields(row);
            row += ProgramTable.length(fields) >> 1;
            length++;
            if (Block.jumps(ProgramTable.op(fields))) {
                break;
            }
        }
        return new Block(start, last, row, length);
    }

    /** About the bytes of bytecode that a block takes. */
    private int weigh(Block block) {
        int weight = 40;
        int row = block.start();
        for (int i = 0; i < block.length(); i++) {
            int fields = table.fields(row);
            Chip chip = ProgramTable.op(fields).chip();
            weight += switch (chip) {
                case LOAD, LOAD_DOUBLE, STORE, STORE_DOUBLE -> 17;
                case ATOMIC -> 40;
                default -> 9;
            };
            row += ProgramTable.length(fields) >> 1;
        }
        return weight;
    }

    /** Makes blocks now that all starts are known. */
    private void cut() {
        for (int start : starts) {
            Block block = scan(start);
            blocks.put(start, block);
        }
        for (Block block : blocks.values()) {
            for (int successor : block.successors(table)) {
                predecessors.merge(successor, 1, Integer::sum);
            }
        }
    }

    /**
     * Makes an entry of one block of every cycle: where a depth-first walk meets a block that it has not finished yet.
     */
    private void markCycles() {
        Map<Integer, Boolean> finished = new HashMap<>();
        for (int start : new ArrayList<>(entries)) {
            walk(start, finished);
        }
    }

    private void walk(int root, Map<Integer, Boolean> finished) {
        record Step(int row, int[] successors, int[] next) {}
        ArrayDeque<Step> stack = new ArrayDeque<>();
        int row = root;
        while (true) {
            Block block = blocks.get(row);
            if (block != null && !finished.containsKey(row)) {
                finished.put(row, false);
                stack.push(new Step(row, block.successors(table), new int[1]));
            }
            Step step = stack.peek();
            while (step != null && step.next()[0] == step.successors().length) {
                finished.put(step.row(), true);
                stack.pop();
                step = stack.peek();
            }
            if (step == null) {
                return;
            }
            row = step.successors()[step.next()[0]++];
            if (Boolean.FALSE.equals(finished.get(row))) {
                entries.add(row);
            }
        }
    }

    /** Grows a path from every entry, then from every block that paths go on to without containing it. */
    private void layPaths() {
        ArrayDeque<Integer> roots = new ArrayDeque<>(entries);
        while (!roots.isEmpty()) {
            int root = roots.remove();
            if (!paths.containsKey(root)) {
                paths.put(root, grow(block(root), 0, roots));
            }
        }
    }

    private Block block(int row) {
        return Objects.requireNonNull(blocks.get(row));
    }

    private Path grow(Block block, int before, ArrayDeque<Integer> roots) {
        int length = before + block.length();
        Op op = Block.op(table, block.last());
        if (op.chip() == Chip.BRANCH) {
            Path taken = extend(table.target(block.last()), length, roots);
            return new Path(block, taken, extend(block.next(), length, roots));
        }
        return switch (op) {
            case JAL -> new Path(block, extend(table.target(block.last()), length, roots), null);
            case JALR -> new Path(block, null, null);
            default -> new Path(block, null, extend(block.next(), length, roots));
        };
    }

    /**
     * The path goes on into a block that nothing else leads to; else it ends, and the block starts a path of its own.
     */
    private @Nullable Path extend(int row, int length, ArrayDeque<Integer> roots) {
        Block block = blocks.get(row);
        if (block == null) {
            return null;
        }
        boolean alone = !entries.contains(row) && predecessors.getOrDefault(row, 0) == 1;
        if (alone && length + block.length() <= MAX_PATH) {
            return grow(block, length, roots);
        }
        roots.add(row);
        return null;
    }
}
