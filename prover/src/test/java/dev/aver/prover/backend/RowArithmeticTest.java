package dev.aver.prover.backend;

import static dev.aver.prover.backend.RowArithmetic.EXTENSION;
import static dev.aver.prover.backend.RowArithmetic.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.simd.SimdBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows at a time against elements, plainly and in vectors. */
class RowArithmeticTest {
    private final SplittableRandom source = new SplittableRandom(5);

    static List<RowArithmetic> kinds() {
        return List.of(new ScalarBackend(1).rowArithmetic(), new SimdBackend(1).rowArithmetic());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void baseField(RowArithmetic rows) {
        for (int trial = 0; trial < 20; trial++) {
            int[] a = Naive.elements(source, ROWS);
            int[] b = Naive.elements(source, ROWS);
            int[] sum = new int[ROWS];
            int[] difference = new int[ROWS];
            int[] product = new int[ROWS];
            rows.add(a, b, sum);
            rows.subtract(a, b, difference);
            rows.multiply(a, b, product);
            for (int i = 0; i < ROWS; i++) {
                assertThat(sum[i]).isEqualTo(KoalaBear.add(a[i], b[i]));
                assertThat(difference[i]).isEqualTo(KoalaBear.sub(a[i], b[i]));
                assertThat(product[i]).isEqualTo(KoalaBear.mul(a[i], b[i]));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void extension(RowArithmetic rows) {
        for (int trial = 0; trial < 20; trial++) {
            int[] a = Naive.elements(source, EXTENSION);
            int[] b = Naive.elements(source, EXTENSION);
            int[] c = Naive.elements(source, ROWS);
            int[] sum = new int[EXTENSION];
            int[] difference = new int[EXTENSION];
            int[] product = new int[EXTENSION];
            int[] scaled = new int[EXTENSION];
            rows.add(a, b, sum);
            rows.subtract(a, b, difference);
            rows.product(a, b, product);
            rows.scale(a, c, scaled);
            for (int i = 0; i < ROWS; i++) {
                E6 x = E6.read(a, i, ROWS);
                E6 y = E6.read(b, i, ROWS);
                assertThat(E6.read(sum, i, ROWS)).isEqualTo(x.plus(y));
                assertThat(E6.read(difference, i, ROWS)).isEqualTo(x.minus(y));
                assertThat(E6.read(product, i, ROWS)).isEqualTo(x.times(y));
                assertThat(E6.read(scaled, i, ROWS)).isEqualTo(x.times(c[i]));
            }
            int[] square = a.clone();
            rows.product(square, square, square);
            for (int i = 0; i < ROWS; i++) {
                assertThat(E6.read(square, i, ROWS))
                        .isEqualTo(E6.read(a, i, ROWS).squared());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void largestOperands(RowArithmetic rows) {
        int[] a = new int[EXTENSION];
        Arrays.fill(a, KoalaBear.P - 1);
        int[] square = new int[EXTENSION];
        rows.product(a, a, square);
        E6 expected = E6.read(a, 0, ROWS).squared();
        for (int i = 0; i < ROWS; i++) assertThat(E6.read(square, i, ROWS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void inverses(RowArithmetic rows) {
        for (int trial = 0; trial < 20; trial++) {
            int[] a = Naive.elements(source, EXTENSION);
            // Elements of K, of a subfield, and with a single coordinate among the others.
            for (int k = 1; k < E6.DEGREE; k++) a[k * ROWS + trial] = 0;
            a[trial] = trial + 1;
            for (int k = 0; k < E6.DEGREE; k++) a[k * ROWS + 30 + trial] = k == trial % E6.DEGREE ? KoalaBear.P - 1 : 0;
            int[] reciprocals = Arrays.copyOf(a, ROWS);
            for (int i = 0; i < ROWS; i++) reciprocals[i] = reciprocals[i] == 0 ? trial + 1 : reciprocals[i];
            int[] elements = reciprocals.clone();
            rows.invertBase(reciprocals);
            for (int i = 0; i < ROWS; i++) assertThat(reciprocals[i]).isEqualTo(KoalaBear.inverse(elements[i]));
            elements[trial] = 0;
            int[] unchanged = elements.clone();
            assertThatThrownBy(() -> rows.invertBase(elements)).isInstanceOf(ArithmeticException.class);
            assertThat(elements).isEqualTo(unchanged);

            int[] inverse = a.clone();
            rows.invert(inverse);
            for (int i = 0; i < ROWS; i++) {
                assertThat(E6.read(inverse, i, ROWS))
                        .as("row %d of trial %d", i, trial)
                        .isEqualTo(E6.read(a, i, ROWS).inverse());
            }
            for (int k = 0; k < E6.DEGREE; k++) a[k * ROWS + 63 - trial] = 0;
            int[] kept = a.clone();
            assertThatThrownBy(() -> rows.invert(a)).isInstanceOf(ArithmeticException.class);
            assertThat(a).isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void largestSums(RowArithmetic rows) {
        E6 largest = new E6(
                KoalaBear.P - 1, KoalaBear.P - 1, KoalaBear.P - 1, KoalaBear.P - 1, KoalaBear.P - 1, KoalaBear.P - 1);
        int[] column = new int[ROWS];
        Arrays.fill(column, KoalaBear.P - 1);
        for (int width : new int[] {1, 4, 63, 64, 65, 2000, 4096}) {
            Combination combination = new Combination(largest, Collections.nCopies(width, largest));
            for (int c = 0; c < width; c++) combination.set(c, column, 0);
            int[] out = new int[EXTENSION];
            rows.combine(combination, out);
            E6 expected = largest.plus(largest.times(KoalaBear.P - 1).times(KoalaBear.of(width)));
            for (int i = 0; i < ROWS; i++) {
                assertThat(E6.read(out, i, ROWS)).as("%d columns", width).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void combinations(RowArithmetic rows) {
        for (int width : new int[] {0, 1, 2, 3, 4, 5, 8, 17, 60, 61, 64, 65, 1000}) {
            List<E6> factors = new ArrayList<>();
            for (int c = 0; c < width; c++) factors.add(Naive.extension(source));
            E6 constant = Naive.extension(source);
            Combination combination = new Combination(constant, factors);
            E6[] expected = new E6[ROWS];
            Arrays.fill(expected, constant);
            for (int c = 0; c < width; c++) {
                int[] column = Naive.elements(source, ROWS + 3);
                if (c % 5 == 0) Arrays.fill(column, KoalaBear.P - 1);
                combination.set(c, column, 3);
                for (int i = 0; i < ROWS; i++)
                    expected[i] = expected[i].plus(factors.get(c).times(column[i + 3]));
            }
            int[] out = new int[EXTENSION];
            rows.combine(combination, out);
            for (int i = 0; i < ROWS; i++) {
                assertThat(E6.read(out, i, ROWS)).as("%d columns", width).isEqualTo(expected[i]);
            }
        }
    }
}
