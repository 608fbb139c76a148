package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * The permutation Poseidon2 over K with S-box x^3 (L. Grassi, D. Khovratovich, M. Schofnegger, <i>Poseidon2: A Faster
 * Version of the Poseidon Hash Function</i>, ePrint 2023/323), as one instance: width, round numbers, constants,
 * matrices.
 *
 * <p>{@code M_E, R_F/2 full rounds, R_P partial rounds, R_F/2 full rounds}. A full round adds a constant to each
 * element, cubes each, and multiplies by the external matrix M_E; a partial round does the first two to element 0 only,
 * and multiplies by the internal matrix M_I. Immutable; all elements in Montgomery form.
 */
public final class Poseidon2 {
    /**
     * The instance that Aver uses: width 24, R_F = 10, R_P = 28.
     *
     * <p>The published instance has (8, 23). The two more full rounds and five more partial ones are a margin against
     * cryptanalysis that keeps advancing: docs/protocol.md, section 2, has the reasons.
     */
    public static final Poseidon2 KOALABEAR_24 = new Poseidon2(24, 10, 28, diagonal24());

    /** p^-1 modulo 2^32. */
    private static final int P_INVERSE = 0x81000001;

    private final int width;
    private final int fullRounds;
    private final int partialRounds;

    /** Constants of the full rounds, {@code width} for each. */
    private final int[] externalConstants;

    /** Constants of the partial rounds, one for each. */
    private final int[] internalConstants;

    /** The vector V of M_I = J + diag(V), where J has 1 everywhere. */
    private final int[] diagonal;

    /** V as numbers between −p/2 and p/2. */
    private final long[] centredDiagonal;

    /**
     * An instance. Package-private: a proof system's hash is not a parameter that its users choose round by round.
     *
     * @param width a multiple of 4, at least 8 and at most 24
     * @param fullRounds even: half of them come first, half last
     * @param diagonal the vector V of M_I = J + diag(V), {@code width} elements
     */
    Poseidon2(int width, int fullRounds, int partialRounds, int[] diagonal) {
        assert width % 4 == 0 && width >= 8 && width <= 24 && diagonal.length == width : width;
        assert fullRounds % 2 == 0 : fullRounds;
        this.width = width;
        this.fullRounds = fullRounds;
        this.partialRounds = partialRounds;
        this.diagonal = diagonal.clone();
        centredDiagonal = Arrays.stream(diagonal)
                .mapToLong(v -> v > KoalaBear.P / 2 ? v - KoalaBear.P : v)
                .toArray();
        externalConstants = new int[fullRounds * width];
        internalConstants = new int[partialRounds];
        // The generator's order is the order of use.
        Grain grain = new Grain(width, fullRounds, partialRounds);
        int half = externalConstants.length / 2;
        for (int i = 0; i < half; i++) externalConstants[i] = grain.next();
        for (int i = 0; i < partialRounds; i++) internalConstants[i] = grain.next();
        for (int i = half; i < externalConstants.length; i++) externalConstants[i] = grain.next();
    }

