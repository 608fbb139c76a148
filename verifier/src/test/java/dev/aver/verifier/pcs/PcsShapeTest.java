package dev.aver.verifier.pcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.pcs.FriSchedule.Fold;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PcsShapeTest {
    private static final HashSuite SUITE = HashSuite.POSEIDON2;
    private static final Parameters PARAMETERS = new Parameters(SUITE, 1, 1, 3, 6, 5, 3);

    private static List<Fold> folds(Parameters parameters, int... logHeights) {
        OpenedCommitment[] commitments = new OpenedCommitment[logHeights.length];
        for (int i = 0; i < logHeights.length; i++) {
            commitments[i] = Shapes.commitment(SUITE, 6, logHeights[i], 1);
        }
        return new PcsShape(parameters, List.of(commitments)).schedule().folds();
    }

    @Test
    void foldsAsFarAsItMay() {
        assertThat(folds(PARAMETERS, 6)).containsExactly(new Fold(7, 1));
        assertThat(folds(PARAMETERS, 20)).extracting(Fold::logSize).containsExactly(21, 18, 15, 12, 9);
        assertThat(folds(PARAMETERS, 20, 18))
                .containsExactly(
                        new Fold(21, 2),
                        new Fold(19, 3),
                        new Fold(16, 3),
                        new Fold(13, 3),
                        new Fold(10, 3),
                        new Fold(7, 1));
        assertThat(folds(PARAMETERS, 7, 9, 6, 9)).containsExactly(new Fold(10, 2), new Fold(8, 1), new Fold(7, 1));
        assertThat(folds(new Parameters(SUITE, 1, 1, 0, 6, 6, 3), 6)).isEmpty();
        assertThat(folds(new Parameters(SUITE, 4, 1, 0, 0, 0, 2), 9))
                .containsExactly(new Fold(13, 2), new Fold(11, 2), new Fold(9, 2), new Fold(7, 2), new Fold(5, 1));
    }

    /** Every length is met, none is passed, the end is the last polynomial's, and no step could be longer. */
    @Test
    void schedulesMeetEveryHeight() {
        SplittableRandom source = new SplittableRandom(31);
        for (int i = 0; i < 500; i++) {
            int blowup = source.nextInt(1, 7);
            int finalLog = source.nextInt(7);
            Parameters parameters = new Parameters(SUITE, blowup, 1, 0, 0, finalLog, source.nextInt(1, 4));
            int sizes = (source.nextInt() | Integer.highestOneBit(source.nextInt() | 1)) & 0x1ffffff;
            sizes &= -1 << (6 + blowup);
            sizes |= 1 << source.nextInt(6 + blowup, 25);
            int reached = 31 - Integer.numberOfLeadingZeros(sizes);
            int met = 1 << reached;
            for (Fold fold : FriSchedule.of(parameters, sizes).folds()) {
                assertThat(fold.logSize()).isEqualTo(reached);
                assertThat(fold.arityLog()).isBetween(1, parameters.arityLog());
                reached = fold.nextLogSize();
                met |= 1 << reached;
                boolean mustStop = ((sizes >> reached) & 1) != 0 || reached == parameters.finalLogSize();
                assertThat(mustStop || fold.arityLog() == parameters.arityLog())
                        .as("%s in %x", fold, sizes)
                        .isTrue();
            }
            assertThat(reached).isEqualTo(parameters.finalLogSize());
            assertThat(met & sizes).isEqualTo(sizes);
        }
    }

    @Test
    void openingsFollowEachOther() {
        PcsShape shape = Shapes.segment(SUITE, 1);
        int expected = 0;
        for (int c = 0; c < shape.commitments().size(); c++) {
            List<OpenedMatrix> matrices = shape.commitments().get(c).matrices();
            for (int m = 0; m < matrices.size(); m++) {
                for (int point = 0; point < matrices.get(m).points(); point++) {
                    assertThat(shape.opening(c, m, point)).isEqualTo(expected);
                    expected += matrices.get(m).width();
                }
            }
        }
        assertThat(shape.openings()).isEqualTo(expected);
        assertThat(shape.maxLogSize()).isEqualTo(11);
        assertThat(shape.logSizes()).isEqualTo(0b1101_1000_0000);
    }

    /** One column, one query, by hand. */
    @Test
    void theLengthIsThatOfItsParts() {
        PcsShape shape = new PcsShape(PARAMETERS, List.of(Shapes.commitment(SUITE, 5, 7, -2)));
        // Folds of 2 and 2 elements: 2^8 to 2^6.
        int commitPhase = 4 * 24 + 64 * 36 + 32 * 24 + 4;
        int query = (2 * 4 + 3 * 36) + 4 * 24;
        assertThat(shape.schedule().folds()).containsExactly(new Fold(8, 2));
        assertThat(shape.proofBytes()).isEqualTo(commitPhase + query);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PcsShape(PARAMETERS, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> shape());
        assertThatIllegalArgumentException().isThrownBy(() -> shape(5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> shape(24, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> shape(7, 1, 6, 0));
        assertThat(shape(6, 1, 23, 1).maxLogSize()).isEqualTo(24);
        for (int capLog : new int[] {-1, 8}) {
            OpenedCommitment commitment = Shapes.commitment(SUITE, capLog, 9, 1, 6, 1);
            assertThatIllegalArgumentException().isThrownBy(() -> new PcsShape(PARAMETERS, List.of(commitment)));
        }
    }

    private static PcsShape shape(int... heightsAndWidths) {
        return new PcsShape(PARAMETERS, List.of(Shapes.commitment(SUITE, 6, heightsAndWidths)));
    }

    @Test
    void parametersHaveRanges() {
        int[] good = {1, 230, 20, 6, 5, 3};
        int[][] bad = {
            {0, 230, 20, 6, 5, 3},
            {7, 230, 20, 6, 5, 3},
            {1, 0, 20, 6, 5, 3},
            {1, 1025, 20, 6, 5, 3},
            {1, 230, -1, 6, 5, 3},
            {1, 230, 25, 6, 5, 3},
            {1, 230, 20, 7, 5, 3},
            {1, 230, 20, -1, 5, 3},
            {1, 230, 20, 6, 7, 3},
            {1, 230, 20, 0, -1, 3},
            {1, 230, 20, 6, 5, 0},
            {1, 230, 20, 6, 5, 4}
        };
        assertThat(parameters(good).maxLogHeight()).isEqualTo(23);
        for (int[] numbers : bad) {
            assertThatIllegalArgumentException().isThrownBy(() -> parameters(numbers));
        }
    }

    private static Parameters parameters(int[] numbers) {
        return new Parameters(SUITE, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }
}
