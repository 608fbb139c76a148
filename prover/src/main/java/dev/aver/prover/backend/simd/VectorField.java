package dev.aver.prover.backend.simd;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MUL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.SUB;
import static jdk.incubator.vector.VectorOperators.UMIN;

import dev.aver.circuits.field.KoalaBear;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic of K in every lane of a vector, on Montgomery forms, with the results of {@link KoalaBear}.
 *
 * <p>HotSpot's second compiler keeps vectors in registers only while the method it compiles is small: an operation
 * costs it some 400 nodes while parsing, and from 18,000 nodes on it inlines nothing more, which turns every vector
 * into an object and makes the code ten times slower. So a method of this package has at most about forty vector
 * operations in all, counting what it calls, and works on arrays that stay in the first-level cache. The vectors of
 * constants are made by the caller, once, and passed: {@link #p}, {@link #p64}, {@link #low}, {@link #negatedInverse}.
 */
final class VectorField {
    /** What the hardware likes best: 4, 8 or 16 lanes. */
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /** The same bits as half as many 64-bit lanes. */
    static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, INTS.vectorShape());

    /** The number of lanes, a power of two. */
    static final int LANES = INTS.length();

    /** The largest number of 32 bits, for splitting 64-bit lanes. */
    private static final long LOW = 0xffffffffL;

    /** −p^-1 modulo 2^32. */
    private static final int NEGATED_INVERSE = 0x7effffff;

    private VectorField() {}

    /** p in every lane. */
    static IntVector p() {
        return IntVector.broadcast(INTS, KoalaBear.P);
    }

    /**
     * p in every 64-bit lane. As all factors of 64-bit products here it is the result of a shift or a mask, by which
     * the compiler sees that it has 32 bits and multiplies with one instruction.
     */
    static LongVector p64() {
        return LongVector.broadcast(LONGS, (long) KoalaBear.P << 32).lanewise(LSHR, 32);
    }

    /** 2^32 − 1 in every 64-bit lane: what keeps the even lanes. */
    static LongVector low() {
        return LongVector.broadcast(LONGS, LOW);
    }

    /** −p^-1 modulo 2^32 in every lane. */
    static IntVector negatedInverse() {
        return IntVector.broadcast(INTS, NEGATED_INVERSE);
    }

    /** The same in every 64-bit lane; see {@link #p64}. */
    static LongVector negatedInverse64() {
        return LongVector.broadcast(LONGS, (long) NEGATED_INVERSE << 32).lanewise(LSHR, 32);
    }

    /** a + b. */
    static IntVector add(IntVector a, IntVector b, IntVector p) {
        return reduce(a.lanewise(ADD, b), p);
    }

    /** a − b: if that is negative, adding p makes it the smaller unsigned number. */
    static IntVector sub(IntVector a, IntVector b, IntVector p) {
        IntVector difference = a.lanewise(SUB, b);
        return difference.lanewise(UMIN, difference.lanewise(ADD, p));
    }

    /** a modulo p, for a in [0, 2p) as an unsigned number. */
    static IntVector reduce(IntVector a, IntVector p) {
        return a.lanewise(UMIN, a.lanewise(SUB, p));
    }

    /**
     * a · b, also for one of them in [p, 2p).
     *
     * <p>The 64-bit products t of even and odd lanes; q = −t/p modulo 2^32 in all lanes at once; then t + q·p is
     * divisible by 2^32 and the quotient, t/2^32 modulo p, below 2p.
     */
    static IntVector mul(IntVector a, IntVector b, IntVector p, LongVector p64, LongVector low, IntVector inverse) {
        LongVector a64 = a.reinterpretAsLongs();
        LongVector b64 = b.reinterpretAsLongs();
        LongVector q = a.lanewise(MUL, b).lanewise(MUL, inverse).reinterpretAsLongs();
        LongVector even = a64.lanewise(AND, low)
                .lanewise(MUL, b64.lanewise(AND, low))
                .lanewise(ADD, q.lanewise(AND, low).lanewise(MUL, p64));
        LongVector odd = a64.lanewise(LSHR, 32)
                .lanewise(MUL, b64.lanewise(LSHR, 32))
                .lanewise(ADD, q.lanewise(LSHR, 32).lanewise(MUL, p64));
        return reduce(even.lanewise(LSHR, 32).lanewise(OR, odd).reinterpretAsInts(), p);
    }

    /** a^3. The square stays below 2p; both reductions use the lower half of a · −p^-1. */
    static IntVector cube(IntVector a, IntVector p, LongVector p64, LongVector low, IntVector inverse) {
        LongVector a64 = a.reinterpretAsLongs();
        LongVector aEven = a64.lanewise(AND, low);
        LongVector aOdd = a64.lanewise(LSHR, 32);
        IntVector scaled = a.lanewise(MUL, inverse);
        LongVector q = a.lanewise(MUL, scaled).reinterpretAsLongs();
        LongVector even = aEven.lanewise(MUL, aEven)
                .lanewise(ADD, q.lanewise(AND, low).lanewise(MUL, p64))
                .lanewise(LSHR, 32);
        LongVector odd =
                aOdd.lanewise(MUL, aOdd).lanewise(ADD, q.lanewise(LSHR, 32).lanewise(MUL, p64));
        q = even.lanewise(OR, odd).reinterpretAsInts().lanewise(MUL, scaled).reinterpretAsLongs();
        even = even.lanewise(MUL, aEven).lanewise(ADD, q.lanewise(AND, low).lanewise(MUL, p64));
        odd = odd.lanewise(LSHR, 32)
                .lanewise(MUL, aOdd)
                .lanewise(ADD, q.lanewise(LSHR, 32).lanewise(MUL, p64));
        return reduce(even.lanewise(LSHR, 32).lanewise(OR, odd).reinterpretAsInts(), p);
    }

    /** Replaces the first {@code count} elements, a multiple of {@link #LANES}, by their canonical forms. */
    static void canonical(int[] elements, int count) {
        IntVector p = p();
        LongVector p64 = p64();
        LongVector low = low();
        IntVector inverse = negatedInverse();
        for (int i = 0; i < count; i += LANES) {
            IntVector a = IntVector.fromArray(INTS, elements, i);
            LongVector a64 = a.reinterpretAsLongs();
            LongVector q = a.lanewise(MUL, inverse).reinterpretAsLongs();
            LongVector even =
                    a64.lanewise(AND, low).lanewise(ADD, q.lanewise(AND, low).lanewise(MUL, p64));
            LongVector odd =
                    a64.lanewise(LSHR, 32).lanewise(ADD, q.lanewise(LSHR, 32).lanewise(MUL, p64));
            reduce(even.lanewise(LSHR, 32).lanewise(OR, odd).reinterpretAsInts(), p)
                    .intoArray(elements, i);
        }
    }

    /** {@code out[at + i] = a[aAt + i] · b[bAt + i]} for i below {@code count}, a multiple of {@link #LANES}. */
    static void multiply(int[] a, int aAt, int[] b, int bAt, int[] out, int at, int count) {
        IntVector p = p();
        LongVector p64 = p64();
        LongVector low = low();
        IntVector inverse = negatedInverse();
        for (int i = 0; i < count; i += LANES) {
            IntVector product = mul(
                    IntVector.fromArray(INTS, a, aAt + i), IntVector.fromArray(INTS, b, bAt + i), p, p64, low, inverse);
            product.intoArray(out, at + i);
        }
    }

    /** {@code out[at + i] = a[aAt + i] + b[bAt + i]} for i below {@code count}, a multiple of {@link #LANES}. */
    static void add(int[] a, int aAt, int[] b, int bAt, int[] out, int at, int count) {
        IntVector p = p();
        for (int i = 0; i < count; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aAt + i);
            add(x, IntVector.fromArray(INTS, b, bAt + i), p).intoArray(out, at + i);
        }
    }

    /** {@code out[at + i] = a[aAt + i] − b[bAt + i]} for i below {@code count}, a multiple of {@link #LANES}. */
    static void subtract(int[] a, int aAt, int[] b, int bAt, int[] out, int at, int count) {
        IntVector p = p();
        for (int i = 0; i < count; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aAt + i);
            sub(x, IntVector.fromArray(INTS, b, bAt + i), p).intoArray(out, at + i);
        }
    }

    /** {@code out[at + i] = −a[aAt + i]} for i below {@code count}, a multiple of {@link #LANES}; p for 0. */
    static void negate(int[] a, int aAt, int[] out, int at, int count) {
        IntVector p = p();
        for (int i = 0; i < count; i += LANES) {
            p.lanewise(SUB, IntVector.fromArray(INTS, a, aAt + i)).intoArray(out, at + i);
        }
    }
}
