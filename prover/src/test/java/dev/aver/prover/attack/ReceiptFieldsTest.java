package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static dev.aver.verifier.InvalidReceiptException.Reason.CLAIM;
import static dev.aver.verifier.InvalidReceiptException.Reason.CONSTRAINTS;
import static dev.aver.verifier.InvalidReceiptException.Reason.HEIGHT;
import static dev.aver.verifier.InvalidReceiptException.Reason.LOW_DEGREE;
import static dev.aver.verifier.InvalidReceiptException.Reason.MALFORMED;
import static dev.aver.verifier.InvalidReceiptException.Reason.NOT_CANONICAL;
import static dev.aver.verifier.InvalidReceiptException.Reason.OPENING;
import static dev.aver.verifier.InvalidReceiptException.Reason.PARAMETERS;
import static dev.aver.verifier.InvalidReceiptException.Reason.PROOF_OF_WORK;
import static dev.aver.verifier.InvalidReceiptException.Reason.TABLES;
import static dev.aver.verifier.InvalidReceiptException.Reason.TRAILING_BYTES;
import static dev.aver.verifier.InvalidReceiptException.Reason.VERSION;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No byte of a receipt can be another one, and none can be left out or added. */
final class ReceiptFieldsTest {
    /** What changes the indices of the queries: nothing that follows is then what they ask for. */
    private static final Set<Reason> OTHER_INDICES = EnumSet.of(PROOF_OF_WORK, OPENING, LOW_DEGREE);

    /** What each field's change is rejected for. Before anything else, bytes may stop being canonical or fitting. */
    private static final Map<String, Set<Reason>> EXPECTED = Map.ofEntries(
            entry("magic", EnumSet.of(MALFORMED)),
            entry("format version", EnumSet.of(VERSION)),
            entry("kind", EnumSet.of(MALFORMED, VERSION)),
            entry("machine version", EnumSet.of(VERSION)),
            entry("suite", EnumSet.of(PARAMETERS, MALFORMED, NOT_CANONICAL, VERSION, TRAILING_BYTES, TABLES, HEIGHT)),
            entry("blowup", EnumSet.of(PARAMETERS)),
            entry("queries", EnumSet.of(PARAMETERS, MALFORMED, TRAILING_BYTES)),
            entry("grinding", EnumSet.of(PARAMETERS, BUS_BALANCE)),
            entry("cap size", EnumSet.of(PARAMETERS, MALFORMED, TRAILING_BYTES)),
            entry("final length", EnumSet.of(PARAMETERS, MALFORMED, TRAILING_BYTES)),
            entry("arity", EnumSet.of(PARAMETERS, MALFORMED, TRAILING_BYTES)),
            entry("key digest", EnumSet.of(VERSION)),
            entry("program height", EnumSet.of(HEIGHT)),
            entry("entry", EnumSet.of(MALFORMED, BUS_BALANCE)),
            entry("program cap", EnumSet.of(BUS_BALANCE)),
            entry("program half", EnumSet.of(BUS_BALANCE)),
            entry("input digest", EnumSet.of(BUS_BALANCE)),
            entry("exit code", EnumSet.of(BUS_BALANCE)),
            entry("journal length", EnumSet.of(MALFORMED, TRAILING_BYTES, TABLES, HEIGHT)),
            entry("segment count", EnumSet.of(MALFORMED, TRAILING_BYTES)),
            entry("end row", EnumSet.of(MALFORMED, CLAIM, BUS_BALANCE)),
            entry("end root", EnumSet.of(BUS_BALANCE)),
            entry("cycles", EnumSet.of(MALFORMED, BUS_BALANCE)),
            entry("table count", EnumSet.of(TABLES, HEIGHT, MALFORMED, TRAILING_BYTES)),
            entry("table", EnumSet.of(TABLES, HEIGHT, MALFORMED, TRAILING_BYTES)),
            entry("instance", EnumSet.of(TABLES)),
            // A height that occurs elsewhere too may leave the proof's length as it is.
            entry("height", EnumSet.of(HEIGHT, MALFORMED, TRAILING_BYTES, BUS_BALANCE)),
            entry("main cap", EnumSet.of(BUS_BALANCE)),
            entry("permutation cap", EnumSet.of(CONSTRAINTS)),
            entry("totals", EnumSet.of(BUS_BALANCE)),
            entry("quotient cap", EnumSet.of(CONSTRAINTS)),
            entry("openings of fixed", EnumSet.of(CONSTRAINTS)),
            entry("openings of program", EnumSet.of(CONSTRAINTS)),
            entry("openings of main", EnumSet.of(CONSTRAINTS)),
            entry("openings of permutation", EnumSet.of(CONSTRAINTS)),
            entry("openings of quotient", EnumSet.of(CONSTRAINTS)),
            entry("layer cap", OTHER_INDICES),
            entry("final polynomial", OTHER_INDICES),
            entry("nonce", OTHER_INDICES),
            entry("row of fixed", EnumSet.of(OPENING)),
            entry("row of program", EnumSet.of(OPENING)),
            entry("row of main", EnumSet.of(OPENING)),
            entry("row of permutation", EnumSet.of(OPENING)),
            entry("row of quotient", EnumSet.of(OPENING)),
            entry("path of fixed", EnumSet.of(OPENING)),
            entry("path of program", EnumSet.of(OPENING)),
            entry("path of main", EnumSet.of(OPENING)),
            entry("path of permutation", EnumSet.of(OPENING)),
            entry("path of quotient", EnumSet.of(OPENING)),
            entry("layer group", EnumSet.of(OPENING)),
            entry("layer path", EnumSet.of(OPENING)));

