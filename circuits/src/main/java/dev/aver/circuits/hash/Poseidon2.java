package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * The permutation Poseidon2 over K with S-box x^3 and width 24 (L. Grassi, D. Khovratovich, M. Schofnegger,
 * <i>Poseidon2: A Faster Version of the Poseidon Hash Function</i>, ePrint 2023/323), as one instance: round numbers,
 * constants, matrices.
 *
 * <p>{@code M_E, R_F/2 full rounds, R_P partial rounds, R_F/2 full rounds}. A full round adds a constant to each
 * element, cubes each, and multiplies by the external matrix M_E; a partial round does the first two to element 0 only,
 * and multiplies by the internal matrix M_I. Immutable; all elements in Montgomery form.
 *
 * <p>Verifying a proof is mostly this. So the width is a constant, and the loops over a state are short and of one kind
 * of operation each: that is what the second compiler turns into vector instructions.
 */
public final class Poseidon2 {
    /** The number of elements of a state. */
    public static final int WIDTH = 24;

    /**
     * The instance that Aver uses: R_F = 10, R_P = 28.
     *
     * <p>The published instance has (8, 23). The two more full rounds and five more partial ones are a margin against
     * cryptanalysis that keeps advancing: docs/protocol.md, section 2, has the reasons.
     */
    public static final Poseidon2 KOALABEAR_24 = new Poseidon2(10, 28);

    /** p^-1 modulo 2^32. */
    private static final int P_INVERSE = 0x81000001;

    /** The vector V of M_I = J + diag(V), where J has 1 everywhere. */
    private static final int[] DIAGONAL = diagonal();

    /** V as numbers between −p/2 and p/2, but for element 0, which partial rounds keep apart. */
    private static final long[] CENTRED_DIAGONAL = centredDiagonal();

    private final int fullRounds;
    private final int partialRounds;

    /** Constants of the full rounds, {@link #WIDTH} for each. */
    private final int[] externalConstants;

    /** Constants of the partial rounds, one for each. */
    private final int[] internalConstants;

    /**
     * An instance. Package-private: a proof system's hash is not a parameter that its users choose round by round.
     *
     * @param fullRounds even: half of them come first, half last
     */
    Poseidon2(int fullRounds, int partialRounds) {
        assert fullRounds % 2 == 0 : fullRounds;
        this.fullRounds = fullRounds;
        this.partialRounds = partialRounds;
        externalConstants = new int[fullRounds * WIDTH];
        internalConstants = new int[partialRounds];
        // The generator's order is the order of use.
        Grain grain = new Grain(WIDTH, fullRounds, partialRounds);
        int half = externalConstants.length / 2;
        for (int i = 0; i < half; i++) externalConstants[i] = grain.next();
        for (int i = 0; i < partialRounds; i++) internalConstants[i] = grain.next();
        for (int i = half; i < externalConstants.length; i++) externalConstants[i] = grain.next();
    }

    /**
     * V: [−2, 1, 2, 1/2, 3, 4, −1/2, −3, −4, 1/2^8, 1/4, 1/8, 1/16, 1/32, 1/64, 1/2^24, −1/2^8, −1/8, −1/16, −1/32,
     * −1/64, −1/2^7, −1/2^9, −1/2^24], chosen by Plonky3 (koala-bear/src/poseidon2.rs) because multiplying by each is
     * cheap. That no subspace stays invariant through partial rounds, which the paper demands of M_I, is checked by a
     * test.
     */
    private static int[] diagonal() {
        int[] small = {-2, 1, 2, 0, 3, 4, 0, -3, -4};
        int[] powers = {0, 0, 0, 1, 0, 0, -1, 0, 0, 8, 2, 3, 4, 5, 6, 24, -8, -3, -4, -5, -6, -7, -9, -24};
        int[] diagonal = new int[powers.length];
        for (int i = 0; i < powers.length; i++) {
            diagonal[i] = powers[i] == 0 ? KoalaBear.ofLong(small[i]) : signedInversePower(powers[i]);
        }
        return diagonal;
    }

    /** 1 / 2^k for k positive, −1 / 2^−k for k negative. */
    private static int signedInversePower(int k) {
        int inverse = KoalaBear.divideByPowerOfTwo(KoalaBear.ONE, Math.abs(k));
        return k > 0 ? inverse : KoalaBear.neg(inverse);
    }

    private static long[] centredDiagonal() {
        long[] centred = Arrays.stream(DIAGONAL)
                .mapToLong(v -> v > KoalaBear.P / 2 ? v - KoalaBear.P : v)
                .toArray();
        centred[0] = 0;
        return centred;
    }

    /** R_F. */
    public int fullRounds() {
        return fullRounds;
    }

    /** R_P. */
    public int partialRounds() {
        return partialRounds;
    }

    /** The constant that full round {@code round}, in [0, R_F), adds to element {@code i}. */
    public int externalConstant(int round, int i) {
        return externalConstants[round * WIDTH + i];
    }

    /** The constant that partial round {@code round}, in [0, R_P), adds to element 0. */
    public int internalConstant(int round) {
        return internalConstants[round];
    }

    /** Element {@code i} of the vector V of M_I = J + diag(V). */
    public int diagonal(int i) {
        return DIAGONAL[i];
    }

    /**
     * Permutes the {@link #WIDTH} elements of {@code state}.
     *
     * <p>Inside, an element is any number congruent to it modulo p, in the range that a step leaves it in: linear
     * layers are then plain sums, and what is reduced is reduced once, without corrections.
     */
    public void permute(int[] state) {
        long[] x = begin(state);
        fullRounds(x, 0, fullRounds / 2);
        partialRounds(x, new long[partialRounds]);
        fullRounds(x, fullRounds / 2, fullRounds);
        for (int i = 0; i < WIDTH; i++) state[i] = element(x[i]);
    }

