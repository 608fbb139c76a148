package dev.aver.prover.backend;

import static dev.aver.circuits.field.KoalaBear.add;
import static dev.aver.circuits.field.KoalaBear.mul;
import static dev.aver.circuits.field.KoalaBear.sub;

import dev.aver.circuits.field.KoalaBear;

/**
 * Transforms between a polynomial's coefficients in natural order and its values in bit-reversed order.
 *
 * <p>To evaluate is to divide with remainder, again and again: from f modulo X^n − w^2 come f modulo X^(n/2) − w and
 * modulo X^(n/2) + w, by the butterfly low ± w·high, until the moduli are X − x and the remainders are values (C. M.
 * Fiduccia, <i>Polynomial evaluation via the division algorithm</i>, STOC 1972). Parts of equal size are numbered from
 * the left; part g has one w for all its butterflies, which is entry g of one table for all sizes:
 *
 * <pre>root(g) = exp(2πi · 0.g / 2), where 0.g are g's binary digits, the lowest first, behind the point</pre>
 *
 * <p>This gives bit-reversed order by itself, makes cosets 3^k·H parts of larger transforms, and lets a large transform
 * proceed depth first, so that all but its first passes stay in a cache. Two levels are taken at once (radix 4).
 *
 * <p>The table grows with use and is shared. Safe for use by several threads at once.
 */
public final class Ntt {
    /** The logarithm of the size below which a transform goes level by level: 16 KiB, half of a first-level cache. */
    private static final int CACHED = 12;

    /** The logarithm of the edge of the square by which bits are reversed: a row is a cache line. */
    private static final int TILE = 4;

    /** Both tables, of 2^logCount entries. */
    private record Roots(int[] roots, int[] inverses) {}

    private volatile Roots tables = new Roots(new int[] {KoalaBear.ONE}, new int[] {KoalaBear.ONE});

    /**
     * The elements of the subgroup of order 2^(logCount + 1) with an even index in bit-reversed order, or more of the
     * same: each is followed there by its negative. As a table it is the same for all orders. Not to be changed.
     */
    int[] roots(int logCount) {
        return tables(logCount).roots;
    }

    /** The inverses of {@link #roots}. */
    int[] inverseRoots(int logCount) {
        return tables(logCount).inverses;
    }

    private Roots tables(int logCount) {
        Roots present = tables;
        return present.roots.length >>> logCount > 0 ? present : grow(logCount);
    }

    private synchronized Roots grow(int logCount) {
        if (tables.roots.length >>> logCount == 0) {
            int[] roots = new int[1 << logCount];
            int[] inverses = new int[1 << logCount];
            for (int k = 0; k < logCount; k++) {
                // Digit k has the weight 2^−(k + 1), half of which is the angle in turns.
                roots[1 << k] = KoalaBear.rootOfUnity(k + 2);
                inverses[1 << k] = KoalaBear.inverse(roots[1 << k]);
            }
            doubling(roots);
            doubling(inverses);
            tables = new Roots(roots, inverses);
        }
        return tables;
    }

    /** Makes of entries 2^k the table in which entry i is the product of those that i is the sum of. */
    private static void doubling(int[] table) {
        table[0] = KoalaBear.ONE;
        for (int bit = 1; bit < table.length; bit <<= 1) {
            for (int i = 1; i < bit; i++) table[bit + i] = mul(table[i], table[bit]);
        }
    }

    /** The elements first·base^i for i below 2^log. */
    public static int[] powers(int first, int base, int log) {
        int[] table = new int[1 << log];
        int power = base;
        for (int bit = 1; bit < table.length; bit <<= 1) {
            table[bit] = power;
            power = KoalaBear.square(power);
        }
        doubling(table);
        for (int i = 0; i < table.length; i++) table[i] = mul(table[i], first);
        return table;
    }

    /**
     * Replaces 2^log coefficients from {@code a[at]} by values.
     *
     * @param part 0 for the values on the subgroup H of order 2^log. Part k is the k-th piece of 2^log values of a
     *     larger subgroup in bit-reversed order, a coset of H
     */
    void forward(int[] a, int at, int log, int part) {
        int levels = 32 - Integer.numberOfLeadingZeros(part);
        split(a, at, log, part, roots(levels + Math.max(log - 1, 0)));
    }

