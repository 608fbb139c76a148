package dev.aver.verifier.security;

import dev.aver.circuits.hash.HashSuite;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The numbers of one proof that its security depends on. They come from the verifying key, the parameters and the
 * heights that the transcript absorbed, never from anything else a prover says.
 *
 * @param basePrime p, the size of the base field K, a prime
 * @param extensionDegree of E, the field of all challenges, over K; E has at most 512 bits
 * @param logBlowup log2 of the inverse of the rate, 1 to 16
 * @param tables every table of the proof, at least one
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
     * One matrix's columns of K.
     *
     * @param count how many; a column of E is as many as E's degree
     * @param next whether they are opened at ζ·g too, the next row, and not at ζ only
     */
    public record Columns(int count, boolean next) {
        /** No columns. */
        public static final Columns NONE = new Columns(0, false);

        /** Checks the range. */
        public Columns {
            require(count >= 0, "a negative number of columns");
        }

        /** How many pairs of a column and a point are opened. */
        public int openings() {
            return next ? 2 * count : count;
        }
    }

    /**
     * One table.
     *
     * @param logHeight log2 of its number of rows, 6 to 32
     * @param preprocessed columns
     * @param main columns
     * @param permutation columns, those of the buses
     * @param constraints how many, those of the buses included
     * @param messages how many bus messages a row sends or receives, whether or not their multiplicities are zero
     */
    public record Table(
            int logHeight, Columns preprocessed, Columns main, Columns permutation, int constraints, int messages) {
        /** Checks the ranges. */
        public Table {
            require(logHeight >= 6 && logHeight <= 32, "a table of 2^" + logHeight + " rows");
            require(constraints >= 0 && messages >= 0, "a negative count");
        }

        /** How many pairs of a column and a point are opened. */
        public int openings() {
            return preprocessed.openings() + main.openings() + permutation.openings();
        }

        private boolean readsNextRow() {
            return preprocessed.next || main.next || permutation.next;
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
     * Checks the ranges, and that the folds pass through the height of every table.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ProofFigures {
        tables = List.copyOf(tables);
        foldLogs = List.copyOf(foldLogs);
        require(basePrime.bitLength() >= 2 && extensionDegree >= 1, "no field");
        require(basePrime.bitLength() * (long) extensionDegree <= 512, "a field of more than 512 bits");
        require(logBlowup >= 1 && logBlowup <= 16, "a blowup of 2^" + logBlowup);
        require(!tables.isEmpty(), "no tables");
        require(constraintDegree >= 1 && quotientPieces >= 1, "no quotient");
        require(verifierMessages >= 0 && widestPayload >= 1, "a negative count");
        require(queries >= 1 && queries <= MAX_QUERIES, queries + " queries");
        require(grindingBits >= 0 && grindingBits <= 24, grindingBits + " bits of grinding");

        int tallest = tallest(tables) + logBlowup;
        List<Integer> reached = new ArrayList<>(List.of(tallest));
        for (int foldLog : foldLogs) {
            require(foldLog >= 1 && foldLog < reached.getLast(), "a fold by 2^" + foldLog);
            reached.add(reached.getLast() - foldLog);
        }
        for (Table table : tables) {
            require(
                    reached.contains(table.logHeight + logBlowup),
                    "no fold arrives at the height 2^" + table.logHeight + " of a table");
        }
    }

    /** The same proof with another number of queries. */
    public ProofFigures withQueries(int number) {
        return new ProofFigures(
                basePrime,
                extensionDegree,
                logBlowup,
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

    /** log2 of N, the number of rows of the tallest table. */
    public int logRows() {
        return tallest(tables);
    }

    /** log2 of the number of rows of the lowest table. */
    public int logLowestRows() {
        return tables.stream().mapToInt(Table::logHeight).min().orElseThrow();
    }

    /** log2 of the size of the largest domain, on which queries are drawn. */
    public int logDomain() {
        return logRows() + logBlowup;
    }

    /** The most points at which a column is opened, 1 or 2. */
    public int pointsPerColumn() {
        return tables.stream().anyMatch(Table::readsNextRow) ? 2 : 1;
    }

    /** How many pairs of a column and a point are opened and batched, the quotient's included. */
    public long openings() {
        return tables.stream().mapToLong(Table::openings).sum() + (long) quotientPieces * extensionDegree;
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
            folds.add(new Fold(from, to, tables.stream().anyMatch(table -> table.logHeight + logBlowup == to)));
            from = to;
        }
        return List.copyOf(folds);
    }

    private static int tallest(List<Table> tables) {
        return tables.stream().max(Comparator.comparingInt(Table::logHeight)).orElseThrow().logHeight;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) throw new IllegalArgumentException(otherwise);
    }
}
