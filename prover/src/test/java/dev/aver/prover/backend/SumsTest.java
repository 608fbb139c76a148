package dev.aver.prover.backend;

import static dev.aver.prover.backend.RowArithmetic.ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SumsTest {
    private static final int MAX = KoalaBear.P - 1;

    @Test
    void sumsDoNotOverflow() {
        int[] largest = new int[5000];
        Arrays.fill(largest, MAX);
        for (int count : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 63, 64, 5000}) {
            int expected = KoalaBear.mul(KoalaBear.square(MAX), KoalaBear.of(count));
            assertThat(Sums.dot(largest, 0, largest, 0, count))
                    .as("%d terms", count)
                    .isEqualTo(expected);
        }
    }

    @Test
    void sumsAreThoseOfTheField() {
        SplittableRandom source = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            int count = source.nextInt(40);
            int[] a = Naive.elements(source, count + 3);
            int[] b = Naive.elements(source, count + 1);
            int expected = 0;
            for (int i = 0; i < count; i++) expected = KoalaBear.add(expected, KoalaBear.mul(a[3 + i], b[1 + i]));
            assertThat(Sums.dot(a, 3, b, 1, count)).as("trial %d", trial).isEqualTo(expected);
        }
    }

    @Test
    void productsAreThoseOfTheExtension() {
        SplittableRandom source = new SplittableRandom(2);
        for (int trial = 0; trial < 2000; trial++) {
            E6 a = trial == 0 ? new E6(MAX, MAX, MAX, MAX, MAX, MAX) : Naive.extension(source);
            E6 b = trial < 2 ? new E6(MAX, MAX, MAX, MAX, MAX, MAX) : trial == 2 ? E6.ZERO : Naive.extension(source);
            int[] places = new int[14];
            a.write(places, 1, 1);
            b.write(places, 8, 1);
            Sums.multiply(places, 1, places, 8, places, 1);
            assertThat(E6.read(places, 1, 1)).as("%s times %s", a, b).isEqualTo(a.times(b));
            assertThat(E6.read(places, 8, 1)).isEqualTo(b);
            Sums.addTo(places, 8, places, 1);
            assertThat(E6.read(places, 8, 1)).isEqualTo(b.plus(a.times(b)));
        }
    }

    @Test
    void denominatorsAreInverses() {
        SplittableRandom source = new SplittableRandom(3);
        // The last two lie in subfields, where χ is a power of the minimal polynomial.
        E6 inCubicField = new E6(5, 9, MAX, 0, 0, 0).plus(new E6(5, 9, MAX, 0, 0, 0).frobenius(3));
        for (E6 z : new E6[] {Naive.extension(source), Naive.extension(source), E6.Z.pow(3), inCubicField}) {
            int[] xs = Naive.elements(source, ROWS);
            Denominators denominators = new Denominators(z);
            for (RowArithmetic rows : RowArithmeticTest.kinds()) {
                ChunkDenominators chunk = new ChunkDenominators(denominators, rows);
                int[] inverse = new int[RowArithmetic.EXTENSION];
                chunk.inverse(xs, inverse);
                int[][] weights =
                        Arrays.stream(chunk.weights(xs, 1)).map(int[]::clone).toArray(int[][]::new);
                for (int i = 0; i < ROWS; i++) {
                    E6 x = E6.of(xs[i]);
                    E6 expected = z.minus(x).inverse();
                    assertThat(E6.read(inverse, i, ROWS))
                            .as("1 / (%s − %d)", z, xs[i])
                            .isEqualTo(expected);
                    int[] sums = new int[6];
                    for (int j = 0; j < 6; j++) sums[j] = weights[j][i];
                    assertThat(denominators.combine(sums, 0)).isEqualTo(x.times(expected));
                }
            }
        }
    }
}
