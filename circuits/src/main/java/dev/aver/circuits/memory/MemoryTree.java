package dev.aver.circuits.memory;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.zkvm.program.MemoryImage;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Memory and registers as a tree of uniform depth: leaf i, for i below 2^23, is page i, leaf 2^23 is the register page,
 * and the leaves behind it are pages of zeros like every page that nobody wrote. So root = node(node(program half,
 * input half), register half).
 *
 * <p>Nodes are numbered 2^level + index, the root 1 and leaf i 2^24 + i. Kept are the nodes that were ever written;
 * every other one has its level's digest of zeros. Mutable, not thread-safe.
 */
public final class MemoryTree {
    /** Levels between a leaf and the root. */
    public static final int DEPTH = MemoryMap.TREE_DEPTH;

    /** Words of salt, at the beginning of the salt page. */
    public static final int SALT_WORDS = 5;

    /** The page that no guest can access. */
    public static final int SALT_PAGE = (int) (MemoryMap.SALT_START >>> MemoryMap.PAGE_BITS);

    private static final int INPUT_PAGE = (int) (MemoryMap.INPUT_START >>> MemoryMap.PAGE_BITS);
    private static final int DIGEST = Poseidon2Suite.DIGEST;

    private static final int ROOT = 1;
    private static final int PROGRAM_HALF = 4;
    private static final int INPUT_HALF = 5;
    private static final int FIRST_LEAF = 1 << DEPTH;

    /** The digest of a subtree of zero pages at each level. */
    private static final int[][] ZEROS = zeros();

    private final NodeMap nodes = new NodeMap();

    /** Memory and registers that are all zero. */
    public MemoryTree() {}

    private static int[][] zeros() {
        int[][] zeros = new int[DEPTH + 1][DIGEST];
        PageDigest.of(new long[MemoryMap.PAGE_WORDS], 0, zeros[DEPTH], 0);
        for (int level = DEPTH - 1; level >= 0; level--) {
            HashSuite.POSEIDON2.node(zeros[level + 1], 0, zeros[level + 1], 0, zeros[level], 0);
        }
        return zeros;
    }

    /**
     * What a run starts with: the program's image, the input behind its length, the salt, registers that are zero.
     *
     * @param salt {@link #SALT_WORDS} words: random, so that a digest of the input half hides a short input, or zeros
     * @throws IllegalArgumentException if the input does not fit, or the salt has another length
     */
    public static MemoryTree of(Program program, byte[] input, long[] salt) {
        MemoryTree tree = ofInput(input, salt);
        MemoryImage image = program.image();
        if (image.pageCount() == 0) return tree;
        int[] ids = new int[image.pageCount()];
        int[] digests = new int[ids.length * DIGEST];
        byte[] page = new byte[MemoryMap.PAGE_SIZE];
        long[] words = new long[MemoryMap.PAGE_WORDS];
        for (int i = 0; i < ids.length; i++) {
            image.copyPage(i, page, 0);
            ids[i] = image.pageId(i);
            PageDigest.of(words(page, words), 0, digests, i * DIGEST);
        }
        tree.write(ids, digests, touched(ids));
        return tree;
    }

    /**
     * As {@link #of}, but without a program: for its {@link #inputHalf}, which is the same whatever the program.
     *
     * @throws IllegalArgumentException if the input does not fit, or the salt has another length
     */
    public static MemoryTree ofInput(byte[] input, long[] salt) {
        if (salt.length != SALT_WORDS) throw new IllegalArgumentException("a salt of " + salt.length + " words");
        if (input.length > MemoryMap.MAX_INPUT) {
            throw new IllegalArgumentException(
                    "an input of %d bytes, above the %d that fit".formatted(input.length, MemoryMap.MAX_INPUT));
        }
        int inputPages = input.length == 0 ? 0 : (input.length - 1 + MemoryMap.WORD_SIZE) / MemoryMap.PAGE_SIZE + 1;
        int[] ids = new int[inputPages + 1];
        int[] digests = new int[ids.length * DIGEST];
        byte[] page = new byte[MemoryMap.PAGE_SIZE];
        long[] words = new long[MemoryMap.PAGE_WORDS];
        for (int i = 0; i < inputPages; i++) {
            Arrays.fill(page, (byte) 0);
            int from = i * MemoryMap.PAGE_SIZE - MemoryMap.WORD_SIZE;
            int at = i == 0 ? MemoryMap.WORD_SIZE : 0;
            System.arraycopy(input, from + at, page, at, Math.min(input.length - from, MemoryMap.PAGE_SIZE) - at);
            words(page, words);
            if (i == 0) words[0] = input.length;
            ids[i] = INPUT_PAGE + i;
            PageDigest.of(words, 0, digests, i * DIGEST);
        }
        ids[inputPages] = SALT_PAGE;
        PageDigest.of(Arrays.copyOf(salt, MemoryMap.PAGE_WORDS), 0, digests, inputPages * DIGEST);
        MemoryTree tree = new MemoryTree();
        tree.write(ids, digests, touched(ids));
        return tree;
    }

    private static long[] words(byte[] page, long[] words) {
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
        return words;
    }

    /** The digest of everything. */
    public int[] root() {
        return digest(ROOT);
    }

