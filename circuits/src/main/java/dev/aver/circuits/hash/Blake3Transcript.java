package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;

/**
 * The transcript of {@code blake3}: a state of 32 bytes, hashed together with what was absorbed before something is
 * squeezed, and expanded by hashing it with a counter under another context. A word of output with its highest bit
 * cleared is an element if it is below p, and is skipped if not, which happens once in 128 times.
 */
public final class Blake3Transcript extends Transcript {
    /** What hashes a state and a counter to output. */
    public static final Blake3 SQUEEZE = Blake3.forContext("Aver 2026-11-22 transcript squeeze");

    private static final Blake3 ABSORB = Blake3.forContext("Aver 2026-11-22 transcript absorb");
    private static final int STATE = Blake3.DIGEST_WORDS;

    /** The state, then the counter. */
    private final int[] state;

    /** The state, then what was absorbed since it was computed, as canonical numbers. */
    private final Blake3Stream absorbed;

    /** Whether something was absorbed since the state was computed. */
    private boolean changed;

    /** The words of output before number {@code counter}, of which the last {@code unread} have not been read. */
    private final int[] output;

    private int unread;

    Blake3Transcript() {
        state = new int[STATE + 1];
        absorbed = new Blake3Stream(ABSORB);
        for (int i = 0; i < STATE; i++) absorbed.add(0);
        output = new int[STATE];
    }

    private Blake3Transcript(Blake3Transcript other) {
        state = other.state.clone();
        absorbed = new Blake3Stream(other.absorbed);
        changed = other.changed;
        output = other.output.clone();
        unread = other.unread;
    }

    @Override
    public void absorb(int element) {
        absorbed.add(KoalaBear.canonical(element));
        changed = true;
    }

    @Override
    public int squeeze() {
        if (changed) renew();
        while (true) {
            if (unread == 0) {
                SQUEEZE.hash(state, 4 * state.length, output, 0);
                state[STATE]++;
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

    /**
     * The hash that becomes the state, with room in its block for the next element absorbed, for those who try many
     * such elements. The element enters as its canonical number.
     */
    public Blake3Stream absorbed() {
        Blake3Stream copy = new Blake3Stream(absorbed);
        copy.makeRoom();
        return copy;
    }

    /** Makes what was absorbed part of the state. */
    private void renew() {
        absorbed.digest(state, 0);
        state[STATE] = 0;
        absorbed.clear();
        for (int i = 0; i < STATE; i++) absorbed.add(state[i]);
        changed = false;
        unread = 0;
    }
}
