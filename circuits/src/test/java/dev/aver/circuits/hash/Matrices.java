package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.testing.Polynomial;
import java.util.Arrays;

/** Square matrices over the integers modulo p, canonical numbers, as plainly as can be. */
final class Matrices {
    private static final long P = KoalaBear.P;

    private Matrices() {}

    static long[] times(long[][] a, long[] x) {
        long[] product = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) product[i] = (product[i] + a[i][j] * x[j]) % P;
        }
        return product;
    }

    static long[][] times(long[][] a, long[][] b) {
        return transposed(
                Arrays.stream(transposed(b)).map(column -> times(a, column)).toArray(long[][]::new));
    }

    /** By Gaussian elimination. */
    static long determinant(long[][] matrix) {
        long[][] a = Arrays.stream(matrix).map(long[]::clone).toArray(long[][]::new);
        long determinant = 1;
        for (int k = 0; k < a.length; k++) {
            int pivot = k;
            while (pivot < a.length && a[pivot][k] % P == 0) pivot++;
            if (pivot == a.length) return 0;
            if (pivot != k) {
                long[] row = a[pivot];
                a[pivot] = a[k];
                a[k] = row;
                determinant = P - determinant;
            }
            determinant = determinant * (a[k][k] % P) % P;
            for (int i = k + 1; i < a.length; i++) {
                long factor = a[i][k] % P * Polynomial.inverse(a[k][k] % P) % P;
                for (int j = k; j < a.length; j++) a[i][j] = Math.floorMod(a[i][j] - factor * a[k][j] % P, P);
            }
        }
        return determinant;
    }

    /** det(x·1 − A), by the Faddeev–LeVerrier recursion, which divides by 1 to n only. */
    static Polynomial characteristicPolynomial(long[][] a) {
        int n = a.length;
        long[] coefficients = new long[n + 1];
        coefficients[n] = 1;
        long[][] m = new long[n][n];
        for (int k = 1; k <= n; k++) {
            // m ← a·m + c·1 with the coefficient found last, then the next one is −trace(a·m)/k.
            m = times(a, m);
            for (int i = 0; i < n; i++) m[i][i] = (m[i][i] + coefficients[n - k + 1]) % P;
            long trace = 0;
            long[][] am = times(a, m);
            for (int i = 0; i < n; i++) trace += am[i][i];
            coefficients[n - k] = Math.floorMod(-(trace % P) * Polynomial.inverse(k), P);
        }
        return Polynomial.of(coefficients);
    }

    private static long[][] transposed(long[][] a) {
        long[][] transposed = new long[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) transposed[j][i] = a[i][j];
        }
        return transposed;
    }
}
