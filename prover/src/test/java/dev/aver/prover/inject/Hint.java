package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How to forge a row that one check alone stops, where a search does not come to it by itself.
 *
 * @param check how the check's name begins
 * @param where the column that is 1 in the honest row from which the forgery starts, or {@link #PADDING}
 * @param forge writes the row
 */
record Hint(String table, String check, String where, Consumer<NamedRow> forge) {
    /** From a row of padding. */
    static final String PADDING = "";

    static List<Hint> all() {
        List<Hint> hints = new ArrayList<>(DivForgeries.all());
        for (int i = 0; i < 3; i++) {
            int limb = i;
            hints.add(new Hint("mul", "message " + (20 + i) + " ", "is mulhu", row -> minusOne(row, limb)));
        }
        // 64 = 16 * 3 + 16 + 64 * 0: everything is shifted out, where nothing should be.
        hints.add(new Hint("shift", "message 12 ", "is srl", row -> {
            row.limbs("rs1 value", 7, 0, 0, 0).limbs("rs2 value", 64, 0, 0, 0);
            row.set("right by 1", 0).set("right by 2", 0).set("right by 3", 1);
            row.set("bits", 16)
                    .set("ignored", 0)
                    .set("cut", 16)
                    .set("2^cut", 1 << 16)
                    .set("2^(16 - cut)", 1);
            row.limbs("lower", 7, 0, 0, 0).limbs("upper", 0, 0, 0, 0).limbs("result", 0, 0, 0, 0);
        }));
        // Later than any time that there is.
        hints.add(new Hint(
                "refresh",
                "message 3 ",
                "real",
                row -> row.set("before", (1 << 24) - 3)
                        .set("time", (1 << 24) + 5)
                        .set("rest high", 0)
                        .set("time high", 0)));
        hints.add(new Hint("atomic", "operand's sign is 0 or 1", "is amomaxu", Hint::almostNegative));
        // A row of padding that makes a register 0.
        for (int i = 0; i < 4; i++) {
            String was = "rd was[" + i + "]";
            for (String table : new String[] {"bitwise", "shift"}) {
                hints.add(new Hint(
                        table,
                        "an idle rd keeps element " + (2 + i),
                        PADDING,
                        row -> row.set(was, 1).set("rd", 5)));
            }
        }
        return hints;
    }

    /** 0 * 0 = 2^16 - 2^16, whose high half is -1: borrowed from limb to limb, beginning in one of the low half. */
    private static void minusOne(NamedRow row, int from) {
        row.limbs("rs1 value", 0, 0, 0, 0).limbs("rs2 value", 0, 0, 0, 0);
        row.limbs("rs1 even byte", 0, 0, 0, 0).limbs("rs2 even byte", 0, 0, 0, 0);
        for (int i = 0; i < 8; i++) row.set("carry[" + i + "]", i < from ? 0 : -1);
        for (int i = 0; i < 4; i++) {
            row.set("low[" + i + "]", i < from ? 0 : i == from ? 1 << 16 : 0xffff)
                    .set("result[" + i + "]", 0xffff);
        }
    }

    /** The larger of 0x10009 and 0x10005 is the latter, with a sign of 2^-15, which times 0xffff is a limb. */
    private static void almostNegative(NamedRow row) {
        int sign = KoalaBear.inverse(KoalaBear.of(1 << 15));
        int high = KoalaBear.canonical(KoalaBear.mul(sign, KoalaBear.of(0xffff)));
        int half = 2 * KoalaBear.canonical(row.get("upper half"));
        row.limbs("word was", 9, 1, 9, 1).limbs("stored", 9, 1, 9, 1);
        row.limbs("result", 9, 1, 0, 0).set("result's top limb", 1).set("result's sign", 0);
        row.limbs("rs2 value", 5, 1, 0, 0).set("operand's top limb", 1).put("operand's sign", sign);
        row.limbs("operand upper", high, high)
                .limbs("outcome", 5, 1, high, high)
                .set("keeps", 0);
        row.limbs("helper", 4, 0, (1 << 16) - high, (1 << 16) - high - 1);
        row.set("stored[" + half + "]", 5).set("stored[" + (half + 1) + "]", 1);
    }
}
