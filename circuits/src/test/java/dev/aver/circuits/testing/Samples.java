package dev.aver.circuits.testing;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sample elements: the edges first, then random ones from a fixed seed, so that every run sees the same. */
public final class Samples {
    private static final int P = KoalaBear.P;

    /** Canonical values where carries, signs and corrections change. */
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        P - 1,
        P - 2,
        P / 2,
        P / 2 + 1,
        127,
        128,
        1 << 24,
        (1 << 24) - 1,
        (1 << 24) + 1,
        1 << 30,
        (1 << 30) - 1,
        0x7effffff,
        0xffff,
        0x10000,
        KoalaBear.ONE,
        P - KoalaBear.ONE
    };

    private Samples() {}

    /** Canonical values: all edges, then {@code random} others. */
    public static List<Integer> canonical(int random) {
        List<Integer> values = new ArrayList<>();
        for (int edge : EDGES) values.add(edge);
        SplittableRandom source = new SplittableRandom(0xa5e7);
        for (int i = 0; i < random; i++) values.add(source.nextInt(P));
        return values;
    }

    /** Elements of K. */
    public static List<Integer> base(int random) {
        return canonical(random).stream().map(KoalaBear::of).toList();
    }

    /** Elements of E: those of extreme coordinates, then {@code random} others. */
    public static List<E6> extension(int random) {
        int max = P - 1;
        List<E6> values = new ArrayList<>(List.of(
                E6.ZERO,
                E6.ONE,
                E6.ONE.negated(),
                E6.Z,
                E6.Z.pow(3),
                E6.Z.pow(8),
                new E6(max, max, max, max, max, max),
                new E6(0, 0, 0, 0, 0, max),
                new E6(max, 0, 0, max, 0, 0),
                new E6(0, 0, 0, max, max, max)));
        SplittableRandom source = new SplittableRandom(0xe6);
        for (int i = 0; i < random; i++) values.add(extension(source));
        return values;
    }

    /** A random element of E. */
    public static E6 extension(SplittableRandom source) {
        return new E6(
                source.nextInt(P),
                source.nextInt(P),
                source.nextInt(P),
                source.nextInt(P),
                source.nextInt(P),
                source.nextInt(P));
    }

    /** A random array of elements of K. */
    public static int[] array(SplittableRandom source, int length) {
        return source.ints(length, 0, P).toArray();
    }
}
