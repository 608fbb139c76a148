package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.chips.HashChip;
import dev.aver.circuits.chips.MerkleChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.TouchedNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The tree's table with the hash table; the verifier says the root, the boundary table what leaves there are. */
final class MerkleChipTest {
    private static final MerkleChip CHIP = new MerkleChip();
    private static final HashChip HASH = new HashChip();
    private static final int[] PAGES = {8, 100, 101, MemoryTree.SALT_PAGE - 1, ForgedMemory.REGISTERS};

    private final int[] first = digests(1);
    private final int[] last = digests(2);
    private final Permutations permutations = new Permutations(1);
    private final List<TraceChecker.External> others = new ArrayList<>();
    private final Trace trace;

    MerkleChipTest() {
        trace = trace(nodes());
        others.add(node(1, 0, 0, nodes().before(), nodes().after(), 0));
        for (int i = 0; i < PAGES.length; i++) others.add(node(-1, 24, PAGES[i], first, last, 9 * i));
    }

    private static int[] digests(int seed) {
        return new Random(seed).ints(9L * PAGES.length, 0, KoalaBear.P).toArray();
    }

    /** The tree before holds something else around these pages too. */
    private TouchedNodes nodes() {
        MemoryTree tree = new MemoryTree();
        tree.update(new int[] {9, 100, 5000}, Arrays.copyOf(digests(3), 27));
        tree.update(PAGES, first);
        return tree.update(PAGES, last);
    }

    private Trace trace(TouchedNodes nodes) {
        Trace table = new Trace(CHIP.air, Trace.logHeightFor(nodes.size()));
        new MerkleTrace(CHIP).fill(nodes, table, permutations);
        return table;
    }

    private static TraceChecker.External node(int count, int level, int index, int[] before, int[] after, int at) {
        int[] tuple = new int[20];
        tuple[0] = level;
        tuple[1] = index;
        for (int i = 0; i < 9; i++) {
            tuple[2 + i] = KoalaBear.canonical(before[at + i]);
            tuple[11 + i] = KoalaBear.canonical(after[at + i]);
        }
        return new TraceChecker.External(Bus.NODE, count, tuple);
    }

    private List<String> complaints(Trace merkle) {
        Trace hashes = new Trace(HASH.air, Trace.logHeightFor(permutations.size()));
        new HashTrace(HASH).fill(permutations, hashes);
        return TraceChecker.check(List.of(merkle, hashes), others, ForgedMemory.keys());
    }

    /** Everything that complains begins or goes on with this. */
    private void caught(Trace forged, String because) {
        assertThat(complaints(forged)).isNotEmpty().allMatch(complaint -> complaint.contains(because));
    }

    /**
     * A forgery of a tree: {@code change} works on the nodes, then every node is computed anew from its children, and
     * is what its parent has as a child. The verifier is told the new root, if {@code root} is.
     */
    private Trace forged(Consumer<TouchedNodes> change, boolean root) {
        TouchedNodes nodes = nodes();
        change.accept(nodes);
        for (int[] family : new int[][] {nodes.before(), nodes.after()}) {
            for (int i = nodes.size() - 1; i >= 0; i--) {
                HashSuite.POSEIDON2.node(family, 27 * i + 9, family, 27 * i + 18, family, 27 * i);
                if (i == 0) continue;
                int parent = Arrays.binarySearch(nodes.numbers(), nodes.numbers()[i] >> 1);
                System.arraycopy(family, 27 * i, family, 27 * parent + 9 + 9 * (nodes.numbers()[i] & 1), 9);
            }
        }
        if (root) others.set(0, node(1, 0, 0, nodes.before(), nodes.after(), 0));
        permutations.clear();
        return trace(nodes);
    }

    private static int row(TouchedNodes nodes, int level, int index) {
        return Arrays.binarySearch(nodes.numbers(), (1 << level) + index);
    }

    @Test
    void acceptsATree() {
        assertThat(complaints(trace)).isEmpty();
        assertThat(complaints(forged(nodes -> {}, false))).isEmpty();
    }

    @Test
    void noCellCanBeChanged() {
        TouchedNodes nodes = nodes();
        int[] rows = {0, 1, 2, 3, row(nodes, 23, 50), nodes.size() - 1};
        ChipAttack.everyCellCounts(
                trace,
                ForgedMemory.keys(),
                nodes.size(),
                (column, row) -> Arrays.stream(rows).noneMatch(kept -> kept == row),
                5);
    }

