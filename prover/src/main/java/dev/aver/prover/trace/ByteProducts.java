package dev.aver.prover.trace;

/** Products as {@link dev.aver.circuits.chips.MulChip} and the division compute them: from bytes. */
final class ByteProducts {
    private ByteProducts() {}

    /** Limb {@code i}, 0 to 7, of x · y before carries: x · y = Σ 2^(16i) · limb i, and each is below 2^27. */
    static long limb(long x, long y, int i) {
        return place(x, y, 2 * i) + (place(x, y, 2 * i + 1) << 8);
    }

    private static long place(long x, long y, int place) {
        long sum = 0;
        for (int i = Math.max(0, place - 7); i <= Math.min(7, place); i++) {
            sum += ((x >>> (8 * i)) & 0xff) * ((y >>> (8 * (place - i))) & 0xff);
        }
        return sum;
    }
}
