package dev.aver.verifier.security;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.pcs.OpenedMatrix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of one proof that its security depends on. They come from the verifying key, the parameters and the
 * heights that the transcript absorbed, never from anything else a prover says.
 *
 * @param basePrime p, the size of the base field K, a prime
 * @param extensionDegree of E, the field of all challenges, over K; E has at most 512 bits
 * @param logBlowup log2 of the inverse of the rate, 1 to 16
 * @param opened every opened matrix, at least one: preprocessed, main and permutation columns of all tables, and the
 *     quotient; columns are of K, so one of E counts as many as its degree; 2^6 to 2^32 rows
 * @param tables every table of the proof, none taller than the tallest matrix
 * @param constraintDegree the largest degree of a constraint in columns, selectors included
 * @param quotientPieces how many polynomials of the tallest table's height the quotient is committed as, per coordinate
 *     of E
 * @param verifierMessages the bus messages that the verifier adds itself (state, result, root of the memory tree)
 * @param widestPayload the number of elements of the widest bus message, bus id not counted
 * @param foldLogs log2 of each FRI fold's arity, first fold first
 * @param queries at least 1
 * @param grindingBits of the proof of work before the queries, 0 to 24
 * @param suite what commitments and transcript hash with
 */
public record ProofFigures(
        BigInteger basePrime,
        int extensionDegree,
        int logBlowup,
        List<OpenedMatrix> opened,
        List<Table> tables,
        int constraintDegree,
        int quotientPieces,
        int verifierMessages,
        int widestPayload,
        List<Integer> foldLogs,
        int queries,
        int grindingBits,
        HashSuite suite) {

    /** Queries beyond this are refused: far above use, and small enough for the arithmetic's error bound. */
    public static final int MAX_QUERIES = 1 << 14;

    /**
     * One table.
     *
     * @param logHeight log2 of its number of rows
     * @param constraints how many, those of the buses included
     * @param messages how many bus messages a row sends or receives, whether or not their multiplicities are zero
     */
    public record Table(int logHeight, int constraints, int messages) {
        /** Checks the ranges. */
        public Table {
            require(logHeight >= 0 && constraints >= 0 && messages >= 0, "a negative count");
        }
    }

    /**
     * One fold of FRI.
     *
     * @param logFrom log2 of the size of the codeword that is folded
     * @param logTo log2 of the size of the codeword that results
     * @param entering whether a reduced codeword of that size is added
     */
    public record Fold(int logFrom, int logTo, boolean entering) {}

    /**
     * Checks the ranges, and that the folds pass through the height of every matrix.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ProofFigures {
        opened = List.copyOf(opened);
        tables = List.copyOf(tables);
        foldLogs = List.copyOf(foldLogs);
        require(basePrime.bitLength() >= 2 && extensionDegree >= 1, "no field");
        require(basePrime.bitLength() * (long) extensionDegree <= 512, "a field of more than 512 bits");
        require(logBlowup >= 1 && logBlowup <= 16, "a blowup of 2^" + logBlowup);
        require(!opened.isEmpty(), "nothing opened");
        require(constraintDegree >= 1 && quotientPieces >= 1, "no quotient");
        require(verifierMessages >= 0 && widestPayload >= 1, "a negative count");
        require(queries >= 1 && queries <= MAX_QUERIES, queries + " queries");
        require(grindingBits >= 0 && grindingBits <= 24, grindingBits + " bits of grinding");

        int tallest = tallest(opened);
        List<Integer> reached = new ArrayList<>(List.of(tallest + logBlowup));
        for (int foldLog : foldLogs) {
            require(foldLog >= 1 && foldLog < reached.getLast(), "a fold by 2^" + foldLog);
            reached.add(reached.getLast() - foldLog);
        }
        for (OpenedMatrix matrix : opened) {
            int logHeight = matrix.logHeight();
            require(logHeight >= 6 && logHeight <= 32 && matrix.width() >= 0, "out of range: " + matrix);
            require(reached.contains(logHeight + logBlowup), "no fold arrives at the height of " + matrix);
        }
        for (Table table : tables) require(table.logHeight <= tallest, "taller than all columns: " + table);
    }

    /** The same proof with another number of queries. */
    public ProofFigures withQueries(int number) {
        return new ProofFigures(
                basePrime,
                extensionDegree,
                logBlowup,
                opened,
                tables,
                constraintDegree,
                quotientPieces,
                verifierMessages,
                widestPayload,
                foldLogs,
                number,
                grindingBits,
                suite);
    }

    /** |E|, the number of values of a challenge. */
    public BigInteger fieldSize() {
        return basePrime.pow(extensionDegree);
    }

    /** log2 of N, the number of rows of the tallest matrix. */
    public int logRows() {
        return tallest(opened);
    }

    /** log2 of the number of rows of the lowest matrix. */
    public int logLowestRows() {
        return opened.stream().mapToInt(OpenedMatrix::logHeight).min().orElseThrow();
    }

    /** log2 of the size of the largest domain, on which queries are drawn. */
    public int logDomain() {
        return logRows() + logBlowup;
    }

    /** The most points at which a column is opened, 1 or 2. */
    public int pointsPerColumn() {
        return opened.stream().mapToInt(OpenedMatrix::points).max().orElseThrow();
    }

    /** How many pairs of a column and a point are opened and batched. */
    public long openings() {
        return opened.stream()
                .mapToLong(matrix -> (long) matrix.points() * matrix.width())
                .sum();
    }

    /** How many constraints are batched. */
    public long constraints() {
        return tables.stream().mapToLong(Table::constraints).sum();
    }

    /** How many messages all buses carry at most: each table's messages times its height, and the verifier's own. */
    public double messages() {
        double sum = verifierMessages;
        for (Table table : tables) sum += Math.scalb((double) table.messages, table.logHeight);
        return sum;
    }

    /** The folds, from the largest codeword to the final polynomial's. */
    public List<Fold> folds() {
        List<Fold> folds = new ArrayList<>();
        int from = logDomain();
        for (int foldLog : foldLogs) {
            int to = from - foldLog;
            folds.add(new Fold(from, to, opened.stream().anyMatch(matrix -> matrix.logHeight() + logBlowup == to)));
            from = to;
        }
        return List.copyOf(folds);
    }

    private static int tallest(List<OpenedMatrix> opened) {
        return opened.stream().mapToInt(OpenedMatrix::logHeight).max().orElseThrow();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) throw new IllegalArgumentException(otherwise);
    }
}
