package dev.aver.circuits.field;

/**
 * The base field K of p = 2^31 − 2^24 + 1 elements, known as KoalaBear.
 *
 * <p>An element is an {@code int} in [0, p). There are two representations of a residue x, and the type does not tell
 * them apart, so there is one rule:
 *
 * <ul>
 *   <li><b>Montgomery form</b>, x·2^32 mod p, in every array, variable and table of this program;
 *   <li><b>canonical form</b>, x itself, outside: files, wires, and whatever a transcript absorbs or yields as bytes.
 *       {@link #of} leads in, {@link #canonical} leads out.
 * </ul>
 *
 * Zero is 0 in both. Unless its Javadoc says otherwise, a method takes and gives Montgomery forms, and does not check
 * that its arguments are below p: what comes from outside is checked where it enters ({@link #isCanonical}), and no
 * method gives anything else back. Nothing here runs in constant time; see docs/protocol.md, section 1.
 *
 * <p>Source of the multiplication: P. L. Montgomery, <i>Modular multiplication without trial division</i>, Mathematics
 * of Computation 44 (1985), in the variant that subtracts, which needs p^-1 instead of −p^-1 and one correction.
 */
public final class KoalaBear {
    /** The modulus p, a prime. */
    public static final int P = 0x7f000001;

    /** The largest k for which K has a root of unity of order 2^k: p − 1 = 2^24 · 127. */
    public static final int TWO_ADICITY = 24;

    /** The element 1. */
    public static final int ONE = (int) ((1L << 32) % P);

    /** The element 3, which generates the multiplicative group. */
    public static final int GENERATOR = (int) ((3L << 32) % P);

    /** p^-1 modulo 2^32. */
    private static final int P_INVERSE = 0x81000001;

    /** 2^64 modulo p: multiplying by it leads into Montgomery form. */
    private static final int R_SQUARED = (int) ((long) ONE * ONE % P);

    private static final int[] ROOTS = roots();

    private KoalaBear() {}

    private static int[] roots() {
        int[] roots = new int[TWO_ADICITY + 1];
        roots[TWO_ADICITY] = pow(GENERATOR, 127);
        for (int k = TWO_ADICITY; k > 0; k--) roots[k - 1] = square(roots[k]);
        return roots;
    }

    /**
     * The element {@code canonical}, in Montgomery form.
     *
     * @param canonical in [0, p), which the caller has checked if it comes from outside
     */
    public static int of(int canonical) {
        assert isCanonical(canonical) : Integer.toUnsignedString(canonical);
        return mul(canonical, R_SQUARED);
    }

    /** The canonical form of {@code a}, in [0, p). */
    public static int canonical(int a) {
        return reduce(a);
    }

    /** Whether these 32 bits, taken as an unsigned number, are the canonical form of an element: smaller than p. */
    public static boolean isCanonical(int bits) {
        return Integer.compareUnsigned(bits, P) < 0;
    }

    /** The element that {@code value}, any number, is congruent to. */
    public static int ofLong(long value) {
        return mul((int) Math.floorMod(value, (long) P), R_SQUARED);
    }

    /** a + b. */
    public static int add(int a, int b) {
        return addPIfNegative(a + b - P);
    }

    /** a − b. */
    public static int sub(int a, int b) {
        return addPIfNegative(a - b);
    }

    /** −a. */
    public static int neg(int a) {
        return addPIfNegative(-a);
    }

    /** 2a. */
    public static int twice(int a) {
        return add(a, a);
    }

    /** a / 2. */
    public static int halve(int a) {
        // An odd a becomes even by adding p; the sum is below 2^32.
        return (a + (P & -(a & 1))) >>> 1;
    }

    /**
     * a / 2^k, without a multiplication in K: 2^-k = −127 · 2^(24 − k), so the low k bits of a move up and are
     * subtracted.
     *
     * @param k in [0, 24]
     */
    public static int divideByPowerOfTwo(int a, int k) {
        assert 0 <= k && k <= TWO_ADICITY : k;
        // The low bits times 127 · 2^(24 − k) are below 127 · 2^24 < p.
        int low = a & ((1 << k) - 1);
        return addPIfNegative((a >> k) - low * (127 << (TWO_ADICITY - k)));
    }

    /** a · b. */
    public static int mul(int a, int b) {
        return reduce((long) a * b);
    }

    /** a^2. */
    public static int square(int a) {
        return mul(a, a);
    }

    /** a^3, a permutation of K because 3 does not divide p − 1. */
    public static int cube(int a) {
        return mul(square(a), a);
    }

    /**
     * a to the power of {@code exponent}; 1 if that is 0, whatever a is.
     *
     * @param exponent not negative
     */
    public static int pow(int a, long exponent) {
        assert exponent >= 0 : exponent;
        int power = ONE;
        for (int bit = 63 - Long.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
            power = square(power);
            if (((exponent >>> bit) & 1) != 0) power = mul(power, a);
        }
        return power;
    }

    /** a to the power of 2^k: k squarings. */
    public static int powerOfTwoPower(int a, int k) {
        int power = a;
        for (int i = 0; i < k; i++) power = square(power);
        return power;
    }

    /**
     * 1 / a.
     *
     * @throws ArithmeticException if a is 0. Whoever divides by what another party chose checks that first
     */
    public static int inverse(int a) {
        if (a == 0) throw new ArithmeticException("0 has no inverse in K");
        return pow(a, P - 2);
    }

    /**
     * Replaces {@code count} elements from {@code offset} by their inverses, at the price of one inversion and three
     * multiplications for each (Montgomery's trick).
     *
     * @throws ArithmeticException if one of them is 0; the array is then unchanged
     */
    public static void invertAll(int[] elements, int offset, int count) {
        int[] products = new int[count];
        int product = ONE;
        for (int i = 0; i < count; i++) {
            products[i] = product;
            product = mul(product, elements[offset + i]);
        }
        int inverse = inverse(product);
        for (int i = count - 1; i >= 0; i--) {
            int element = elements[offset + i];
            elements[offset + i] = mul(inverse, products[i]);
            inverse = mul(inverse, element);
        }
    }

    /**
     * The root of unity of order 2^k that all domains use: 3^(127 · 2^(24 − k)), so that the square of one is the next.
     *
     * @param k in [0, 24]
     */
    public static int rootOfUnity(int k) {
        return ROOTS[k];
    }

    /**
     * The element whose Montgomery form is t modulo p: how a sum of a few Montgomery forms comes back into range.
     *
     * @param t not negative
     */
    static int fold(long t) {
        return (int) (t % P);
    }

    /** t / 2^32 modulo p, for t in [0, p · 2^32). */
    private static int reduce(long t) {
        // q·p has the low half of t, so the difference of the high halves is (t − q·p) / 2^32 exactly, between −p and
        // p.
        int q = (int) t * P_INVERSE;
        return addPIfNegative((int) (t >>> 32) - (int) (((q & 0xffffffffL) * P) >>> 32));
    }

    private static int addPIfNegative(int a) {
        return a + (P & (a >> 31));
    }
}
