package dev.aver.prover.attack;

import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.circuits.merkle.TreeShape;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.pcs.FriSchedule;
import dev.aver.verifier.pcs.PcsShape;
import dev.aver.verifier.stark.StarkShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes of an encoded receipt are which field: docs/protocol.md, section 10, written a second time.
 *
 * @param fields without a gap, in order
 */
record Layout(List<Field> fields) {
    /**
     * A field.
     *
     * @param elements whether it is a sequence of canonical elements of K, 4 bytes each
     */
    record Field(String name, int from, int length, boolean elements) {
        int end() {
            return from + length;
        }
    }

    private static final int DIGEST = 36;
    private static final int ELEMENT = 24;

    /** The fields of a receipt whose suite is Poseidon2. */
    static Layout of(Receipt receipt) {
        Builder b = new Builder();
        b.bytes("magic", 4).bytes("format version", 2).bytes("kind", 1).bytes("machine version", 1);
        b.bytes("suite", 1).bytes("blowup", 1).bytes("queries", 2).bytes("grinding", 1);
        b.bytes("cap size", 1).bytes("final length", 1).bytes("arity", 1).bytes("key digest", 32);
        b.bytes("program height", 1).bytes("entry", 4);
        b.elements("program cap", DIGEST << ProgramCommitment.CAP_LOG).elements("program half", DIGEST);
        b.elements("input digest", DIGEST).bytes("exit code", 4);
        b.bytes("journal length", 4).bytes("journal", receipt.journal().length);
        b.bytes("segment count", 4);
        for (Receipt.Segment segment : receipt.segments()) {
            b.bytes("end row", 4)
                    .elements("end root", DIGEST)
                    .bytes("cycles", 4)
                    .bytes("table count", 1);
            for (int i = 0; i < segment.tables().tables().size(); i++) {
                b.bytes("table", 1).bytes("instance", 1).bytes("height", 1);
            }
            b.proof(new StarkShape(receipt.parameters(), segment.tables()));
        }
        return new Layout(List.copyOf(b.fields));
    }

    int length() {
        return fields.getLast().end();
    }

    /** The first field of this name. */
    Field find(String name) {
        return fields.stream().filter(f -> f.name.equals(name)).findFirst().orElseThrow();
    }

    private static final class Builder {
        private final List<Field> fields = new ArrayList<>();
        private int at;

        private Builder bytes(String name, int length) {
            return add(name, length, false);
        }

        private Builder elements(String name, int length) {
            return add(name, length, true);
        }

        private Builder add(String name, int length, boolean elements) {
            if (length > 0) fields.add(new Field(name, at, length, elements));
            at += length;
            return this;
        }

        private void proof(StarkShape shape) {
            PcsShape pcs = shape.pcs();
            int cap = DIGEST << shape.parameters().capLog();
            elements("main cap", cap).elements("permutation cap", cap);
            elements("totals", ELEMENT * shape.totals());
            elements("quotient cap", cap);
            for (int c = 0; c < pcs.commitments().size(); c++) {
                int from = pcs.opening(c, 0, 0);
                boolean last = c + 1 == pcs.commitments().size();
                int to = last ? pcs.openings() : pcs.opening(c + 1, 0, 0);
                elements("openings of " + COMMITMENTS[c], ELEMENT * (to - from));
            }
            List<FriSchedule.Fold> folds = pcs.schedule().folds();
            for (int i = 0; i < folds.size(); i++) elements("layer cap", cap);
            elements("final polynomial", ELEMENT << shape.parameters().finalLog())
                    .elements("nonce", 4);
            for (int q = 0; q < shape.parameters().queries(); q++) {
                for (int c = 0; c < pcs.commitments().size(); c++) {
                    TreeShape tree = pcs.tree(c);
                    elements("row of " + COMMITMENTS[c], 4 * tree.openedElements());
                    elements("path of " + COMMITMENTS[c], DIGEST * tree.pathLength());
                }
                for (FriSchedule.Fold fold : folds) {
                    elements("layer group", ELEMENT * fold.arity());
                    elements("layer path", DIGEST * pcs.tree(fold).pathLength());
                }
            }
        }
    }

    private static final String[] COMMITMENTS = {"fixed", "program", "main", "permutation", "quotient"};
}