    @Test
    void anUntouchedSiblingStays() {
        TouchedNodes nodes = nodes();
        for (int level : new int[] {1, 2, 12, 22, 23}) {
            int row = row(nodes, level, 8 >> (24 - level));
            int untouched = 18;
            if (nodes.touched()[row] == 3) continue;
            // After the segment something else is there, and the claim's root is made of it.
            caught(forged(forged -> forged.after()[27 * row + untouched] ^= 1, true), "an untouched child");
            // It was there before already, but that is not the root that the claim starts with.
            Trace both = forged(
                    forged -> {
                        forged.before()[27 * row + untouched] ^= 1;
                        forged.after()[27 * row + untouched] ^= 1;
                    },
                    false);
            caught(both, "NODE[0, 0");
        }
    }

    /** A leaf is replaced by another, before or after: no page has it. */
    @Test
    void leavesAreThoseOfThePages() {
        int row = row(nodes(), 23, 50);
        caught(forged(forged -> forged.after()[27 * row + 9] ^= 1, true), "NODE[24, 100");
        caught(forged(forged -> forged.before()[27 * row + 18] ^= 1, true), "NODE[24, 101");
    }

    /** A touched page is hidden from the boundary table, so that it keeps its old content for the next segment. */
    @Test
    void aTouchedPageIsInTheTree() {
        TouchedNodes nodes = nodes();
        int row = row(nodes, 23, 50);
        caught(
                forged(
                        forged -> {
                            forged.touched()[row] &= 1;
                            System.arraycopy(forged.before(), 27 * row + 18, forged.after(), 27 * row + 18, 9);
                        },
                        true),
                "NODE[24, 101");
        // Said to be touched, a child needs somebody who takes it.
        caught(forged(forged -> forged.touched()[row(nodes, 23, 4)] |= 2, true), "NODE[24, 9");
    }

    /** A leaf in another place, or at another level: whoever gets to a place gets there from the root. */
    @Test
    void aNodeIsInItsPlace() {
        TouchedNodes nodes = nodes();
        int row = row(nodes, 23, 50);
        // Children exchanged: page 100 would be page 101.
        Trace exchanged = forged(
                forged -> {
                    for (int[] family : new int[][] {forged.before(), forged.after()}) {
                        int[] left = Arrays.copyOfRange(family, 27 * row + 9, 27 * row + 18);
                        System.arraycopy(family, 27 * row + 18, family, 27 * row + 9, 9);
                        System.arraycopy(left, 0, family, 27 * row + 18, 9);
                    }
                },
                true);
        caught(exchanged, "NODE[24, 10");
        // The parent of two leaves says that it is one level up or down, or one place aside.
        Trace moved = forged(forged -> {}, true);
        moved.set(CHIP.level, row, 22);
        caught(moved, "NODE[2");
        moved = forged(forged -> {}, true);
        moved.set(CHIP.index, row, 51);
        caught(moved, "NODE[2");
        // The leaf's own digest as a node: nothing has it as a node's digest.
        others.set(2, node(-1, 25, 200, first, last, 9));
        Trace deeper = forged(forged -> {}, true);
        int added = nodes.size();
        deeper.set(CHIP.level, added, 24);
        deeper.set(CHIP.index, added, 100);
        deeper.set(CHIP.left, added, 1);
        for (int i = 0; i < 9; i++) {
            deeper.setElement(CHIP.before[i], added, first[9 + i]);
            deeper.setElement(CHIP.after[i], added, last[9 + i]);
            deeper.setElement(CHIP.before[9 + i], added, first[9 + i]);
            deeper.setElement(CHIP.after[9 + i], added, last[9 + i]);
        }
        caught(deeper, "DIGEST");
    }

    @Test
    void aNodeIsTouchedOnceOrNot() {
        int row = row(nodes(), 23, 50);
        for (long count : new long[] {2, -1, KoalaBear.P / 2}) {
            Trace forged = forged(nodes -> {}, true);
            forged.set(CHIP.left, row, count);
            assertThat(complaints(forged)).anyMatch(complaint -> complaint.contains("left touched is 0 or 1"));
            forged = forged(nodes -> {}, true);
            forged.set(CHIP.right, row, count);
            assertThat(complaints(forged)).anyMatch(complaint -> complaint.contains("right touched is 0 or 1"));
        }
    }

    /** A node without a touched child is no row: it would take its own message from nobody. */
    @Test
    void paddingIsSilent() {
        Random random = new Random(6);
        int rows = nodes().size();
        for (int i = 0; i < 27; i++) {
            int digest = random.nextInt(KoalaBear.P);
            trace.setElement(CHIP.before[i], rows, digest);
            trace.setElement(CHIP.after[i], rows, i < 9 ? random.nextInt(KoalaBear.P) : digest);
        }
        trace.set(CHIP.level, rows, 24);
        trace.set(CHIP.index, rows, 100);
        assertThat(complaints(trace)).isEmpty();
    }
}
