package dev.aver.tests.verification;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.pcs.FriSchedule;
import dev.aver.verifier.pcs.OpenedCommitment;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.stark.StarkShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What somebody may do to the bytes of an accepted receipt, each with a name. None of it leaves it acceptable. */
final class Mutations {
    private static final int JOURNAL_LENGTH = 2433;

    private final byte[] bytes;
    private final Receipt receipt;
    private final Random random;
    private final Map<String, byte[]> mutants = new LinkedHashMap<>();

    private Mutations(byte[] bytes, long seed) throws InvalidReceiptException {
        this.bytes = bytes;
        this.receipt = Receipt.decode(bytes);
        this.random = new Random(seed);
    }

    /** The mutants of a receipt. */
    static Map<String, byte[]> of(byte[] bytes, long seed) throws InvalidReceiptException {
        Mutations mutations = new Mutations(bytes, seed);
        mutations.header();
        mutations.segments();
        mutations.proof();
        for (int i = 0; i < 8; i++) mutations.flip("any byte", mutations.random.nextInt(bytes.length));
        return mutations.mutants;
    }

    private void header() {
        int at = 0;
        for (Object[] field : new Object[][] {
            {"magic", 4},
            {"format version", 2},
            {"kind", 1},
            {"machine version", 1},
            {"suite", 1},
            {"blowup", 1},
            {"queries", 2},
            {"grinding", 1},
            {"cap", 1},
            {"final length", 1},
            {"arity", 1},
            {"key", 32},
            {"program height", 1},
            {"entry", 4},
            {"program commitment", 36 << ProgramCommitment.CAP_LOG},
            {"program half", 36},
            {"input half", 36},
            {"exit code", 4},
            {"journal length", 4}
        }) {
            flip((String) field[0], at);
            at += (int) field[1];
        }
        assert at == JOURNAL_LENGTH + 4 : at;
        if (receipt.journal().length > 0) flip("journal", at);
        put("nothing", new byte[0]);
        put("a byte less", Arrays.copyOf(bytes, bytes.length - 1));
        put("a byte more", Arrays.copyOf(bytes, bytes.length + 1));
        put(
                "more journal",
                receipt(
                        receipt.exitCode(),
                        Arrays.copyOf(receipt.journal(), receipt.journal().length + 1),
                        receipt.segments()));
        put("half a receipt", Arrays.copyOf(bytes, bytes.length / 2));
    }

