package dev.aver.circuits.hash;

import dev.aver.circuits.field.KoalaBear;

/**
 * Poseidon2 as its paper writes it, with whole matrices over canonical numbers: the oracle for the fast layers. It
 * takes an instance's constants, which have tests of their own.
 */
final class ReferencePoseidon2 {
    private static final long P = KoalaBear.P;
    private static final long[][] M4 = {{2, 3, 1, 1}, {1, 2, 3, 1}, {1, 1, 2, 3}, {3, 1, 1, 2}};

    private ReferencePoseidon2() {}

    static long[][] blockMatrix() {
        return M4;
    }

    static long[][] externalMatrix(int width) {
        long[][] matrix = new long[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) matrix[i][j] = M4[i % 4][j % 4] * (i / 4 == j / 4 ? 2 : 1);
        }
        return matrix;
    }

    static long[][] internalMatrix(Poseidon2 instance) {
        int width = Poseidon2.WIDTH;
        long[][] matrix = new long[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) matrix[i][j] = 1;
            matrix[i][i] += KoalaBear.canonical(instance.diagonal(i));
        }
        return matrix;
    }

    static long[] permute(Poseidon2 instance, long[] input) {
        int width = Poseidon2.WIDTH;
        long[][] external = externalMatrix(width);
        long[][] internal = internalMatrix(instance);
        long[] state = Matrices.times(external, input);
        for (int round = 0; round < instance.fullRounds() + instance.partialRounds(); round++) {
            int partial = round - instance.fullRounds() / 2;
            if (0 <= partial && partial < instance.partialRounds()) {
                state[0] = cube(state[0] + KoalaBear.canonical(instance.internalConstant(partial)));
                state = Matrices.times(internal, state);
            } else {
                int full = partial < 0 ? round : round - instance.partialRounds();
                for (int i = 0; i < width; i++) {
                    state[i] = cube(state[i] + KoalaBear.canonical(instance.externalConstant(full, i)));
                }
                state = Matrices.times(external, state);
            }
        }
        return state;
    }

    private static long cube(long a) {
        long reduced = a % P;
        return reduced * reduced % P * reduced % P;
    }
}