    private static void split(int[] a, int at, int log, int part, int[] roots) {
        if (log > CACHED) {
            int quarter = log - 2;
            splitPart(a, at, quarter, part, roots);
            for (int i = 0; i < 4; i++) split(a, at + (i << quarter), quarter, 4 * part + i, roots);
            return;
        }
        int level = log;
        for (; level > 2; level -= 2) {
            int first = part << (log - level);
            for (int i = 0; i < 1 << (log - level); i++) {
                splitPart(a, at + (i << level), level - 2, first + i, roots);
            }
        }
        if (level == 2) splitFours(a, at, log, part << (log - 2), roots);
        else if (level == 1) splitPairs(a, at, log, part << (log - 1), roots);
    }

    /** Splits a part of four times 2^quarterLog coefficients into four. */
    private static void splitPart(int[] a, int at, int quarterLog, int part, int[] roots) {
        int quarter = 1 << quarterLog;
        int w = roots[part];
        int v0 = roots[2 * part];
        int v1 = roots[2 * part + 1];
        for (int i = at; i < at + quarter; i++) {
            int a0 = a[i];
            int a1 = a[i + quarter];
            int a2 = mul(a[i + 2 * quarter], w);
            int a3 = mul(a[i + 3 * quarter], w);
            int low = add(a0, a2);
            int high = mul(add(a1, a3), v0);
            a[i] = add(low, high);
            a[i + quarter] = sub(low, high);
            low = sub(a0, a2);
            high = mul(sub(a1, a3), v1);
            a[i + 2 * quarter] = add(low, high);
            a[i + 3 * quarter] = sub(low, high);
        }
    }

    /** Splits all parts of four coefficients into values. */
    private static void splitFours(int[] a, int at, int log, int firstPart, int[] roots) {
        for (int i = 0; i < 1 << (log - 2); i++) {
            int from = at + 4 * i;
            int part = firstPart + i;
            int a0 = a[from];
            int a1 = a[from + 1];
            int a2 = mul(a[from + 2], roots[part]);
            int a3 = mul(a[from + 3], roots[part]);
            int low = add(a0, a2);
            int high = mul(add(a1, a3), roots[2 * part]);
            a[from] = add(low, high);
            a[from + 1] = sub(low, high);
            low = sub(a0, a2);
            high = mul(sub(a1, a3), roots[2 * part + 1]);
            a[from + 2] = add(low, high);
            a[from + 3] = sub(low, high);
        }
    }

    /** Splits all parts of two coefficients into values. */
    private static void splitPairs(int[] a, int at, int log, int firstPart, int[] roots) {
        for (int i = 0; i < 1 << (log - 1); i++) {
            int low = a[at + 2 * i];
            int high = mul(a[at + 2 * i + 1], roots[firstPart + i]);
            a[at + 2 * i] = add(low, high);
            a[at + 2 * i + 1] = sub(low, high);
        }
    }

    /**
     * Replaces 2^log values on the subgroup of this order from {@code a[at]} by coefficients, but for a factor: the
     * result is 2^log times the coefficients, which the caller divides by when it next multiplies.
     */
    void inverse(int[] a, int at, int log) {
        join(a, at, log, 0, inverseRoots(Math.max(log - 1, 0)));
    }

    private static void join(int[] a, int at, int log, int part, int[] inverses) {
        if (log > CACHED) {
            int quarter = log - 2;
            for (int i = 0; i < 4; i++) join(a, at + (i << quarter), quarter, 4 * part + i, inverses);
            joinPart(a, at, quarter, part, inverses);
            return;
        }
        int level = log % 2 == 0 ? 2 : 1;
        if (log >= 2 && level == 2) joinFours(a, at, log, part << (log - 2), inverses);
        else if (level == 1) joinPairs(a, at, log, part << (log - 1), inverses);
        for (level += 2; level <= log; level += 2) {
            int first = part << (log - level);
            for (int i = 0; i < 1 << (log - level); i++) {
                joinPart(a, at + (i << level), level - 2, first + i, inverses);
            }
        }
    }