    private void segments() {
        List<Receipt.Segment> segments = receipt.segments();
        Receipt.Segment first = segments.getFirst();
        Receipt.Segment last = segments.getLast();
        put("segment twice", with(first, last, last));
        if (segments.size() > 1) {
            put("segments swapped", with(last, first));
            put("first segment alone", with(first));
            put("last segment alone", with(last));
            put(
                    "end row",
                    with(
                            new Receipt.Segment(
                                    first.endRow() ^ 1, first.endRoot(), first.cycles(), first.tables(), first.proof()),
                            last));
        }
        int[] root = last.endRoot().clone();
        root[4] = KoalaBear.add(root[4], KoalaBear.ONE);
        List<Receipt.Segment> others = new ArrayList<>(segments);
        others.set(segments.size() - 1, new Receipt.Segment(0, root, last.cycles(), last.tables(), last.proof()));
        put("end root", with(others.toArray(Receipt.Segment[]::new)));
        others.set(
                segments.size() - 1,
                new Receipt.Segment(0, last.endRoot(), last.cycles() + 1, last.tables(), last.proof()));
        put("cycles", with(others.toArray(Receipt.Segment[]::new)));
        int at = JOURNAL_LENGTH + 4 + receipt.journal().length + 4;
        flip("segment's end row", at);
        number(
                "end row at the program's end",
                at,
                1 << receipt.image().commitment().logHeight());
        number("no cycles", at + 40, 0);
        number("2^22 cycles", at + 40, 1 << 22);
        int tables = at + 45;
        flip("number of tables", at + 44);
        flip("table number", tables);
        flip("instance", tables + 1);
        flip("program table's height", tables + 2);
        flip("fixed height", tables + 5);
        flip("boundary's height", tables + 11);
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, tables, swapped, tables + 3, 3);
        System.arraycopy(bytes, tables + 3, swapped, tables, 3);
        put("tables swapped", swapped);
    }

    /** One element of every part of the last proof. */
    private void proof() {
        Receipt.Segment segment = receipt.segments().getLast();
        StarkShape shape = new StarkShape(receipt.parameters(), segment.tables());
        int digest = 4 * receipt.parameters().suite().digestLength();
        int cap = digest << receipt.parameters().capLog();
        int openings = 0;
        for (OpenedCommitment commitment : shape.pcs().commitments()) {
            for (OpenedMatrix matrix : commitment.matrices()) openings += matrix.width() * matrix.points();
        }
        int at = bytes.length - segment.proof().length;
        at = part("main commitment", at, cap);
        at = part("permutation commitment", at, cap);
        at = part("totals", at, 24 * shape.totals());
        at = part("quotient commitment", at, cap);
        int quotient = at + 24 * (openings - 12);
        at = part("openings", at, 24 * openings);
        part("openings of the quotient", quotient, 24 * 12);
        int folds = 0;
        int query = 0;
        for (int i = 0; i < shape.pcs().commitments().size(); i++) {
            int rows = 4 * shape.pcs().tree(i).openedElements();
            query += rows + tree(i, shape);
        }
        for (FriSchedule.Fold fold : shape.pcs().schedule().folds()) {
            folds++;
            query += 4 * shape.pcs().tree(fold).openedElements()
                    + digest * shape.pcs().tree(fold).pathLength();
        }
        at = part("folds' commitments", at, cap * folds);
        at = part("last polynomial", at, 24 << receipt.parameters().finalLog());
        at = part("nonce", at, 4);
        for (int i = 0; i < receipt.parameters().queries(); i++) {
            int inside = at;
            for (int c = 0; c < shape.pcs().commitments().size(); c++) {
                inside = part(
                        "query " + i + ", rows of " + c,
                        inside,
                        4 * shape.pcs().tree(c).openedElements());
                inside = part("query " + i + ", path of " + c, inside, tree(c, shape));
            }
            part("query " + i + ", folds", inside, at + query - inside);
            at += query;
        }
        assert at == bytes.length : at;
    }

    private static int tree(int commitment, StarkShape shape) {
        int digest = shape.pcs().commitments().get(commitment).suite().digestLength();
        return 4 * digest * shape.pcs().tree(commitment).pathLength();
    }

    /** Changes an element somewhere in a part, once to another element and once to what is none; the part's end. */
    private int part(String name, int from, int length) {
        int at = from + 4 * random.nextInt(length / 4);
        int before = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        number(name, at, before == 0 ? 1 : before - 1);
        if (name.contains("query")) return from + length;
        number(name + ", p", at, KoalaBear.P);
        return from + length;
    }

    private void flip(String name, int at) {
        byte[] mutant = bytes.clone();
        mutant[at] ^= (byte) (1 << random.nextInt(8));
        put(name + ", byte " + at, mutant);
    }

    private void number(String name, int at, int number) {
        byte[] mutant = bytes.clone();
        ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
        if (!Arrays.equals(mutant, bytes)) put(name + ", byte " + at, mutant);
    }

    private byte[] with(Receipt.Segment... segments) {
        return receipt(receipt.exitCode(), receipt.journal(), List.of(segments));
    }

    private byte[] receipt(int exitCode, byte[] journal, List<Receipt.Segment> segments) {
        return new Receipt(
                        receipt.parameters(),
                        receipt.keyDigest(),
                        receipt.image(),
                        receipt.inputDigest(),
                        exitCode,
                        journal,
                        segments)
                .encode();
    }

    private void put(String name, byte[] mutant) {
        mutants.put(mutants.size() + " " + name, mutant);
    }
}
