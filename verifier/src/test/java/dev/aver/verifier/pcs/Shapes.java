package dev.aver.verifier.pcs;

import dev.aver.circuits.hash.HashSuite;
import java.util.ArrayList;
import java.util.List;

/** Small shapes for tests, with too few queries to prove anything. */
final class Shapes {
    static final HashSuite POSEIDON2 = HashSuite.POSEIDON2;
    static final HashSuite BLAKE3 = HashSuite.BLAKE3;

    private Shapes() {}

    /** The parameters of real proofs, but for queries and work. */
    static Parameters parameters(HashSuite suite, int queries) {
        return new Parameters(suite, 1, queries, 3, 7, 6, 3);
    }

    /** A commitment from heights and widths; a negative width means that the next row is opened too. */
    static OpenedCommitment commitment(HashSuite suite, int capLog, int... heightsAndWidths) {
        List<OpenedMatrix> matrices = new ArrayList<>();
        for (int i = 0; i < heightsAndWidths.length; i += 2) {
            int width = heightsAndWidths[i + 1];
            matrices.add(new OpenedMatrix(heightsAndWidths[i], Math.abs(width), width < 0));
        }
        return new OpenedCommitment(suite, capLog, matrices);
    }

    /** Four commitments, as a segment's proof has: a program table in Poseidon2, three others; all heights differ. */
    static PcsShape segment(HashSuite suite, int queries) {
        return new PcsShape(
                parameters(suite, queries),
                List.of(
                        commitment(POSEIDON2, 6, 7, 2),
                        commitment(suite, 7, 6, -1, 10, -1, 7, 1, 9, 1),
                        commitment(suite, 7, 6, -2, 10, -2, 7, -1),
                        commitment(suite, 7, 10, 3)));
    }

    /** Two heights, two trees, equal heights apart, next rows at both: whatever can be confused, and little of it. */
    static PcsShape small(HashSuite suite, int queries) {
        return new PcsShape(
                new Parameters(suite, 1, queries, 3, 2, 5, 3),
                List.of(commitment(POSEIDON2, 2, 6, 1), commitment(suite, 2, 7, -2, 6, -1, 7, 1)));
    }

    static List<PcsShape> all() {
        List<PcsShape> shapes = new ArrayList<>();
        for (HashSuite suite : List.of(POSEIDON2, BLAKE3)) {
            shapes.add(segment(suite, 4));
            // One column; as short as can be: one fold, and none at all.
            shapes.add(new PcsShape(parameters(suite, 3), List.of(commitment(suite, 7, 7, 1))));
            shapes.add(new PcsShape(parameters(suite, 3), List.of(commitment(suite, 7, 6, -1))));
            // Every height present, and a row wider than a block.
            shapes.add(new PcsShape(parameters(suite, 3), List.of(commitment(suite, 7, 6, -16, 7, 1, 8, -1, 9, 15))));
        }
        // Other arities, rates, caps and last polynomials.
        for (int arityLog = 1; arityLog <= 3; arityLog++) {
            for (int blowup = 1; blowup <= 3; blowup++) {
                int finalLog = 2 * blowup - 2;
                int capLog = Math.min(finalLog + blowup, 2 * arityLog - 2);
                Parameters parameters = new Parameters(POSEIDON2, blowup, 3, 0, capLog, finalLog, arityLog);
                shapes.add(new PcsShape(parameters, List.of(commitment(POSEIDON2, 2 * blowup, 6, 1, 8, -2))));
            }
        }
        return shapes;
    }
}