    /** The number of elements that {@link #permute(int[], int[], int)} writes down. */
    public int steps() {
        return fullRounds * WIDTH + partialRounds;
    }

    /**
     * Permutes, and writes down what happens between: the state after each full round, and element 0 of each partial
     * round after it was cubed, in the order of the rounds, from {@code steps[at]} on. Everything else is linear in
     * these and the input, and each is of degree three in those before it.
     */
    public void permute(int[] state, int[] steps, int at) {
        long[] x = begin(state);
        int step = at;
        for (int round = 0; round < fullRounds; round++) {
            if (round == fullRounds / 2) {
                long[] cubes = new long[partialRounds];
                partialRounds(x, cubes);
                for (long cube : cubes) steps[step++] = element(cube);
            }
            fullRounds(x, round, round + 1);
            for (long value : x) steps[step++] = element(value);
        }
        System.arraycopy(steps, step - WIDTH, state, 0, WIDTH);
    }

    private static long[] begin(int[] state) {
        assert state.length == WIDTH : state.length;
        long[] x = new long[WIDTH];
        for (int i = 0; i < WIDTH; i++) x[i] = state[i];
        multiplyExternal(x);
        return x;
    }

    /**
     * Full rounds number {@code from} to {@code to} − 1, from and to numbers below 49p in absolute value: M_E's rows
     * sum to 49. What lies between fits an int, and a product of two ints is one instruction on vectors.
     */
    private void fullRounds(long[] x, int from, int to) {
        int[] base = new int[WIDTH];
        int[] square = new int[WIDTH];
        for (int round = from; round < to; round++) {
            int at = round * WIDTH;
            for (int i = 0; i < WIDTH; i++) base[i] = (int) centred(x[i] + externalConstants[at + i]);
            for (int i = 0; i < WIDTH; i++) square[i] = (int) reduced((long) base[i] * base[i]);
            for (int i = 0; i < WIDTH; i++) x[i] = reduced((long) square[i] * base[i]);
            multiplyExternal(x);
        }
    }

    /**
     * All partial rounds, from numbers below 49p to numbers below 48p in absolute value. Element 0 is kept apart, since
     * the next round waits for it alone: V_0 = −2 makes it the others' sum minus its own cube. The others stay below
     * 2^32, because with V centred {@link #reduced} gives less than p here, and a total of 24 such numbers is centred
     * to less than 2^31.
     *
     * @param cubes element 0 of each round after it was cubed is written here
     */
    private void partialRounds(long[] x, long[] cubes) {
        long first = x[0];
        long others = 0;
        for (int i = 1; i < WIDTH; i++) {
            x[i] = centred(x[i]);
            others += x[i];
        }
        for (int round = 0; round < partialRounds; round++) {
            long base = centred(first + internalConstants[round]);
            long cube = reduced(reduced(base * base) * base);
            long total = centred(cube + others);
            first = others - cube;
            long products = 0;
            for (int i = 0; i < WIDTH; i++) {
                long product = reduced(CENTRED_DIAGONAL[i] * x[i]);
                products += product;
                x[i] = total + product;
            }
            others = products + (WIDTH - 1) * total;
            cubes[round] = cube;
        }
        x[0] = first;
    }

    /**
     * A number congruent to t modulo p, for t below 50p in absolute value. Taking t / 2^31, rounded, for t / p leaves
     * at most 2^30 + 50 · (2^31 − p), below 0.9p, whose square {@link #reduced} takes.
     */
    private static long centred(long t) {
        assert Math.abs(t) <= 50L * KoalaBear.P : t;
        return t - ((t + (1L << 30)) >> 31) * KoalaBear.P;
    }

    /** The element that t is congruent to, for t below 50p in absolute value. */
    private static int element(long t) {
        int centred = (int) centred(t);
        return centred + (KoalaBear.P & centred >> 31);
    }

    /**
     * t / 2^32 modulo p, at most p in absolute value, for t at most p · 2^31 in absolute value: Montgomery's reduction
     * on signed numbers, which needs no correction.
     */
    private static long reduced(long t) {
        assert Math.abs(t) <= (long) KoalaBear.P << 31 : t;
        int q = (int) t * P_INVERSE;
        return (t - (long) q * KoalaBear.P) >> 32;
    }

    /**
     * M_E = circ(2·M4, M4, …, M4) with M4 = circ(2, 3, 1, 1): M4 on each block of four, then to each element the sum of
     * all blocks' elements in its place. M4 is MDS; it is Plonky3's, which takes fewer additions than the paper's.
     */
    private static void multiplyExternal(long[] x) {
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (int i = 0; i < WIDTH; i += 4) {
            // Row j of M4 is the sum of the block, plus element j, plus twice element j + 1.
            long a = x[i];
            long b = x[i + 1];
            long c = x[i + 2];
            long d = x[i + 3];
            long sum = a + b + c + d;
            x[i] = sum + a + 2 * b;
            x[i + 1] = sum + b + 2 * c;
            x[i + 2] = sum + c + 2 * d;
            x[i + 3] = sum + d + 2 * a;
            sum0 += x[i];
            sum1 += x[i + 1];
            sum2 += x[i + 2];
            sum3 += x[i + 3];
        }
        for (int i = 0; i < WIDTH; i += 4) {
            x[i] += sum0;
            x[i + 1] += sum1;
            x[i + 2] += sum2;
            x[i + 3] += sum3;
        }
    }
}