    /** The digest of memory below 2^31. */
    public int[] programHalf() {
        return digest(PROGRAM_HALF);
    }

    /** The digest of memory from 2^31 on, the salt page included. */
    public int[] inputHalf() {
        return digest(INPUT_HALF);
    }

    /** The digest of a page. */
    public int[] leaf(int pageId) {
        return digest(FIRST_LEAF + pageId);
    }

    /**
     * Replaces pages.
     *
     * @param pageIds the pages, at least one, increasing; each below 2^24
     * @param digests their new digests, page i's 9 elements at 9·i
     * @return every node above these pages, before and after
     * @throws IllegalArgumentException if the page ids are not that
     */
    public TouchedNodes update(int[] pageIds, int[] digests) {
        int[] all = touched(pageIds);
        int[] numbers = Arrays.copyOf(all, all.length - pageIds.length);
        int[] before = families(numbers);
        write(pageIds, digests, all);
        return new TouchedNodes(numbers, touchedChildren(all, numbers.length), before, families(numbers));
    }

    /**
     * How many nodes are above these pages: the rows of the Merkle table.
     *
     * @throws IllegalArgumentException if there is no page, they do not increase, or one is not below 2^24
     */
    public static int touchedNodes(int[] pageIds) {
        if (pageIds.length == 0 || pageIds[0] < 0 || pageIds[pageIds.length - 1] >= FIRST_LEAF) {
            throw new IllegalArgumentException("no pages, or not below 2^24");
        }
        int count = DEPTH;
        // What two neighbours do not share is as high as the highest bit in which they differ.
        for (int i = 1; i < pageIds.length; i++) {
            if (pageIds[i] <= pageIds[i - 1]) throw new IllegalArgumentException("page ids do not increase");
            count += 31 - Integer.numberOfLeadingZeros(pageIds[i] ^ pageIds[i - 1]);
        }
        return count;
    }

    /** The numbers of these leaves and of all nodes above them, increasing: the leaves come last. */
    private static int[] touched(int[] pageIds) {
        int[] numbers = new int[touchedNodes(pageIds) + pageIds.length];
        int at = numbers.length - pageIds.length;
        for (int i = 0; i < pageIds.length; i++) numbers[at + i] = FIRST_LEAF + pageIds[i];
        // Backwards through what is already there, each parent once.
        for (int child = numbers.length - 1; at > 0; child--) {
            int parent = numbers[child] >> 1;
            if (at == numbers.length - pageIds.length || numbers[at] != parent) numbers[--at] = parent;
        }
        return numbers;
    }

    /** For each of the first {@code count} of these nodes, which of its children are among them all. */
    private static int[] touchedChildren(int[] numbers, int count) {
        int[] touched = new int[count];
        int parent = 0;
        for (int i = 1; i < numbers.length; i++) {
            while (numbers[parent] != numbers[i] >> 1) parent++;
            touched[parent] |= 1 << (numbers[i] & 1);
        }
        return touched;
    }

    /** Writes leaves and computes the nodes above them anew: the others among {@code numbers}, from below. */
    private void write(int[] pageIds, int[] digests, int[] numbers) {
        for (int i = 0; i < pageIds.length; i++) nodes.put(FIRST_LEAF + pageIds[i], digests, i * DIGEST);
        int[] left = new int[DIGEST];
        int[] right = new int[DIGEST];
        for (int i = numbers.length - pageIds.length - 1; i >= 0; i--) {
            copy(2 * numbers[i], left, 0);
            copy(2 * numbers[i] + 1, right, 0);
            HashSuite.POSEIDON2.node(left, 0, right, 0, left, 0);
            nodes.put(numbers[i], left, 0);
        }
    }

    /** Each node's digest and those of its children. */
    private int[] families(int[] numbers) {
        int[] families = new int[numbers.length * TouchedNodes.STRIDE];
        for (int i = 0; i < numbers.length; i++) {
            int at = i * TouchedNodes.STRIDE;
            copy(numbers[i], families, at);
            copy(2 * numbers[i], families, at + DIGEST);
            copy(2 * numbers[i] + 1, families, at + 2 * DIGEST);
        }
        return families;
    }

    private int[] digest(int number) {
        int[] digest = new int[DIGEST];
        copy(number, digest, 0);
        return digest;
    }

    private void copy(int number, int[] to, int at) {
        if (!nodes.get(number, to, at)) {
            System.arraycopy(ZEROS[31 - Integer.numberOfLeadingZeros(number)], 0, to, at, DIGEST);
        }
    }

    /** The root that a run starts from: these two halves of memory, and registers that are all zero. */
    public static int[] startRoot(int[] programHalf, int[] inputHalf) {
        HashSuite suite = HashSuite.POSEIDON2;
        int[] memory = new int[suite.digestLength()];
        suite.node(programHalf, 0, inputHalf, 0, memory, 0);
        // A tree that nobody wrote to is as zero in its half of memory as in that of the registers.
        MemoryTree empty = new MemoryTree();
        int[] registers = new int[suite.digestLength()];
        suite.node(empty.programHalf(), 0, empty.inputHalf(), 0, registers, 0);
        suite.node(memory, 0, registers, 0, memory, 0);
        return memory;
    }
}
