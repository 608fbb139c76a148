package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Forgeries of divisions that take more than one thought: for each the check that alone stops it. */
final class DivForgeries {
    private static final long[] ZERO = {0, 0, 0, 0};
    private static final int HALF = KoalaBear.inverse(KoalaBear.of(2));

    /** −2^-16 in K: what a limb is off by if the one below it is off by 1 and its carry by a fraction. */
    private static final long FRACTION = 32512;

    private final List<Hint> hints = new ArrayList<>();

    private DivForgeries() {
        for (int i = 0; i < 4; i++) inLimb(i);
        signs();
        remainders();
        add(
                "the product has no high half",
                "divu",
                row -> row.operands(7, 1L << 32).claim(limb(2, 1), limb(2, 1), limb(0, 7)));
        add("sign is 0 or 1", "divuw", row -> {
            row.operands(5 << 16, 1).claim(limb(0, 1), limb(1, 5), ZERO);
            // 2^-15, which times 0xffff is a limb too.
            int sign = KoalaBear.inverse(KoalaBear.of(1 << 15));
            int high = KoalaBear.mul(sign, KoalaBear.of(0xffff));
            row.put("sign", sign).put("result[2]", high).put("result[3]", high);
        });
    }

    static List<Hint> all() {
        return new DivForgeries().hints;
    }

    private void add(String check, String op, Consumer<DivForgery> forge) {
        hints.add(new Hint("div", check, "is " + op, row -> forge.accept(new DivForgery(row, op))));
    }

    private static long[] limb(int i, long value) {
        long[] limbs = new long[4];
        limbs[i] = value;
        return limbs;
    }

    private static long[] limbs(long... limbs) {
        return limbs;
    }

    private void inLimb(int i) {
        long unit = 1L << 16 * i;
        // −5 becomes another divisor, far above 100, so that all of 100 is left over.
        long[] other = limb(0, 5);
        other[i]++;
        if (i < 3) other[i + 1] = FRACTION;
        add(
                "the divisor's absolute value: limb " + i + " is negated",
                "rem",
                row -> row.operands(100, -5).claim(other, ZERO, limb(0, 100)));
        // −2 with another limb, and what its carry then makes of the next.
        long[] negated = {0xfffe, 0xffff, 0xffff, 0xffff};
        negated[i] = i == 0 ? 0xffff : 0;
        for (int j = i + 1; j < 4; j++) negated[j] = j > i + 1 ? 0 : i == 0 ? FRACTION - 1 : FRACTION;
        add(
                "the quotient, negative: limb " + i,
                "div",
                row -> row.operands(12, -5)
                        .claim(limb(0, 5), limb(0, 2), limb(0, 2))
                        .result(negated));
        add(
                "the remainder, negative: limb " + i,
                "rem",
                row -> row.operands(-12, 5)
                        .claim(limb(0, 5), limb(0, 2), limb(0, 2))
                        .result(negated));
        // −2 with a limb below 0 and zeros above it.
        long[] below = {0xfffe, 0xffff, 0xffff, 0xffff};
        below[i] -= 1 << 16;
        for (int j = i + 1; j < 4; j++) below[j] = 0;
        add(
                "message " + (12 + i) + " ",
                "div",
                row -> row.operands(12, -5)
                        .claim(limb(0, 5), limb(0, 2), limb(0, 2))
                        .result(below));
        // |divisor| with a limb below 0, so that it looks larger than a remainder that is not below it.
        long[] borrowed = limb(i, 5 - (1 << 16));
        if (i < 3) {
            borrowed[i + 1] = 1;
            add(
                    "message " + (18 + i) + " ",
                    "rem",
                    row -> row.operands(64 * unit, -5 * unit).claim(borrowed, limb(0, 1), limb(i, 59)));
        } else {
            // 40000 · 53268 is p + 13567.
            add(
                    "message 21 ",
                    "remu",
                    row -> row.operands(13567L << 48, 40000L << 48)
                            .claim(limb(3, 40000), limb(0, 53268), ZERO)
                            .set("|divisor| even byte[3]", 40000)
                            .carries());
        }
        // 12/5 in K as a quotient leaves nothing over.
        add("message " + (22 + i) + " ", "rem", row -> {
            row.operands(12 * unit, 5).claim(limb(0, 5), ZERO, ZERO);
            int quotient = KoalaBear.mul(KoalaBear.of(12), KoalaBear.inverse(KoalaBear.of(5)));
            row.put("|quotient|[" + i + "]", quotient).carries();
        });
        // A remainder that is not below the divisor, but whose higher limb is.
        if (i < 3) {
            long[] left = limb(i, 3 << 16);
            left[i + 1] = 4;
            add(
                    "message " + (26 + i) + " ",
                    "div",
                    row -> row.operands(12 * (unit << 16), 5 * (unit << 16)).claim(limb(i + 1, 5), limb(0, 1), left));
            long[] apart = limb(0, 100);
            apart[i]++;
            apart[i + 1] += FRACTION;
            add(
                    "message " + (30 + i) + " ",
                    "rem",
                    row -> row.operands(100, 0x7fff_0000_0000_0000L).claim(limb(3, 0x7fff), ZERO, apart));
        } else {
            add(
                    "message 29 ",
                    "div",
                    row -> row.operands(12L << 48, 5L << 48).claim(limb(3, 5), limb(0, 3), limb(3, -3)));
        }
        add("a quotient by zero is all ones in limb " + i, "divu", row -> {
            long[] ones = {0xffff, 0xffff, 0xffff, 0xffff};
            ones[i] = 0;
            row.operands(12, 0).claim(ZERO, ones, limb(0, 12));
        });
    }

