package dev.aver.verifier.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.pcs.OpenedMatrix;
import dev.aver.verifier.security.ProofFigures.Fold;
import dev.aver.verifier.security.ProofFigures.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityReportTest {
    private static final int SAMPLES = 250;

    @ParameterizedTest
    @CsvSource({"20,227", "21,229", "22,231"})
    void theDefaultParametersNeedTheQueriesOfTheDesign(int logRows, int queries) {
        ProofFigures figures = Figures.segment(logRows, 1);
        assertThat(figures.openings()).isEqualTo(2500);

        assertThat(QueryCount.fewestFor(figures, 128)).hasValue(queries);

        assertThat(SecurityReport.of(figures.withQueries(queries)).bits()).isEqualTo(128);
        assertThat(SecurityReport.of(figures.withQueries(queries - 1)).bits()).isEqualTo(127);
        assertThat(new ExactCalculator(figures.withQueries(queries)).has(128)).isTrue();
        assertThat(new ExactCalculator(figures.withQueries(queries - 1)).has(128))
                .isFalse();
    }

    /** The rest of the table in the documentation. */
    @ParameterizedTest
    @CsvSource({"20,1500,226", "21,1500,228", "22,1500,230", "20,4000,229", "21,4000,231", "22,4000,233"})
    void otherNumbersOfOpenings(int logRows, int openings, int queries) {
        ProofFigures figures = Figures.single(Figures.KOALA_BEAR, 6, 1, logRows, openings, 1, 20);
        assertThat(QueryCount.fewestFor(figures, 128)).hasValue(queries);
        assertThat(new ExactCalculator(figures.withQueries(queries)).has(128)).isTrue();
        assertThat(new ExactCalculator(figures.withQueries(queries - 1)).has(128))
                .isFalse();
    }

    @Test
    void agreesWithTheSecondCalculatorOnWholeBits() {
        for (int seed = 0; seed < SAMPLES; seed++) {
            ProofFigures figures = Figures.random(new SplittableRandom(seed));
            int bits = SecurityReport.of(figures).bits();
            ExactCalculator exact = new ExactCalculator(figures);
            assertThat(exact.has(bits)).as("seed %d: %d bits", seed, bits).isTrue();
            assertThat(exact.has(bits + 1))
                    .as("seed %d: no more than %d bits", seed, bits)
                    .isFalse();
        }
    }

    @Test
    void neverClaimsMoreInAnyRoundThanTheSecondCalculator() {
        for (int seed = 0; seed < SAMPLES; seed++) {
            ProofFigures figures = Figures.random(new SplittableRandom(seed));
            ExactCalculator exact = new ExactCalculator(figures);
            SecurityReport report = SecurityReport.of(figures);
            compare(seed, report.uniqueDecoding(), exact.uniqueDecodingErrors());
            Analysis johnson = report.johnson().orElseThrow();
            int m = ((Regime.Johnson) johnson.regime()).m();
            compare(seed, johnson, exact.johnsonErrors(m));
        }
    }

    private static void compare(int seed, Analysis analysis, Map<String, BigDecimal> errors) {
        List<Round> rounds = analysis.rounds().subList(0, analysis.rounds().size() - 1);
        assertThat(rounds.stream().map(Round::name))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(errors.keySet());
        for (Round round : rounds) {
            double truth = ExactCalculator.bits(errors.get(round.name()));
            assertThat(round.bits())
                    .as("seed %d: %s of %s", seed, round, analysis.regime())
                    .isBetween(truth - 2e-9, truth);
        }
    }

    @Test
    void takesTheBestM() {
        for (int seed = 0; seed < 15; seed++) {
            ProofFigures figures = Figures.random(new SplittableRandom(seed));
            int bits = SecurityReport.of(figures).johnson().orElseThrow().bits();
            for (int m = 1; m <= Regime.Johnson.MAX_M; m++) {
                int at = m;
                int seen = seed;
                Analysis.johnson(figures, m)
                        .ifPresent(analysis -> assertThat(analysis.bits())
                                .as("seed %d, m = %d", seen, at)
                                .isLessThanOrEqualTo(bits));
            }
        }
    }

    @Test
    void moreQueriesAndMoreWorkNeverMeanFewerBits() {
        for (int seed = 0; seed < SAMPLES; seed++) {
            ProofFigures figures = Figures.random(new SplittableRandom(seed));
            double bits = SecurityReport.of(figures).binding().bits();
            assertThat(SecurityReport.of(figures.withQueries(figures.queries() + 1))
                            .binding()
                            .bits())
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(bits);
            if (figures.grindingBits() == 24) continue;
            assertThat(SecurityReport.of(withGrinding(figures, figures.grindingBits() + 1))
                            .binding()
                            .bits())
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(bits);
        }
    }

    @Test
    void everythingThatGrowsNeverMeansMoreBits() {
        for (int seed = 0; seed < SAMPLES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ProofFigures figures = Figures.random(random);
            // The one degree that openings leave open, 1/N of all, matters less in taller tables: from 2^16 rows, by
            // less than a hundredth of a bit.
            if (figures.logRows() < 16) continue;
            double bits = SecurityReport.of(figures).binding().bits();
            for (ProofFigures larger : larger(figures)) {
                assertThat(SecurityReport.of(larger).binding().bits())
                        .as("seed %d: %s", seed, larger)
                        .isLessThanOrEqualTo(bits + 0.01);
            }
        }
    }

    private static List<ProofFigures> larger(ProofFigures figures) {
        List<ProofFigures> larger = new ArrayList<>();
        if (figures.logDomain() < 24) {
            List<OpenedMatrix> taller = figures.opened().stream()
                    .map(m -> new OpenedMatrix(m.logHeight() + 1, m.width(), m.next()))
                    .toList();
            List<Table> tables = figures.tables().stream()
                    .map(t -> new Table(t.logHeight() + 1, t.constraints(), t.messages()))
                    .toList();
            larger.add(with(figures, taller, tables));
        }
        OpenedMatrix matrix = figures.opened().getFirst();
        List<OpenedMatrix> wider = new ArrayList<>(figures.opened());
        wider.set(0, new OpenedMatrix(matrix.logHeight(), matrix.width() + 50, matrix.next()));
        larger.add(with(figures, wider, figures.tables()));
        Table table = figures.tables().getFirst();
        for (Table more : List.of(
                new Table(table.logHeight(), table.constraints() + 500, table.messages()),
                new Table(table.logHeight(), table.constraints(), table.messages() + 500))) {
            List<Table> tables = new ArrayList<>(figures.tables());
            tables.set(0, more);
            larger.add(with(figures, figures.opened(), tables));
        }
        return larger;
    }

    @Test
    void anotherRoundThanTheQueriesMayBeTheLimit() {
        // A field of 124 bits has no 128 bits, however many queries.
        assertThat(QueryCount.fewestFor(Figures.single(Figures.KOALA_BEAR, 4, 1, 20, 100, 1, 20), 128))
                .isEmpty();
        // Nor has a digest of 256.
        ProofFigures blake3 = withSuite(Figures.segment(20, 400), HashSuite.BLAKE3);
        assertThat(SecurityReport.of(blake3).bits()).isEqualTo(128);
        assertThat(SecurityReport.of(blake3).binding().name()).isEqualTo("hash");
        assertThat(QueryCount.fewestFor(blake3, 128)).hasValue(227);
        assertThat(QueryCount.fewestFor(blake3, 129)).isEmpty();
        assertThat(SecurityReport.of(Figures.segment(20, 400)).bits()).isBetween(130, 139);
    }

    @Test
    void anEnteringCodewordIsOnePowerMore() {
        ProofFigures figures = Figures.segment(20, 227);
        assertThat(figures.folds())
                .containsExactly(
                        new Fold(21, 20, true),
                        new Fold(20, 19, true),
                        new Fold(19, 17, true),
                        new Fold(17, 15, true),
                        new Fold(15, 12, false),
                        new Fold(12, 11, true),
                        new Fold(11, 8, false),
                        new Fold(8, 7, true),
                        new Fold(7, 6, false));
        List<Round> rounds = SecurityReport.of(figures).best().rounds();
        double one = bits(rounds, "fold 2^7 to 2^6");
        assertThat(bits(rounds, "fold 2^8 to 2^7")).isCloseTo(one - 1, offset(1e-6));
        assertThat(bits(rounds, "fold 2^19 to 2^17")).isCloseTo(one - 2, offset(1e-6));
        assertThat(bits(rounds, "fold 2^15 to 2^12")).isCloseTo(one - Math.log(7) / Math.log(2), offset(1e-6));
    }

    private static double bits(List<Round> rounds, String name) {
        return rounds.stream()
                .filter(round -> round.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bits();
    }

    @Test
    void theReportSaysWhatItRestsOn() {
        SecurityReport report = SecurityReport.of(Figures.segment(20, 227));
        assertThat(report.toString())
                .startsWith("128 provable bits (Johnson regime, m = 30; ")
                .contains("2500 openings", "buses", "constraints", "out of domain", "opening batch", "queries", "hash")
                .contains("BCHKS25", "ePrint 2022/1216", "poseidon2-koalabear-24", "unique decoding regime: 114 bits");
        assertThat(report.lines()).allMatch(line -> line.length() <= 160);
    }

    @Test
    void aReceiptHasTheBitsOfItsWeakestProof() {
        SecurityReport strong = SecurityReport.of(Figures.segment(20, 227));
        SecurityReport weak = SecurityReport.of(Figures.segment(21, 200));
        ReceiptSecurity receipt = new ReceiptSecurity(List.of(strong, weak, strong));
        assertThat(receipt.bits()).isEqualTo(weak.bits()).isLessThan(strong.bits());
        assertThat(receipt.weakest()).isEqualTo(1);
        assertThat(receipt.toString())
                .startsWith("receipt: " + weak.bits() + " provable bits, the least of 3 proofs, that of segment 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new ReceiptSecurity(List.of()));
    }

    @Test
    void figuresThatAreNoProofAreRefused() {
        ProofFigures figures = Figures.segment(20, 227);
        assertThatIllegalArgumentException().isThrownBy(() -> figures.withQueries(0));
        assertThatIllegalArgumentException().isThrownBy(() -> figures.withQueries(ProofFigures.MAX_QUERIES + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> withGrinding(figures, 25));
        assertThatIllegalArgumentException().isThrownBy(() -> withFolds(figures, List.of(3, 3, 3, 3, 3)));
        assertThatIllegalArgumentException().isThrownBy(() -> withFolds(figures, List.of(1, 1, 2, 2, 4, 4, 9)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Table(6, -1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(figures, figures.opened(), List.of(new Table(21, 1, 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(figures, List.of(new OpenedMatrix(5, 1, false)), List.of()));
        // The field is no larger than the domain.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityReport.of(Figures.single(Figures.KOALA_BEAR, 1, 2, 30, 100, 1, 20)));
    }

    private static ProofFigures withGrinding(ProofFigures f, int bits) {
        return copy(f, f.opened(), f.tables(), f.foldLogs(), bits, f.suite());
    }

    private static ProofFigures withSuite(ProofFigures f, HashSuite suite) {
        return copy(f, f.opened(), f.tables(), f.foldLogs(), f.grindingBits(), suite);
    }

    private static ProofFigures withFolds(ProofFigures f, List<Integer> folds) {
        return copy(f, f.opened(), f.tables(), folds, f.grindingBits(), f.suite());
    }

    private static ProofFigures with(ProofFigures f, List<OpenedMatrix> opened, List<Table> tables) {
        return copy(f, opened, tables, Figures.folds(opened, 5), f.grindingBits(), f.suite());
    }

    private static ProofFigures copy(
            ProofFigures f,
            List<OpenedMatrix> opened,
            List<Table> tables,
            List<Integer> folds,
            int grinding,
            HashSuite suite) {
        return new ProofFigures(
                f.basePrime(),
                f.extensionDegree(),
                f.logBlowup(),
                opened,
                tables,
                f.constraintDegree(),
                f.quotientPieces(),
                f.verifierMessages(),
                f.widestPayload(),
                folds,
                f.queries(),
                grinding,
                suite);
    }
}