    private final byte[] receipt = Fixture.oneSegment().encode();
    private final Layout layout = Layout.of(Fixture.oneSegment());

    private interface Change {
        void to(byte[] bytes, int at);
    }

    private Optional<Reason> verdict(int at, Change change) {
        byte[] bytes = receipt.clone();
        change.to(bytes, at);
        return Verdict.of(bytes);
    }

    @Test
    void theLayoutIsTheReceipts() {
        assertThat(layout.length()).isEqualTo(receipt.length);
        Set<String> names = new HashSet<>();
        layout.fields().forEach(field -> names.add(field.name()));
        Set<String> expected = new HashSet<>(EXPECTED.keySet());
        expected.add("journal");
        assertThat(names).isSubsetOf(expected);
    }

    /** Each bit of the small fields, and in each element field the first, the last and some random bytes. */
    @Test
    void aFlippedBitIsRejected() {
        Random random = new Random(41);
        for (Layout.Field field : layout.fields()) {
            Set<Reason> expected = EnumSet.copyOf(EXPECTED.get(field.name()));
            if (field.elements()) expected.add(NOT_CANONICAL);
            if (field.length() <= 4) {
                for (int bit = 0; bit < 8 * field.length(); bit++)
                    flip(field, field.from() + bit / 8, bit % 8, expected);
                continue;
            }
            flip(field, field.from(), 0, expected);
            flip(field, field.end() - 1, 7, expected);
            for (int i = 0; i < 3; i++) {
                flip(field, field.from() + random.nextInt(field.length()), random.nextInt(8), expected);
            }
        }
    }

    private void flip(Layout.Field field, int at, int bit, Set<Reason> expected) {
        Optional<Reason> verdict = verdict(at, (bytes, i) -> bytes[i] ^= (byte) (1 << bit));
        Verdict.isOneOf(expected, verdict, "bit %d of byte %d, in %s".formatted(bit, at, field.name()));
    }

    /** An element that is another one: what it counts for is checked, not only its form. */
    @Test
    void anotherElementIsRejected() {
        Random random = new Random(42);
        for (Layout.Field field : layout.fields()) {
            if (!field.elements()) continue;
            for (int i = 0; i < 3; i++) {
                int at = field.from() + 4 * random.nextInt(field.length() / 4);
                Optional<Reason> verdict = verdict(at, (bytes, from) -> {
                    int old = ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt(from);
                    put(bytes, from, (old + 1) % KoalaBear.P);
                });
                Verdict.isOneOf(
                        EXPECTED.get(field.name()), verdict, "element at %d, in %s".formatted(at, field.name()));
            }
        }
    }

    /** x + p stands for the same element as x, and is refused: a receipt has one encoding. */
    @Test
    void anElementHasOneForm() {
        Random random = new Random(43);
        for (Layout.Field field : layout.fields()) {
            if (!field.elements()) continue;
            for (int i = 0; i < 2; i++) {
                int at = field.from() + 4 * random.nextInt(field.length() / 4);
                Optional<Reason> verdict = verdict(at, (bytes, from) -> {
                    int old = ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt(from);
                    put(bytes, from, old + KoalaBear.P);
                });
                assertThat(verdict).as("element at %d, in %s", at, field.name()).contains(NOT_CANONICAL);
            }
        }
    }

    private static void put(byte[] bytes, int at, int value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    }

    @Test
    void noEndCanBeLeftOut() {
        for (int length = 0; length < receipt.length; length += 97) {
            assertThat(Verdict.of(Arrays.copyOf(receipt, length)))
                    .as("%d bytes", length)
                    .contains(MALFORMED);
        }
        assertThat(Verdict.of(Arrays.copyOf(receipt, receipt.length - 1))).contains(MALFORMED);
    }

    @Test
    void nothingCanFollow() {
        for (int more : new int[] {1, 4, 24, receipt.length}) {
            assertThat(Verdict.of(Arrays.copyOf(receipt, receipt.length + more)))
                    .as("%d bytes more", more)
                    .contains(TRAILING_BYTES);
        }
        byte[] segment = Arrays.copyOfRange(receipt, layout.find("end row").from(), receipt.length);
        byte[] twice = Arrays.copyOf(receipt, receipt.length + segment.length);
        System.arraycopy(segment, 0, twice, receipt.length, segment.length);
        assertThat(Verdict.of(twice)).contains(TRAILING_BYTES);
    }
}
