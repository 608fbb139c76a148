package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.AirBuilder.Selectors;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Poseidon2;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.PageDigest;
import java.util.Arrays;

/**
 * Permutations of {@link Poseidon2#KOALABEAR_24}, one a row. Each is told to whoever needs it, once: as a step inside a
 * page's sponge, or as one that ends in a digest.
 *
 * <p>The columns are the input and what {@link Poseidon2#permute(int[], int[], int)} writes down: each is of degree
 * three in those before it. Constants cannot be switched off, so a row that nobody asks for is a permutation too.
 */
public final class HashChip {
    private static final Poseidon2 PERMUTATION = Poseidon2.KOALABEAR_24;
    private static final int WIDTH = Poseidon2.WIDTH;

    /** The table. */
    public final Air air;

    /** The state before. */
    public final Column[] input = new Column[WIDTH];

    /** What is written down, in this order. */
    public final Column[] steps = new Column[PERMUTATION.steps()];

    /** Whether the row says what becomes of the capacity inside a page's sponge. */
    public final Column sponge;

    /** Whether the row says what digest comes out. */
    public final Column digest;

    private final AirBuilder b = new AirBuilder("hash");
    private int written;

    /** Describes the table. */
    public HashChip() {
        for (int i = 0; i < WIDTH; i++) input[i] = b.column("in[" + i + "]");
        int half = PERMUTATION.fullRounds() / 2;
        Expr[] state = multiplyExternal(input);
        for (int round = 0; round < half; round++) state = fullRound(state, round);
        for (int round = 0; round < PERMUTATION.partialRounds(); round++) state = partialRound(state, round);
        for (int round = half; round < 2 * half; round++) state = fullRound(state, round);
        assert written == steps.length : written;
        Selectors selectors = b.selectors("is sponge", "is digest");
        sponge = selectors.flags()[0];
        digest = selectors.flags()[1];
        b.send(Bus.SPONGE, sponge, tuple(state, PageDigest.RATE, WIDTH));
        b.send(Bus.DIGEST, digest, tuple(state, 0, Poseidon2Suite.DIGEST));
        air = b.build();
    }

    /** The input, then elements {@code from} to {@code to} of the output. */
    private Expr[] tuple(Expr[] output, int from, int to) {
        Expr[] tuple = Arrays.copyOf(input, WIDTH + to - from, Expr[].class);
        System.arraycopy(output, from, tuple, WIDTH, to - from);
        return tuple;
    }

    /** The columns that hold the state after a full round. */
    private Expr[] fullRound(Expr[] state, int round) {
        Expr[] cubes = new Expr[WIDTH];
        for (int i = 0; i < WIDTH; i++) cubes[i] = cube(state[i], PERMUTATION.externalConstant(round, i));
        Expr[] after = multiplyExternal(cubes);
        for (int i = 0; i < WIDTH; i++) after[i] = column("full " + round + "[" + i + "]", after[i]);
        return after;
    }

    /** The state after a partial round: linear in the columns, because its one cube is a column. */
    private Expr[] partialRound(Expr[] state, int round) {
        Expr[] cubed = state.clone();
        cubed[0] = column("partial " + round, cube(state[0], PERMUTATION.internalConstant(round)));
        Expr sum = Expr.sum(cubed);
        Expr[] after = new Expr[WIDTH];
        for (int i = 0; i < WIDTH; i++) after[i] = sum.plus(cubed[i].times(constant(PERMUTATION.diagonal(i))));
        return after;
    }

    /** A new column with this value. */
    private Column column(String name, Expr value) {
        Column column = b.column(name);
        b.equal(name + " is what the permutation makes of it: else any input would have any digest", column, value);
        steps[written++] = column;
        return column;
    }

    private static Expr cube(Expr element, int roundConstant) {
        Expr sum = element.plus(constant(roundConstant));
        return sum.times(sum).times(sum);
    }

    private static Expr constant(int element) {
        return Expr.of(KoalaBear.canonical(element));
    }

    /** M_E: M4 on each block of four, then to each element the sum of all blocks' elements in its place. */
    private static Expr[] multiplyExternal(Expr[] state) {
        Expr[] product = new Expr[WIDTH];
        Expr[] sums = {Expr.ZERO, Expr.ZERO, Expr.ZERO, Expr.ZERO};
        for (int block = 0; block < WIDTH; block += 4) {
            Expr sum = Expr.sum(Arrays.copyOfRange(state, block, block + 4));
            for (int i = 0; i < 4; i++) {
                // Row i of M4: everything once, element i twice, the one behind it three times.
                Expr next = state[block + (i + 1) % 4];
                product[block + i] = sum.plus(state[block + i]).plus(next).plus(next);
                sums[i] = sums[i].plus(product[block + i]);
            }
        }
        for (int i = 0; i < WIDTH; i++) product[i] = product[i].plus(sums[i % 4]);
        return product;
    }
}
