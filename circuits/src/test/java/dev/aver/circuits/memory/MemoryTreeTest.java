package dev.aver.circuits.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.testing.ElfBuilder;
import dev.aver.zkvm.testing.Programs;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class MemoryTreeTest {
    private static final int[][] ZEROS = ReferenceTree.zeros();
    private static final int REGISTERS = 1 << 23;
    private static final int INPUT = 1 << 22;

    private static int[] reference(Map<Integer, long[]> pages, int level, int index) {
        return ReferenceTree.node(pages, level, index, ZEROS);
    }

    private static int[] digests(Map<Integer, long[]> pages) {
        int[] digests = new int[9 * pages.size()];
        int at = 0;
        for (long[] words : pages.values()) {
            PageDigest.of(words, 0, digests, at);
            at += 9;
        }
        return digests;
    }

    private static int[] ids(Map<Integer, long[]> pages) {
        return pages.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void aPageIsItsWordsFromTheFirstToTheLast() {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            long[] words = random.longs(70).toArray();
            int[] digest = new int[11];
            PageDigest.of(words, 3, digest, 1);
            assertThat(Arrays.copyOfRange(digest, 1, 10))
                    .isEqualTo(ReferenceTree.digest(Arrays.copyOfRange(words, 3, 67)));
            int changed = 3 + random.nextInt(64);
            words[changed] ^= 1L << random.nextInt(64);
            int[] other = new int[9];
            PageDigest.of(words, 3, other, 0);
            assertThat(other).isNotEqualTo(Arrays.copyOfRange(digest, 1, 10));
        }
    }

    @Test
    void nothingWrittenIsZeroEverywhere() {
        MemoryTree tree = new MemoryTree();
        assertThat(tree.root()).isEqualTo(ZEROS[0]);
        assertThat(tree.programHalf()).isEqualTo(tree.inputHalf()).isEqualTo(ZEROS[2]);
        assertThat(tree.leaf(8)).isEqualTo(ZEROS[24]);
    }

    /** Updates one after another; after each, the tree is the one computed from all pages at once. */
    @Test
    void updatesAddUp() {
        Random random = new Random(2);
        Map<Integer, long[]> all = new TreeMap<>();
        MemoryTree tree = new MemoryTree();
        int[] edges = {0, 7, 8, 9, INPUT - 1, INPUT, MemoryTree.SALT_PAGE - 1, MemoryTree.SALT_PAGE, REGISTERS};
        for (int round = 0; round < 12; round++) {
            Map<Integer, long[]> written = new TreeMap<>();
            for (int i = 0; i < 1 << (round / 2); i++) {
                int page = random.nextBoolean() ? edges[random.nextInt(edges.length)] : 8 + random.nextInt(1 << 10);
                written.put(page, random.longs(64).toArray());
            }
            all.putAll(written);
            int[] before = tree.root();
            TouchedNodes nodes = tree.update(ids(written), digests(written));
            assertThat(tree.root()).as("round %d", round).isEqualTo(reference(all, 0, 0));
            assertThat(tree.programHalf()).isEqualTo(reference(all, 2, 0));
            assertThat(tree.inputHalf()).isEqualTo(reference(all, 2, 1));
            assertThat(Arrays.copyOf(nodes.before(), 9)).isEqualTo(before);
            assertThat(Arrays.copyOf(nodes.after(), 9)).isEqualTo(tree.root());
            wellFormed(nodes, written, all);
        }
    }

    /** Each touched node once; what is said of nodes and children is what the tree says; the rest did not change. */
    private static void wellFormed(TouchedNodes nodes, Map<Integer, long[]> written, Map<Integer, long[]> all) {
        TreeSet<Integer> expected = new TreeSet<>();
        for (int page : written.keySet()) {
            for (int number = 1 << 24 | page; number > 0; number >>= 1) expected.add(number);
        }
        assertThat(nodes.size()).isEqualTo(MemoryTree.touchedNodes(ids(written)));
        assertThat(nodes.numbers())
                .isEqualTo(expected.headSet(1 << 24).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
        int[] hash = new int[9];
        for (int i = 0; i < nodes.size(); i++) {
            int number = nodes.numbers()[i];
            assertThat(number).isEqualTo((1 << nodes.level(i)) + nodes.index(i));
            for (int[] family : new int[][] {nodes.before(), nodes.after()}) {
                HashSuite.POSEIDON2.node(family, 27 * i + 9, family, 27 * i + 18, hash, 0);
                assertThat(hash).isEqualTo(Arrays.copyOfRange(family, 27 * i, 27 * i + 9));
            }
            for (int child = 0; child < 2; child++) {
                boolean touched = expected.contains(2 * number + child);
                assertThat(nodes.touched()[i] >> child & 1).isEqualTo(touched ? 1 : 0);
                int at = 27 * i + 9 + 9 * child;
                int[] after = Arrays.copyOfRange(nodes.after(), at, at + 9);
                assertThat(after).isEqualTo(reference(all, nodes.level(i) + 1, 2 * nodes.index(i) + child));
                if (!touched)
                    assertThat(Arrays.copyOfRange(nodes.before(), at, at + 9)).isEqualTo(after);
            }
        }
    }

    @Test
    void refusesPagesThatAreNoList() {
        MemoryTree tree = new MemoryTree();
        for (int[] pages : new int[][] {{}, {-1}, {3, 3}, {4, 3}, {1 << 24}, {3, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> tree.update(pages, new int[9 * pages.length]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void startsWithTheImageTheInputAndTheSalt() {
        Program program = Programs.mixed(1, 64);
        for (int length : new int[] {0, 1, 7, 503, 504, 505, 512, 1015, 1016, 1017, 5000}) {
            byte[] input = new byte[length];
            new Random(length).nextBytes(input);
            long[] salt = new Random(length + 1).longs(5).toArray();
            Map<Integer, long[]> pages = new TreeMap<>();
            for (long address = 0x1000; address < 0x30000; address++) {
                put(pages, address, program.image().unsignedByte(address));
            }
            for (int i = 0; i < 4; i++) put(pages, (1L << 31) + i, length >>> (8 * i) & 0xff);
            for (int i = 0; i < length; i++) put(pages, (1L << 31) + 8 + i, input[i] & 0xff);
            for (int i = 0; i < 40; i++) put(pages, (1L << 32) - 512 + i, (int) (salt[i / 8] >>> (i % 8 * 8)) & 0xff);
            MemoryTree tree = MemoryTree.of(program, input, salt);
            assertThat(tree.root()).as("length %d", length).isEqualTo(reference(pages, 0, 0));
            assertThat(tree.leaf(REGISTERS)).isEqualTo(ZEROS[24]);
        }
        assertThatThrownBy(() -> MemoryTree.of(program, new byte[0], new long[4]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void put(Map<Integer, long[]> pages, long address, int value) {
        if (value == 0) return;
        long[] words = pages.computeIfAbsent((int) (address >> 9), page -> new long[64]);
        words[(int) address >> 3 & 63] |= (long) value << (8 * (address & 7));
    }

    /** What the input is does not show in the program half, and the other way round. */
    @Test
    void halvesAreApart() {
        MemoryTree plain = MemoryTree.of(Programs.empty(), new byte[0], new long[5]);
        MemoryTree salted = MemoryTree.of(Programs.empty(), new byte[0], new long[] {0, 0, 0, 0, 1});
        MemoryTree withInput = MemoryTree.of(Programs.empty(), new byte[1], new long[5]);
        MemoryTree other = MemoryTree.of(Programs.mixed(1, 64), new byte[0], new long[5]);
        assertThat(salted.programHalf()).isEqualTo(withInput.programHalf()).isEqualTo(plain.programHalf());
        assertThat(other.inputHalf()).isEqualTo(plain.inputHalf());
        assertThat(other.programHalf()).isNotEqualTo(plain.programHalf());
        assertThat(plain.inputHalf()).isNotEqualTo(salted.inputHalf()).isNotEqualTo(withInput.inputHalf());
    }

    /** The largest addresses of both halves. */
    @Test
    void lastPageOfTheProgramHalf() throws Exception {
        Program program = Program.fromElf(new ElfBuilder()
                .code(0x10000, 0x00000073)
                .data((1L << 31) - 1, new byte[] {9})
                .build());
        Map<Integer, long[]> pages = new TreeMap<>();
        put(pages, 0x10000, 0x73);
        put(pages, (1L << 31) - 1, 9);
        assertThat(MemoryTree.of(program, new byte[0], new long[5]).root()).isEqualTo(reference(pages, 0, 0));
    }
}