    /** −(12 / 5) or the like where it should be 12 / 5. */
    private void signs() {
        long negated = -12;
        long[] quotient = DivForgery.limbs(Long.divideUnsigned(negated, 5));
        long[] remainder = DivForgery.limbs(Long.remainderUnsigned(negated, 5));
        add(
                "the limb with the dividend's sign",
                "div",
                row -> row.operands(12, 5)
                        .signs(1, 0)
                        .claim(limb(0, 5), quotient, remainder)
                        .set("dividend's top limb", 0x8000));
        add("message 16 ", "div", row -> row.operands(12, 5).signs(1, 0).claim(limb(0, 5), quotient, remainder));
        add(
                "no sign of an unsigned dividend",
                "divu",
                row -> row.operands(12, 5).signs(1, 0).claim(limb(0, 5), quotient, remainder));
        long[] large = DivForgery.limbs(-5);
        add(
                "the limb with the divisor's sign",
                "rem",
                row -> row.operands(12, 5)
                        .signs(0, 1)
                        .claim(large, ZERO, limb(0, 12))
                        .set("divisor's top limb", 0x8000));
        add("message 17 ", "rem", row -> row.operands(12, 5).signs(0, 1).claim(large, ZERO, limb(0, 12)));
        add(
                "no sign of an unsigned divisor",
                "remu",
                row -> row.operands(12, 5).signs(0, 1).claim(large, ZERO, limb(0, 12)));
        add(
                "a quotient is negative if",
                "div",
                row -> row.operands(12, -5)
                        .claim(limb(0, 5), limb(0, 2), limb(0, 2))
                        .set("negative quotient", 0)
                        .result(2, 0, 0, 0));
        add(
                "a remainder has the dividend's sign",
                "rem",
                row -> row.operands(-12, 5)
                        .claim(limb(0, 5), limb(0, 2), limb(0, 2))
                        .set("negative remainder", 0)
                        .result(2, 0, 0, 0));
        // A sign of 1/2 makes 2^63 of any dividend.
        add(
                "dividend's sign is 0 or 1",
                "rem",
                row -> row.operands(0x4000_0000_0000_0001L, 4)
                        .claim(limb(0, 4), limb(3, 0x2000), ZERO)
                        .put("dividend's sign", HALF)
                        .put("negative remainder", HALF)
                        .carries());
    }

    /** Remainders that are not below the divisor. */
    private void remainders() {
        add("message 33 ", "div", row -> row.operands(12, 5).claim(limb(0, 5), limb(0, 1), limb(0, 7)));
        add(
                "above that limb, limb 1",
                "rem",
                row -> row.operands(9 << 16 | 7, 5 << 16 | 100)
                        .claim(limbs(100, 5, 0, 0), ZERO, limbs(7, 9, 0, 0))
                        .set("remainder differs in limb[0]", 1)
                        .set("remainder differs in limb[1]", 0)
                        .set("difference", 93));
        // Differences in several limbs are added up.
        add(
                "remainder differs in limb[0] is",
                "rem",
                row -> row.operands(0x2_0000_ffffL, 0x1_0000_0000L)
                        .claim(limb(2, 1), ZERO, limbs(0xffff, 0, 2, 0))
                        .set("remainder differs in limb[0]", -1)
                        .set("remainder differs in limb[1]", 1)
                        .set("difference", 0xffff - 1));
        add(
                "remainder differs in limb[1] is",
                "rem",
                row -> row.operands(0x2_0000_0000L, 0x1_0000_ffffL)
                        .claim(limbs(0xffff, 0, 1, 0), ZERO, limb(2, 2))
                        .set("remainder differs in limb[0]", 1)
                        .set("remainder differs in limb[1]", -1)
                        .set("difference", 0xffff - 1));
        add(
                "remainder differs in limb[2] is",
                "rem",
                row -> row.operands(0x2_0000_0000_0000L, 0x1_0000_ffff_0000L)
                        .claim(limbs(0, 0xffff, 0, 1), ZERO, limb(3, 2))
                        .set("remainder differs in limb[1]", 1)
                        .set("remainder differs in limb[2]", -1)
                        .set("difference", 0xffff - 1));
    }
}
