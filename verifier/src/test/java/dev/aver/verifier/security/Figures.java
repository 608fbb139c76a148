package dev.aver.verifier.security;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.security.ProofFigures.Columns;
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
                new Table(logRows, Columns.NONE, new Columns(200, false), new Columns(120, true), 190, 45),
                new Table(logRows - 1, Columns.NONE, new Columns(132, false), new Columns(240, true), 260, 80),
                new Table(logRows - 2, Columns.NONE, new Columns(240, true), new Columns(72, true), 330, 30),
                new Table(16, new Columns(2, false), new Columns(1, false), new Columns(12, true), 6, 2),
                new Table(14, new Columns(20, false), new Columns(1, false), new Columns(6, true), 3, 1),
                new Table(10, Columns.NONE, new Columns(200, true), new Columns(60, true), 400, 25),
                new Table(6, Columns.NONE, new Columns(104, true), new Columns(12, true), 120, 20));
        return new ProofFigures(
                KOALA_BEAR, 6, 1, tables, 3, 2, 4, 17, folds(tables, 5), queries, 20, HashSuite.POSEIDON2);
    }

    /** One table whose openings, with the quotient's, are as many as given. */
    static ProofFigures single(
            BigInteger prime, int degree, int logBlowup, int logRows, int openings, int queries, int grinding) {
        Table table =
                new Table(logRows, Columns.NONE, new Columns(openings - 2 * degree, false), Columns.NONE, 5000, 256);
        return new ProofFigures(
                prime,
                degree,
                logBlowup,
                List.of(table),
                3,
                2,
                0,
                16,
                folds(List.of(table), 5),
                queries,
                grinding,
                HashSuite.POSEIDON2);
    }

    /** The protocol's fold schedule: by 8 where possible, without jumping over a table, down to 2^finalLog rows. */
    static List<Integer> folds(List<Table> tables, int finalLog) {
        List<Integer> heights =
                tables.stream().map(Table::logHeight).distinct().sorted().toList();
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
        List<Table> tables = IntStream.range(0, random.nextInt(1, 12))
                .mapToObj(i -> new Table(
                        random.nextInt(6, 25 - logBlowup),
                        new Columns(random.nextInt(20), random.nextBoolean()),
                        new Columns(random.nextInt(1, 400), random.nextBoolean()),
                        new Columns(degree * random.nextInt(40), random.nextBoolean()),
                        random.nextInt(1000),
                        random.nextInt(100)))
                .toList();
        return new ProofFigures(
                primes[which],
                degree,
                logBlowup,
                tables,
                random.nextInt(1, 6),
                random.nextInt(1, 9),
                random.nextInt(10),
                random.nextInt(1, 40),
                folds(tables, random.nextInt(7)),
                random.nextInt(1, 400),
                random.nextInt(25),
                random.nextBoolean() ? HashSuite.POSEIDON2 : HashSuite.BLAKE3);
    }
}
