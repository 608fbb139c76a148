package dev.aver.verifier.pcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Provers that lie in one place and are consistent otherwise: every hash and every challenge is right. */
class PcsAttackTest {
    private static final E6 ERROR = new E6(1, 2, 3, 4, 5, 6);

    static List<HashSuite> suites() {
        return List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3);
    }

    private static void assertRejected(Instance instance, NaivePcsProver prover, Reason reason, String what) {
        Instance.Proof proof = instance.prove(prover);
        InvalidReceiptException rejected =
                catchThrowableOfType(InvalidReceiptException.class, () -> instance.verify(proof));
        assertThat(rejected).as(what).isNotNull();
        assertThat(rejected.reason()).as(what).isEqualTo(reason);
    }

    /** A prover that adds errors to the values it opens. */
    private static NaivePcsProver opening(Instance instance, List<E6> errors) {
        return new NaivePcsProver(instance.shape(), instance.polynomials()) {
            @Override
            protected List<E6> open(E6 zeta) {
                List<E6> values = super.open(zeta);
                for (int i = 0; i < values.size(); i++)
                    values.set(i, values.get(i).plus(errors.get(i)));
                return values;
            }
        };
    }

    private static List<E6> noErrors(Instance instance) {
        return new ArrayList<>(Collections.nCopies(instance.shape().openings(), E6.ZERO));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyWrongValueIsFound(HashSuite suite) {
        Instance instance = Instance.random(Shapes.small(suite, 3), 21);
        for (int i = 0; i < instance.shape().openings(); i++) {
            List<E6> errors = noErrors(instance);
            errors.set(i, ERROR);
            assertRejected(instance, opening(instance, errors), Reason.LOW_DEGREE, "opening " + i);
        }
    }

    /** In sums without separate powers of λ these would cancel. */
    @Test
    void twoWrongValuesDoNotCancel() {
        Instance instance = Instance.random(Shapes.small(HashSuite.POSEIDON2, 3), 22);
        int count = instance.shape().openings();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                List<E6> errors = noErrors(instance);
                errors.set(i, ERROR);
                errors.set(j, ERROR.negated());
                assertRejected(instance, opening(instance, errors), Reason.LOW_DEGREE, "openings " + i + ", " + j);
            }
        }
    }

    /**
     * At each height, in each tree: a random polynomial in place of the last column.
     *
     * @param length the number of its coefficients, from N
     */
    private static void replaceColumns(HashSuite suite, IntUnaryOperator length, boolean accepted) throws Exception {
        PcsShape shape = Shapes.segment(suite, 3);
        SplittableRandom source = new SplittableRandom(23);
        for (int c = 0; c < shape.commitments().size(); c++) {
            List<OpenedMatrix> matrices = shape.commitments().get(c).matrices();
            for (int m = 0; m < matrices.size(); m++) {
                int coefficients = length.applyAsInt(1 << matrices.get(m).logHeight());
                int[] column = source.ints(coefficients, 1, KoalaBear.P).toArray();
                Instance instance = Instance.random(shape, 24).with(c, m, column);
                NaivePcsProver prover = new NaivePcsProver(shape, instance.polynomials());
                if (accepted) {
                    assertThat(instance.verify(instance.prove(prover)).values()).hasSize(shape.openings());
                } else {
                    assertRejected(instance, prover, Reason.LOW_DEGREE, "matrix " + m + " of commitment " + c);
                }
            }
        }
    }

    /** Degree N + 1, opened truthfully. */
    @Test
    void aDegreeTooHighIsFound() throws Exception {
        replaceColumns(HashSuite.POSEIDON2, n -> n + 2, false);
    }

    /** Twice as many coefficients, as many as places: any vector is such a codeword. */
    @Test
    void whatIsNoCodewordIsFound() throws Exception {
        replaceColumns(HashSuite.BLAKE3, n -> 2 * n, false);
    }

    /**
     * Degree N is not found, and need not be: what is tested is that the quotient (v − f) / (z − x) has a degree below
     * N. Security is computed for that bound.
     */
    @Test
    void theBoundIsOneAboveTheTraceDegree() throws Exception {
        replaceColumns(HashSuite.POSEIDON2, n -> n + 1, true);
    }

    /** From some fold on, another codeword than the folded one, of low degree: the one that is 0 everywhere. */
    @ParameterizedTest
    @MethodSource("suites")
    void everyFoldIsChecked(HashSuite suite) {
        Instance instance = Instance.random(Shapes.segment(suite, 3), 25);
        int folds = instance.shape().schedule().folds().size();
        assertThat(folds).isGreaterThanOrEqualTo(3);
        for (int lie = 1; lie <= folds; lie++) {
            int at = lie;
            NaivePcsProver prover = new NaivePcsProver(instance.shape(), instance.polynomials()) {
                @Override
                protected List<E6> afterFold(int done, List<E6> codeword) {
                    return done == at ? new ArrayList<>(Collections.nCopies(codeword.size(), E6.ZERO)) : codeword;
                }
            };
            assertRejected(instance, prover, Reason.LOW_DEGREE, "after fold " + lie);
        }
    }

    @Test
    void everyReducedCodewordIsChecked() {
        Instance instance = Instance.random(Shapes.segment(HashSuite.POSEIDON2, 3), 26);
        for (int size = 0; size <= instance.shape().maxLogSize(); size++) {
            if (((instance.shape().logSizes() >> size) & 1) == 0) continue;
            int lie = size;
            NaivePcsProver prover = new NaivePcsProver(instance.shape(), instance.polynomials()) {
                @Override
                protected List<E6> reduced(int logSize, List<E6> openings, E6 zeta, E6 lambda) {
                    List<E6> honest = super.reduced(logSize, openings, zeta, lambda);
                    return logSize == lie ? Collections.nCopies(honest.size(), E6.ONE) : honest;
                }
            };
            assertRejected(instance, prover, Reason.LOW_DEGREE, "length 2^" + size);
        }
    }

    @Test
    void everyCoefficientOfTheLastPolynomialIsChecked() {
        Instance instance = Instance.random(Shapes.small(HashSuite.BLAKE3, 3), 27);
        for (int i = 0; i < 1 << instance.shape().parameters().finalLog(); i++) {
            int lie = i;
            NaivePcsProver prover = new NaivePcsProver(instance.shape(), instance.polynomials()) {
                @Override
                protected List<E6> finalPolynomial(List<E6> codeword) {
                    List<E6> honest = super.finalPolynomial(codeword);
                    honest.set(lie, honest.get(lie).plus(ERROR));
                    return honest;
                }
            };
            assertRejected(instance, prover, Reason.LOW_DEGREE, "coefficient " + i);
        }
    }

    /** The same bytes under another shape: what is opened where is not the proof's to say. */
    @Test
    void anotherShapeIsAnotherStatement() {
        HashSuite suite = HashSuite.POSEIDON2;
        Parameters parameters = Shapes.parameters(suite, 2);
        Instance instance =
                Instance.random(new PcsShape(parameters, List.of(Shapes.commitment(suite, 7, 7, -1, 7, 1, 6, 2))), 28);
        Instance.Proof proof = instance.prove();
        List<int[]> others = List.of(
                new int[] {7, 1, 7, -1, 6, 2},
                new int[] {7, 2, 7, 1, 6, 2},
                new int[] {7, -1, 6, 2, 7, 1},
                new int[] {7, -1, 7, 1, 6, 1, 6, 1},
                new int[] {7, -1, 7, 1, 6, -1},
                new int[] {8, -1, 7, 1, 6, 2});
        for (int[] other : others) {
            PcsShape shape = new PcsShape(parameters, List.of(Shapes.commitment(suite, 7, other)));
            Instance claimed = new Instance(shape, instance.polynomials());
            if (Arrays.equals(other, new int[] {7, -1, 7, 1, 6, 1, 6, 1})) {
                // Equally tall matrices are one: the same columns in the same order are the same statement.
                assertThat(catchThrowableOfType(InvalidReceiptException.class, () -> claimed.verify(proof)))
                        .isNull();
                continue;
            }
            assertThat(catchThrowableOfType(InvalidReceiptException.class, () -> claimed.verify(proof)))
                    .as(Arrays.toString(other))
                    .isNotNull();
        }
    }
}
