package dev.aver.verifier.pcs;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.algebra.Algebra;
import java.util.ArrayList;
import java.util.List;

/**
 * The reduced codeword of one length, 2^h, at single places:
 *
 * <pre>G_h(x) = Σ_j λ^j · (v_j − f_j(x)) / (z_j − x)</pre>
 *
 * <p>over every opening j of a codeword f_j of that length: its value v_j at the point z_j, in the order of the
 * openings, j counting from 0. If the values are right, all quotients are polynomials, and so is G_h; if one is wrong,
 * or one codeword is far from polynomials of low degree, then G_h is far from them too for nearly every λ. Each opening
 * has a power of λ of its own, or two errors could cancel.
 */
final class ReducedOpenings<V, D, R, I> {
    /**
     * A matrix at one point: what it adds to a numerator is {@code factor · Σ_c λ^c · column c}.
     *
     * @param row which of its commitment's opened rows holds its columns, and from where
     */
    private record Block<V>(int commitment, int row, int from, int width, V factor) {}

    /** All blocks with the same point: their values' sum is the numerator's constant part. */
    private record Quotient<V>(V point, V values, List<Block<V>> blocks) {}

    private final Algebra<V, D, R, I> algebra;
    private final int logSize;
    private final V lambda;
    private final List<Quotient<V>> quotients = new ArrayList<>();

    /** Prepares what does not depend on the place. */
    ReducedOpenings(Algebra<V, D, R, I> algebra, Openings<V> openings, int logSize, V zeta, V lambda) {
        this.algebra = algebra;
        this.logSize = logSize;
        this.lambda = lambda;
        PcsShape shape = openings.shape();
        List<List<Block<V>>> blocks = List.of(new ArrayList<>(), new ArrayList<>());
        List<V> values = new ArrayList<>(List.of(constant(E6.ZERO), constant(E6.ZERO)));
        V factor = constant(E6.ONE);
        for (int commitment = 0; commitment < shape.commitments().size(); commitment++) {
            List<OpenedMatrix> matrices = shape.commitments().get(commitment).matrices();
            int row = (int) matrices.stream()
                    .mapToInt(shape::logSize)
                    .filter(size -> size > logSize)
                    .distinct()
                    .count();
            int from = 0;
            for (int matrix = 0; matrix < matrices.size(); matrix++) {
                OpenedMatrix opened = matrices.get(matrix);
                if (shape.logSize(opened) != logSize) continue;
                int width = opened.width();
                for (int point = 0; point < opened.points(); point++) {
                    V sum = Polynomials.evaluate(algebra, openings.row(commitment, matrix, point), lambda);
                    values.set(point, algebra.add(values.get(point), algebra.mul(factor, sum)));
                    blocks.get(point).add(new Block<>(commitment, row, from, width, factor));
                    factor = algebra.mul(factor, Polynomials.power(algebra, lambda, width));
                }
                from += width;
            }
        }
        int generator = KoalaBear.rootOfUnity(logSize - shape.parameters().logBlowup());
        List<V> points = List.of(zeta, algebra.scale(zeta, generator));
        for (int point = 0; point < points.size(); point++) {
            if (blocks.get(point).isEmpty()) continue;
            quotients.add(new Quotient<>(points.get(point), values.get(point), List.copyOf(blocks.get(point))));
        }
    }

    /**
     * The value at an index.
     *
     * @param rows for each commitment, the opened rows, the tallest first
     * @param shift the index's bits from this one on are the number of the place
     */
    V at(List<List<R>> rows, I index, int shift) throws InvalidReceiptException {
        V x = algebra.scale(algebra.point(index, shift, logSize, 1), KoalaBear.GENERATOR);
        V value = constant(E6.ZERO);
        for (Quotient<V> quotient : quotients) {
            V numerator = quotient.values;
            for (Block<V> block : quotient.blocks) {
                R row = rows.get(block.commitment).get(block.row);
                V sum = algebra.reduce(row, block.from, block.width, lambda);
                numerator = algebra.sub(numerator, algebra.mul(block.factor, sum));
            }
            V inverse = algebra.inverse(algebra.sub(quotient.point, x));
            value = algebra.add(value, algebra.mul(numerator, inverse));
        }
        return value;
    }

    private V constant(E6 value) {
        return algebra.constant(value);
    }
}
