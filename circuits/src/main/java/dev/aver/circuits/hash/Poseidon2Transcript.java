package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * The transcript of {@code poseidon2-koalabear-24}: a duplex sponge in overwrite mode, like the one for rows, whose
 * first state has a tag of its own. Elements 0 to 14 are overwritten by what is absorbed and read as what is squeezed;
 * 15 to 23 are never touched from outside.
 */
public final class Poseidon2Transcript extends Transcript {
    private static final int RATE = Poseidon2Suite.RATE;

    private final int[] state;

    /** Elements of the next block that have been overwritten. */
    private int pending;

    /** Elements of the last permutation's output that have not been read. */
    private int unread;

    Poseidon2Transcript() {
        state = new int[Poseidon2.WIDTH];
        state[Poseidon2Suite.TAG_AT] = KoalaBear.of(Poseidon2Suite.TRANSCRIPT_TAG);
    }

    private Poseidon2Transcript(Poseidon2Transcript other) {
        state = other.state.clone();
        pending = other.pending;
        unread = other.unread;
    }

    @Override
    public void absorb(int element) {
        unread = 0;
        state[pending++] = element;
        if (pending == RATE) permute();
    }

    @Override
    public int squeeze() {
        if (pending > 0) Arrays.fill(state, pending, RATE, 0);
        if (unread == 0) permute();
        return state[RATE - unread--];
    }

    @Override
    public Transcript copy() {
        return new Poseidon2Transcript(this);
    }

    /**
     * The block that the next element absorbed is permuted in if nothing else is absorbed, for those who try many such
     * elements: its place is {@link #place}, and the next element squeezed is element 0 of the permuted block.
     */
    public int[] block() {
        int[] block = state.clone();
        Arrays.fill(block, pending, RATE, 0);
        return block;
    }

    /** Where in {@link #block} the next element absorbed goes. */
    public int place() {
        return pending;
    }

    private void permute() {
        Poseidon2.KOALABEAR_24.permute(state);
        pending = 0;
        unread = RATE;
    }
}
