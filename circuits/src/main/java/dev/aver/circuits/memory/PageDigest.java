package dev.aver.circuits.memory;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2;
import dev.aver.circuits.hash.Poseidon2Sponge;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.zkvm.program.MemoryMap;

/**
 * The leaf of a page in the memory tree: a sponge in overwrite mode of rate 12 and capacity 12 over the page's words,
 * four limbs each, least significant first.
 *
 * <p>A block is three words, so that a row of the boundary table is one block. The 64 words are 21 blocks, and a last
 * one with word 63 and eight zeros. The first state is zero but for {@link Poseidon2Suite#PAGE_TAG}; a length is not
 * needed, since all pages have one. The digest is elements 0 to 8 of the last state.
 */
public final class PageDigest {
    /** Words of a block. */
    public static final int BLOCK_WORDS = 3;

    /** Limbs of a word. */
    public static final int WORD_LIMBS = 4;

    /** Elements of a block: where the capacity begins in a state. */
    public static final int RATE = BLOCK_WORDS * WORD_LIMBS;

    /** Blocks of a page. */
    public static final int BLOCKS = (MemoryMap.PAGE_WORDS + BLOCK_WORDS - 1) / BLOCK_WORDS;

    private PageDigest() {}

    /** The digest of a page's words, from {@code words[from]}, is written to {@code digest[at]}: 9 elements. */
    public static void of(long[] words, int from, int[] digest, int at) {
        int[] state = start();
        for (int block = 0; block < BLOCKS; block++) {
            for (int i = 0; i < BLOCK_WORDS; i++) {
                int word = block * BLOCK_WORDS + i;
                putLimbs(word < MemoryMap.PAGE_WORDS ? words[from + word] : 0, state, i * WORD_LIMBS);
            }
            Poseidon2.KOALABEAR_24.permute(state);
        }
        System.arraycopy(state, 0, digest, at, Poseidon2Suite.DIGEST);
    }

    /** The state that a page's sponge begins with. */
    public static int[] start() {
        return Poseidon2Sponge.start(Poseidon2Suite.PAGE_TAG);
    }

    private static void putLimbs(long word, int[] state, int at) {
        for (int i = 0; i < WORD_LIMBS; i++) state[at + i] = KoalaBear.of((int) (word >>> (16 * i)) & 0xffff);
    }
}
