package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * The transcript of {@code blake3}: a state of 32 bytes, hashed together with what was absorbed before something is
 * squeezed, and expanded by hashing it with a counter under another context. A word of output with its highest bit
 * cleared is an element if it is below p, and is skipped if not, which happens once in 128 times.
 */
final class Blake3Transcript extends Transcript {
    private static final Blake3 ABSORB = Blake3.forContext("Aver 2026-11-22 transcript absorb");
    private static final Blake3 SQUEEZE = Blake3.forContext("Aver 2026-11-22 transcript squeeze");
    private static final int STATE = Blake3.DIGEST_WORDS;

    /** The state, then what was absorbed since it was computed, as canonical numbers. */
    private int[] words;

    /** The used length of {@link #words}, at least the state's. */
    private int length = STATE;

    /** The words of output number {@code counter − 1}, of which the last {@code unread} have not been read. */
    private final int[] output;

    private int counter;
    private int unread;

    Blake3Transcript() {
        words = new int[4 * STATE];
        output = new int[STATE];
    }

    private Blake3Transcript(Blake3Transcript other) {
        words = other.words.clone();
        length = other.length;
        output = other.output.clone();
        counter = other.counter;
        unread = other.unread;
    }

    @Override
    public void absorb(int element) {
        if (length == words.length) words = Arrays.copyOf(words, 2 * length);
        words[length++] = KoalaBear.canonical(element);
    }

    @Override
    public int squeeze() {
        if (length > STATE) {
            ABSORB.hash(words, 4 * length, output, 0);
            System.arraycopy(output, 0, words, 0, STATE);
            length = STATE;
            counter = 0;
            unread = 0;
        }
        while (true) {
            if (unread == 0) {
                int[] input = Arrays.copyOf(words, STATE + 1);
                input[STATE] = counter++;
                SQUEEZE.hash(input, 4 * input.length, output, 0);
                unread = STATE;
            }
            int candidate = output[STATE - unread--] & Integer.MAX_VALUE;
            if (KoalaBear.isCanonical(candidate)) return KoalaBear.of(candidate);
        }
    }

    @Override
    public Transcript copy() {
        return new Blake3Transcript(this);
    }
}
