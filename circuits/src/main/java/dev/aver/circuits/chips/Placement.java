package dev.aver.circuits.chips;

import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many bytes a load or store accesses, and where they lie: which of the first word's limbs the first byte is in,
 * and whether it is the limb's low or high byte.
 *
 * <p>The rows' selectors are the forms. At an even offset the bytes are whole limbs; at an odd one they start in the
 * middle of one limb and end in the middle of another. Limb i of the <em>window</em> is the i-th limb from the one that
 * holds the first byte.
 */
public final class Placement {
    /**
     * A form of access.
     *
     * @param bytes 1, 2, 4 or 8
     * @param odd whether the offset is odd
     */
    record Form(int bytes, boolean odd) {
        /** Limbs that the bytes touch. */
        int limbs() {
            return odd ? bytes / 2 + 1 : (bytes + 1) / 2;
        }

        private boolean crosses(int limb) {
            return 2 * limb + (odd ? 1 : 0) + bytes > 8;
        }
    }

    private static final List<Form> WITHIN = List.of(
            new Form(1, false),
            new Form(1, true),
            new Form(2, false),
            new Form(2, true),
            new Form(4, false),
            new Form(4, true));

    private static final List<Form> CROSSING =
            List.of(new Form(2, true), new Form(4, false), new Form(4, true), new Form(8, false), new Form(8, true));

    /** Row and form. */
    public final InstructionRow instruction;

    /** Flags of limbs 1 to 3: whether the first byte is in it; in limb 0 it is when all three are 0. */
    public final Column[] limbs;

    private final List<Form> forms;
    private final Expr[] first;

    /**
     * Declares the columns.
     *
     * @param crosses whether every access reaches into the second word, or none does
     */
    Placement(AirBuilder b, boolean crosses) {
        forms = crosses ? CROSSING : WITHIN;
        instruction = new InstructionRow(
                b,
                forms.stream()
                        .map(form -> form.bytes + " bytes at an " + (form.odd ? "odd" : "even") + " offset")
                        .toArray(String[]::new));
        AirBuilder.Selectors others = b.selectors("starts in limb 1", "starts in limb 2", "starts in limb 3");
        limbs = others.flags();
        first = new Expr[] {others.real().not(), limbs[0], limbs[1], limbs[2]};

        Expr wrong = Expr.ZERO;
        for (Form form : forms) {
            Expr places = Expr.ZERO;
            for (int limb = 0; limb < 4; limb++) {
                if (form.crosses(limb) != crosses) places = places.plus(first[limb]);
            }
            wrong = wrong.plus(flag(form).times(places));
        }
        b.zero(
                crosses
                        ? "the access crosses a word: else a second word would be touched that has no part in it"
                        : "the access does not cross a word: else the bytes beyond would be read as 0, or not written",
                wrong);
    }

    /** The forms of this table. */
    List<Form> forms() {
        return forms;
    }

    /** The selector of a form. */
    Expr flag(Form form) {
        return form(form.bytes, form.odd);
    }

    /** 1 in rows of some forms. */
    Expr is(Predicate<Form> some) {
        Expr sum = Expr.ZERO;
        for (Form form : forms) {
            if (some.test(form)) sum = sum.plus(flag(form));
        }
        return sum;
    }

    /** The selector of accesses of so many bytes at an odd or even offset. */
    public Column form(int bytes, boolean odd) {
        for (int i = 0; i < forms.size(); i++) {
            Form form = forms.get(i);
            if (form.bytes == bytes && form.odd == odd) {
                return instruction.selectors.flags()[i];
            }
        }
        throw new IllegalArgumentException("not a form of this table: " + bytes + " bytes");
    }

    /** 1 in rows whose window starts in this limb, 0 to 3; 0 for any other number. */
    Expr startsIn(int limb) {
        return limb < 0 || limb > 3 ? Expr.ZERO : first[limb];
    }

    /** The offset of the first byte in the first word: below 8, since it is a sum of flags. */
    Expr offset() {
        Expr offset = is(Form::odd);
        for (int limb = 1; limb < 4; limb++) offset = offset.plus(first[limb].times(2L * limb));
        return offset;
    }

    /** Limb {@code i} of the window over these limbs, 0 where it would be beyond them: degree 2. */
    Expr window(Expr[] of, int i) {
        Expr chosen = Expr.ZERO;
        for (int limb = 0; limb < 4 && limb + i < of.length; limb++) {
            chosen = chosen.plus(first[limb].times(of[limb + i]));
        }
        return chosen;
    }

    /** Σ flag · code of the operation of the form's size: {@code codes} for 1, 2, 4 and 8 bytes. */
    Expr opcode(int... codes) {
        Expr opcode = Expr.ZERO;
        for (Form form : forms) {
            opcode = opcode.plus(flag(form).times(codes[Integer.numberOfTrailingZeros(form.bytes)]));
        }
        return opcode;
    }
}
