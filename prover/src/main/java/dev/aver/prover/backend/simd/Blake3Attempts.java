package dev.aver.prover.backend.simd;

import static dev.aver.circuits.hash.Blake3.DIGEST_WORDS;
import static dev.aver.prover.backend.simd.Blake3Kernel.STATES;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Blake3Stream;
import dev.aver.circuits.hash.Blake3Transcript;
import dev.aver.circuits.hash.Transcript;
import java.util.Arrays;

/**
 * {@link Blake3Transcript} in lanes: a compression for the block of the element, one for each tree to its left, of
 * which there are none below 256 words, and one for the output.
 */
final class Blake3Attempts implements LaneAttempts {
    private static final int[] SQUEEZE = Blake3Transcript.SQUEEZE.key();

    private final Transcript transcript;
    private final Blake3Stream absorbed;
    private final int[] trees;
    private final Blake3Kernel kernel = new Blake3Kernel();
    private final int[] chaining = new int[DIGEST_WORDS * STATES];
    private final int[] block = new int[Blake3Lanes.BLOCK_WORDS * STATES];

    Blake3Attempts(Blake3Transcript transcript) {
        this.transcript = transcript.copy();
        absorbed = transcript.absorbed();
        trees = absorbed.trees();
    }

    @Override
    public int lanes() {
        return STATES;
    }

    @Override
    public void squeeze(int[] elements, int[] squeezed) {
        absorb(elements);
        System.arraycopy(chaining, 0, block, 0, chaining.length);
        Arrays.fill(block, chaining.length, block.length, 0); // the counter of the first output, and the padding
        fill(SQUEEZE, chaining);
        int flags = Blake3Lanes.MODE | Blake3Lanes.CHUNK_START | Blake3Lanes.CHUNK_END | Blake3Lanes.ROOT;
        kernel.compress(chaining, 0, block, 0, 4 * (DIGEST_WORDS + 1), flags);
        for (int s = 0; s < STATES; s++) squeezed[s] = firstElement(s, elements[s]);
    }

    /** Computes the state after an element as {@link #chaining}. */
    private void absorb(int[] elements) {
        fill(absorbed.chaining(), chaining);
        fill(absorbed.block(), block);
        System.arraycopy(elements, 0, block, absorbed.place() * STATES, STATES);
        int root = trees.length == 0 ? Blake3Lanes.ROOT : 0;
        kernel.compress(chaining, 0, block, absorbed.chunk(), 4 * (absorbed.place() + 1), absorbed.flags() | root);
        for (int tree = trees.length - DIGEST_WORDS; tree >= 0; tree -= DIGEST_WORDS) {
            fill(Arrays.copyOfRange(trees, tree, tree + DIGEST_WORDS), block);
            System.arraycopy(chaining, 0, block, chaining.length, chaining.length);
            fill(absorbed.key(), chaining);
            int flags = Blake3Lanes.MODE | Blake3Lanes.PARENT | (tree == 0 ? Blake3Lanes.ROOT : 0);
            kernel.compress(chaining, 0, block, 0, 4 * Blake3Lanes.BLOCK_WORDS, flags);
        }
    }

    /**
     * The first word of lane s's output that is an element. That none of the eight is one happens once in 2^56 times.
     */
    private int firstElement(int s, int absorbedElement) {
        for (int i = 0; i < DIGEST_WORDS; i++) {
            int candidate = chaining[i * STATES + s] & Integer.MAX_VALUE;
            if (KoalaBear.isCanonical(candidate)) return candidate;
        }
        Transcript copy = transcript.copy();
        copy.absorbNumber(absorbedElement);
        return KoalaBear.canonical(copy.squeeze());
    }

    /** Sets the first words in all lanes. */
    private static void fill(int[] words, int[] lanes) {
        for (int i = 0; i < words.length; i++) Arrays.fill(lanes, i * STATES, (i + 1) * STATES, words[i]);
    }
}
