package dev.aver.prover.stark;

import dev.aver.circuits.field.KoalaBear;

/**
 * The coset 3·H' on which a table of N = 2^logHeight rows has its codewords, in bit-reversed order, and the selectors
 * there. Immutable.
 */
final class CosetPoints {
    private final int logSize;
    private final int logBlowup;
    private final int[] transition;
    private final int[] first;
    private final int[] last;

    /** X^N − 1 takes 2^logBlowup values, and which one depends on the index's highest bits. */
    private final int[] inverseVanishing;

    CosetPoints(int logHeight, int logBlowup) {
        this.logBlowup = logBlowup;
        logSize = logHeight + logBlowup;
        int size = 1 << logSize;
        int root = KoalaBear.rootOfUnity(logSize);
        int lastPoint = KoalaBear.inverse(KoalaBear.rootOfUnity(logHeight));
        transition = new int[size];
        first = new int[size];
        int point = KoalaBear.GENERATOR;
        for (int i = 0; i < size; i++) {
            int at = reversed(i);
            transition[at] = KoalaBear.sub(point, lastPoint);
            first[at] = KoalaBear.sub(point, KoalaBear.ONE);
            point = KoalaBear.mul(point, root);
        }
        last = transition.clone();
        KoalaBear.invertAll(first, 0, size);
        KoalaBear.invertAll(last, 0, size);
        inverseVanishing = new int[1 << logBlowup];
        int height = KoalaBear.inverse(KoalaBear.of(1 << logHeight));
        int[] vanishing = new int[1 << logBlowup];
        int power = KoalaBear.powerOfTwoPower(KoalaBear.GENERATOR, logHeight);
        int step = KoalaBear.rootOfUnity(logBlowup);
        for (int i = 0; i < vanishing.length; i++) {
            int at = logBlowup == 0 ? 0 : Integer.reverse(i) >>> (32 - logBlowup);
            vanishing[at] = KoalaBear.sub(power, KoalaBear.ONE);
            inverseVanishing[at] = KoalaBear.inverse(vanishing[at]);
            power = KoalaBear.mul(power, step);
        }
        int lastFactor = KoalaBear.mul(height, lastPoint);
        for (int i = 0; i < size; i++) {
            int value = vanishing[i >>> logHeight];
            first[i] = KoalaBear.mul(first[i], KoalaBear.mul(value, height));
            last[i] = KoalaBear.mul(last[i], KoalaBear.mul(value, lastFactor));
        }
    }

    /** The logarithm of the number of points. */
    int logSize() {
        return logSize;
    }

    private int reversed(int index) {
        return Integer.reverse(index) >>> (32 - logSize);
    }

    /** The index of the next row's point: this one's times the generator of H. */
    int next(int index) {
        return reversed((reversed(index) + (1 << logBlowup)) & ((1 << logSize) - 1));
    }

    /** X − g^-1 at every point. Not to be changed. */
    int[] transition() {
        return transition;
    }

    /** (X^N − 1) / (N · (X − 1)) at every point. Not to be changed. */
    int[] first() {
        return first;
    }

    /** (X^N − 1) / (N · g · (X − g^-1)) at every point. Not to be changed. */
    int[] last() {
        return last;
    }

    /** 1 / (X^N − 1). */
    int inverseVanishing(int index) {
        return inverseVanishing[index >>> (logSize - logBlowup)];
    }
}
