package dev.aver.verifier;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.Sha256;
import dev.aver.verifier.stark.SegmentStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a segment's proof has to prove, from what its receipt says. */
public final class Statements {
    private Statements() {}

    /**
     * The statement of a segment.
     *
     * @param receipt says what program it is and, for the last segment, the exit code and the journal
     * @param last whether the run ends with it
     */
    public static SegmentStatement<E6> of(
            Receipt receipt, int startRow, int[] startRoot, int endRow, int[] endRoot, boolean last, int cycles) {
        return new SegmentStatement<>(
                elements(receipt.image().id().digest()),
                number(startRow),
                elements(startRoot),
                number(endRow),
                elements(endRoot),
                number(last ? 1 : 0),
                last ? result(receipt) : elements(new int[SegmentStatement.RESULT]),
                number(cycles));
    }

    private static E6 number(int number) {
        return E6.of(KoalaBear.of(number));
    }

    private static List<E6> elements(int[] elements) {
        return Arrays.stream(elements).mapToObj(E6::of).toList();
    }

    /** The exit code's limbs and the journal digest's: what the halt says. */
    private static List<E6> result(Receipt receipt) {
        byte[] digest = Sha256.of(receipt.journal());
        List<E6> result = new ArrayList<>();
        result.add(number(receipt.exitCode() & 0xffff));
        result.add(number(receipt.exitCode() >>> 16));
        for (int i = 0; i < digest.length; i += 2) {
            result.add(number((digest[i] & 0xff) | (digest[i + 1] & 0xff) << 8));
        }
        return result;
    }
}
