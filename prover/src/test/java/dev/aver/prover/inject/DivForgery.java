package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;

/**
 * A row of the division table as a forger fills it: operands, |divisor|, quotient and remainder are his choice, limb by
 * limb and whether or not they are below 2^16, and everything that follows from them is computed as in an honest row.
 */
final class DivForgery {
    private final NamedRow cells;
    private final String op;

    /** A forgery of a row that executes {@code op}. */
    DivForgery(NamedRow cells, String op) {
        this.cells = cells;
        this.op = op;
    }

    private int get(String name) {
        return cells.get(name);
    }

    /** Writes a cell, an element in Montgomery form. */
    DivForgery put(String name, int element) {
        cells.put(name, element);
        return this;
    }

    /** Writes a cell. */
    DivForgery set(String name, long value) {
        cells.set(name, value);
        return this;
    }

    private DivForgery limbs(String name, long... limbs) {
        cells.limbs(name, limbs);
        return this;
    }

    /** The limbs of a number. */
    static long[] limbs(long value) {
        return new long[] {value & 0xffff, value >>> 16 & 0xffff, value >>> 32 & 0xffff, value >>> 48};
    }

    private boolean isSigned() {
        return !op.contains("u");
    }

    private boolean isWord() {
        return op.endsWith("w");
    }

    /** The operands, with signs as they are. */
    DivForgery operands(long n, long d) {
        limbs("rs1 value", limbs(n)).limbs("rs2 value", limbs(d));
        int top = isWord() ? 1 : 3;
        long topOfN = isSigned() ? limbs(n)[top] : 0;
        long topOfD = isSigned() ? limbs(d)[top] : 0;
        set("dividend's top limb", topOfN).set("divisor's top limb", topOfD);
        return signs(topOfN >> 15, topOfD >> 15);
    }

    /** Other signs than the operands'. */
    DivForgery signs(long ofDividend, long ofDivisor) {
        set("dividend's sign", ofDividend).set("divisor's sign", ofDivisor);
        for (int i = 0; i < 2; i++) {
            int n = isWord() ? KoalaBear.ofLong(ofDividend * 0xffff) : get("rs1 value[" + (i + 2) + "]");
            int d = isWord() ? KoalaBear.ofLong(ofDivisor * 0xffff) : get("rs2 value[" + (i + 2) + "]");
            put("dividend's high[" + i + "]", n).put("divisor's high[" + i + "]", d);
        }
        return this;
    }

    /** Everything else; the result is the quotient or the remainder, negated where it should be. */
    DivForgery claim(long[] divisor, long[] quotient, long[] remainder) {
        limbs("|divisor|", divisor).limbs("|quotient|", quotient).limbs("|remainder|", remainder);
        limbs("|divisor| even byte", bytes(divisor)).limbs("|quotient| even byte", bytes(quotient));
        boolean byZero = Arrays.stream(divisor).allMatch(limb -> limb == 0);
        set("by zero", byZero ? 1 : 0);
        boolean found = byZero;
        set("difference", 0);
        for (int i = 3; i >= 0; i--) {
            boolean here = !found && divisor[i] != remainder[i];
            set("remainder differs in limb[" + i + "]", here ? 1 : 0);
            if (here) set("difference", divisor[i] - remainder[i]);
            found |= here;
        }
        boolean isQuotient = op.startsWith("div");
        boolean negativeN = get("dividend's sign") == KoalaBear.ONE;
        boolean negativeD = get("divisor's sign") == KoalaBear.ONE;
        boolean negative = isQuotient ? negativeN != negativeD : negativeN;
        set("negative quotient", isQuotient && negative ? 1 : 0);
        set("negative remainder", !isQuotient && negative ? 1 : 0);
        set("sign", 0);
        carries();
        long value = 0;
        long[] of = isQuotient ? quotient : remainder;
        for (int i = 3; i >= 0; i--) value = (value << 16) + of[i];
        return negative ? result(limbs(-value)) : result(of);
    }

    /** The result. */
    DivForgery result(long... limbs) {
        return limbs("result", limbs);
    }

    private static long[] bytes(long[] limbs) {
        return Arrays.stream(limbs).map(limb -> limb & 0xff).toArray();
    }

    /** Computes each carry from its limb of the equation. */
    DivForgery carries() {
        for (int i = 0; i < 3; i++) {
            int carry = cells.column("carry[" + i + "]");
            cells.row.set(carry, cells.row.solve(constraint("limb " + i + " of quotient"), 0, carry));
        }
        return this;
    }

    private int constraint(String name) {
        for (int c = 0; ; c++) {
            if (cells.row.air.constraints().get(c).name().startsWith(name)) return c;
        }
    }
}