    /**
     * V for width 24: [−2, 1, 2, 1/2, 3, 4, −1/2, −3, −4, 1/2^8, 1/4, 1/8, 1/16, 1/32, 1/64, 1/2^24, −1/2^8, −1/8,
     * −1/16, −1/32, −1/64, −1/2^7, −1/2^9, −1/2^24], chosen by Plonky3 (koala-bear/src/poseidon2.rs) because
     * multiplying by each is cheap. That no subspace stays invariant through partial rounds, which the paper demands of
     * M_I, is checked by a test.
     */
    static int[] diagonal24() {
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

    /** The number of elements of a state. */
    public int width() {
        return width;
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
        return externalConstants[round * width + i];
    }

    /** The constant that partial round {@code round}, in [0, R_P), adds to element 0. */
    public int internalConstant(int round) {
        return internalConstants[round];
    }

    /** Element {@code i} of the vector V of M_I = J + diag(V). */
    public int diagonal(int i) {
        return diagonal[i];
    }

    /**
     * Permutes the {@code width} elements of {@code state}.
     *
     * <p>Inside, an element is any number congruent to it modulo p, in the range that a step leaves it in: linear
     * layers are then plain sums, and what is reduced is reduced once, without corrections.
     */
    public void permute(int[] state) {
        assert state.length == width : state.length;
        long[] x = new long[width];
        for (int i = 0; i < width; i++) x[i] = state[i];
        multiplyExternal(x);
        for (int round = 0; round < fullRounds / 2; round++) fullRound(x, round);
        for (int i = 0; i < width; i++) x[i] = centred(x[i]);
        for (int round = 0; round < partialRounds; round++) partialRound(x, round);
        for (int round = fullRounds / 2; round < fullRounds; round++) fullRound(x, round);
        for (int i = 0; i < width; i++) state[i] = Math.floorMod(x[i], KoalaBear.P);
    }

    /** The number of elements that {@link #permute(int[], int[], int)} writes down. */
    public int steps() {
        return fullRounds * width + partialRounds;
    }

    /**
     * Permutes, and writes down what happens between: the state after each full round, and element 0 of each partial
     * round after it was cubed, in the order of the rounds, from {@code steps[at]} on. Everything else is linear in
     * these and the input, and each is of degree three in those before it.
     */
    public void permute(int[] state, int[] steps, int at) {
        assert state.length == width : state.length;
        long[] x = new long[width];
        for (int i = 0; i < width; i++) x[i] = state[i];
        multiplyExternal(x);
        int step = at;
        for (int round = 0; round < fullRounds; round++) {
            if (round == fullRounds / 2) {
                for (int i = 0; i < width; i++) x[i] = centred(x[i]);
                for (int partial = 0; partial < partialRounds; partial++) {
                    steps[step++] = Math.floorMod(cube(centred(x[0] + internalConstants[partial])), KoalaBear.P);
                    partialRound(x, partial);
                }
            }
            fullRound(x, round);
            for (int i = 0; i < width; i++) steps[step++] = Math.floorMod(x[i], KoalaBear.P);
        }
        System.arraycopy(steps, step - width, state, 0, width);
    }

    /** From numbers below 50p in absolute value to numbers below 49p: M_E's rows sum to 49 for width 24. */
    private void fullRound(long[] x, int round) {
        for (int i = 0; i < width; i++) x[i] = cube(centred(x[i] + externalConstants[round * width + i]));
        multiplyExternal(x);
    }

    /**
     * From and to numbers below 2^32 in absolute value. With V centred, what {@link #reduced} gives here is below p;
     * the total of 24 such numbers is centred to less than 2^31; their sum is below 2^32 again.
     */
    private void partialRound(long[] x, int round) {
        x[0] = cube(centred(x[0] + internalConstants[round]));
        long sum = 0;
        for (int i = 0; i < width; i++) sum += x[i];
        long total = centred(sum);
        for (int i = 0; i < width; i++) x[i] = total + reduced(centredDiagonal[i] * x[i]);
    }

    /**
     * x^3 · 2^-64, which is the cube in Montgomery form, for x that {@link #centred} gives; below p in absolute value.
     */
    private static long cube(long x) {
        return reduced(reduced(x * x) * x);
    }

    /**
     * A number congruent to t modulo p, for t below 50p in absolute value. Taking t / 2^31, rounded, for t / p leaves
     * at most 2^30 + 50 · (2^31 − p), whose square {@link #reduced} takes.
     */
    private static long centred(long t) {
        assert Math.abs(t) <= 50L * KoalaBear.P : t;
        return t - ((t + (1L << 30)) >> 31) * KoalaBear.P;
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
    private void multiplyExternal(long[] x) {
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (int i = 0; i < width; i += 4) {
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
        for (int i = 0; i < width; i += 4) {
            x[i] += sum0;
            x[i + 1] += sum1;
            x[i + 2] += sum2;
            x[i + 3] += sum3;
        }
    }
}
