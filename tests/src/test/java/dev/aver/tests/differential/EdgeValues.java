package dev.aver.tests.differential;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Operands where arithmetic goes wrong first. */
final class EdgeValues {

    private EdgeValues() {}

    /** A few: 0, ±1, MIN and MAX of both widths, and some without a pattern. */
    static long[] few() {
        return new long[] {
            0,
            1,
            -1,
            2,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            0x8000_0000L,
            0xffff_ffffL,
            0x1_0000_0000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0x0123_4567_89ab_cdefL,
            0xfedc_ba98_7654_3210L,
            0x8765_4321_1357_9bdfL,
            63
        };
    }

    /** Those, powers of two, their neighbours and negatives, all shift amounts that matter, and some random ones. */
    static long[] many() {
        LongStream powers = Arrays.stream(
                        new int[] {1, 2, 3, 5, 6, 7, 8, 11, 12, 15, 16, 24, 31, 32, 33, 47, 48, 62, 63})
                .mapToLong(exponent -> 1L << exponent)
                .flatMap(power -> LongStream.of(power - 1, power, power + 1, -power, -power - 1, 1 - power));
        LongStream random = new SplittableRandom(1).longs(8);
        return LongStream.concat(Arrays.stream(few()), LongStream.concat(powers, random))
                .distinct()
                .toArray();
    }

    /** 12-bit immediates. */
    static int[] immediates() {
        return new int[] {
            0, 1, -1, 2, -2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, -128, 255, 256, -256, 1023, 1024, -1024, 2046,
            2047, -2047, -2048, 0x555, -0x556
        };
    }
}