    /** Undoes {@link #splitPart}, times 4. */
    private static void joinPart(int[] a, int at, int quarterLog, int part, int[] inverses) {
        int quarter = 1 << quarterLog;
        int w = inverses[part];
        int v0 = inverses[2 * part];
        int v1 = inverses[2 * part + 1];
        for (int i = at; i < at + quarter; i++) {
            int b0 = a[i];
            int b1 = a[i + quarter];
            int b2 = a[i + 2 * quarter];
            int b3 = a[i + 3 * quarter];
            int left = add(b0, b1);
            int right = add(b2, b3);
            a[i] = add(left, right);
            a[i + 2 * quarter] = mul(sub(left, right), w);
            left = mul(sub(b0, b1), v0);
            right = mul(sub(b2, b3), v1);
            a[i + quarter] = add(left, right);
            a[i + 3 * quarter] = mul(sub(left, right), w);
        }
    }

    /** Undoes {@link #splitFours}, times 4. */
    private static void joinFours(int[] a, int at, int log, int firstPart, int[] inverses) {
        for (int i = 0; i < 1 << (log - 2); i++) {
            int from = at + 4 * i;
            int part = firstPart + i;
            int b0 = a[from];
            int b1 = a[from + 1];
            int b2 = a[from + 2];
            int b3 = a[from + 3];
            int left = add(b0, b1);
            int right = add(b2, b3);
            a[from] = add(left, right);
            a[from + 2] = mul(sub(left, right), inverses[part]);
            left = mul(sub(b0, b1), inverses[2 * part]);
            right = mul(sub(b2, b3), inverses[2 * part + 1]);
            a[from + 1] = add(left, right);
            a[from + 3] = mul(sub(left, right), inverses[part]);
        }
    }

    /** Undoes {@link #splitPairs}, times 2. */
    private static void joinPairs(int[] a, int at, int log, int firstPart, int[] inverses) {
        for (int i = 0; i < 1 << (log - 1); i++) {
            int b0 = a[at + 2 * i];
            int b1 = a[at + 2 * i + 1];
            a[at + 2 * i] = add(b0, b1);
            a[at + 2 * i + 1] = mul(sub(b0, b1), inverses[firstPart + i]);
        }
    }

    /**
     * Copies 2^log elements from {@code from[fromAt]} to the beginning of {@code to}, in bit-reversed order.
     *
     * <p>Neighbours go far apart, so element by element each access would take a cache line for four bytes. A square of
     * lines is read whole, turned over in a small buffer, and written whole (L. Carter, K. S. Gatlin, <i>Towards an
     * optimal bit-reversal permutation program</i>, FOCS 1998).
     */
    public static void bitReverse(int[] from, int fromAt, int[] to, int log) {
        int middleLog = log - 2 * TILE;
        if (middleLog < 0) {
            for (int i = 0; i < 1 << log; i++) to[reverse(i, log)] = from[fromAt + i];
            return;
        }
        int edge = 1 << TILE;
        int shift = log - TILE;
        int[] tile = new int[edge * edge];
        for (int middle = 0; middle < 1 << middleLog; middle++) {
            int source = fromAt + (middle << TILE);
            for (int high = 0; high < edge; high++) {
                int column = reverse(high, TILE);
                int line = source + (high << shift);
                for (int low = 0; low < edge; low++) tile[(low << TILE) + column] = from[line + low];
            }
            int target = reverse(middle, middleLog) << TILE;
            for (int low = 0; low < edge; low++) {
                System.arraycopy(tile, low << TILE, to, target + (reverse(low, TILE) << shift), edge);
            }
        }
    }

    /** The low {@code bits} bits of a number below 2^bits in reversed order. */
    static int reverse(int number, int bits) {
        return bits == 0 ? 0 : Integer.reverse(number) >>> (32 - bits);
    }
}
