package dev.aver.verifier.security;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.security.ProofFigures.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Proofs' numbers for tests. */
final class Figures {
    static final BigInteger KOALA_BEAR = BigInteger.valueOf(0x7f000001L);
    static final BigInteger GOLDILOCKS = new BigInteger("ffffffff00000001", 16);

    private Figures() {}

    /** A segment proof's numbers: seven tables, the tallest of 2^logRows rows, 2,500 openings, rate 1/2. */
    static ProofFigures segment(int logRows, int queries) {
        List<Table> tables = List.of(
                new Table(logRows, 190, 45),
                new Table(logRows - 1, 260, 80),
                new Table(logRows - 2, 330, 30),
                new Table(16, 6, 2),
                new Table(14, 3, 1),
                new Table(10, 400, 25),
                new Table(6, 120, 20));
        List<OpenedMatrix> opened = List.of(
                new OpenedMatrix(16, 2, false),
                new OpenedMatrix(14, 20, false),
                new OpenedMatrix(logRows, 200, false),
                new OpenedMatrix(logRows - 1, 312, false),
                new OpenedMatrix(logRows - 2, 240, true),
                new OpenedMatrix(16, 1, false),
                new OpenedMatrix(14, 1, false),
                new OpenedMatrix(10, 200, true),
                new OpenedMatrix(6, 104, true),
                new OpenedMatrix(logRows, 240, false),
                new OpenedMatrix(logRows, 6, true),
                new OpenedMatrix(logRows - 1, 456, false),
                new OpenedMatrix(logRows - 1, 6, true),
                new OpenedMatrix(logRows - 2, 6, true),
                new OpenedMatrix(10, 60, true),
                new OpenedMatrix(6, 6, true),
                new OpenedMatrix(logRows, 12, false));
        return new ProofFigures(
                KOALA_BEAR, 6, 1, opened, tables, 3, 2, 4, 36, folds(opened, 5), queries, 20, HashSuite.POSEIDON2);
    }

    /** One table, and as many openings as given. */
    static ProofFigures single(
            BigInteger prime, int degree, int logBlowup, int logRows, int openings, int queries, int grinding) {
        List<OpenedMatrix> opened =
                List.of(new OpenedMatrix(logRows, 2, true), new OpenedMatrix(logRows, openings - 4, false));
        return new ProofFigures(
                prime,
                degree,
                logBlowup,
                opened,
                List.of(new Table(logRows, 5000, 256)),
                3,
                2,
                0,
                16,
                folds(opened, 5),
                queries,
                grinding,
                HashSuite.POSEIDON2);
    }

    /** The protocol's fold schedule: by 8 where possible, without jumping over a table, down to 2^finalLog rows. */
    static List<Integer> folds(List<OpenedMatrix> opened, int finalLog) {
        List<Integer> heights =
                opened.stream().map(OpenedMatrix::logHeight).distinct().sorted().toList();
        List<Integer> folds = new ArrayList<>();
        int at = heights.getLast();
        while (at > finalLog) {
            int from = at;
            int floor = heights.stream()
                    .filter(h -> h < from)
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(finalLog);
            int to = Math.max(Math.max(at - 3, floor), finalLog);
            folds.add(at - to);
            at = to;
        }
        return folds;
    }

    /** Anything in range, small and large fields, few and many tables. */
    static ProofFigures random(RandomGenerator random) {
        BigInteger[] primes = {KOALA_BEAR, BigInteger.valueOf(0x78000001L), GOLDILOCKS};
        int which = random.nextInt(primes.length);
        int degree = which == 2 ? random.nextInt(2, 5) : random.nextInt(4, 9);
        int logBlowup = random.nextInt(1, 7);
        List<OpenedMatrix> opened = IntStream.range(0, random.nextInt(1, 30))
                .mapToObj(i -> new OpenedMatrix(
                        random.nextInt(6, 25 - logBlowup), random.nextInt(2, 400), random.nextInt(3) == 0))
                .toList();
        List<Table> tables = opened.stream()
                .skip(opened.size() / 2)
                .map(matrix -> new Table(matrix.logHeight(), random.nextInt(1000), random.nextInt(100)))
                .toList();
        return new ProofFigures(
                primes[which],
                degree,
                logBlowup,
                opened,
                tables,
                random.nextInt(1, 6),
                random.nextInt(1, 9),
                random.nextInt(10),
                random.nextInt(1, 40),
                folds(opened, random.nextInt(7)),
                random.nextInt(1, 400),
                random.nextInt(25),
                random.nextBoolean() ? HashSuite.POSEIDON2 : HashSuite.BLAKE3);
    }
}
