package dev.aver.verifier.pcs;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Transcript;
import dev.aver.circuits.merkle.MerkleTree;
import dev.aver.circuits.merkle.Opening;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes opening proofs as docs/protocol.md, section 6, defines them: polynomials are evaluated one point at a time,
 * folds are interpolated by Lagrange's formula. Nothing of it is shared with the verifier but field, hashes, trees and
 * shapes.
 *
 * <p>Subclasses lie by overriding what they lie about; everything after the lie is consistent with it.
 */
class NaivePcsProver {
    /** The columns of a matrix, as coefficients of polynomials over K, lowest first; any number of them. */
    record Columns(List<int[]> coefficients) {}

    protected final PcsShape shape;
    private final Parameters parameters;
    private final List<MerkleTree> trees = new ArrayList<>();

    /** By commitment, matrix and column: the codeword, in bit-reversed order. */
    protected final List<List<List<int[]>>> codewords = new ArrayList<>();

    private final List<List<Columns>> polynomials;
    private final ByteArrayOutputStream proof = new ByteArrayOutputStream();

    NaivePcsProver(PcsShape shape, List<List<Columns>> polynomials) {
        this.shape = shape;
        this.polynomials = polynomials;
        parameters = shape.parameters();
        for (int c = 0; c < polynomials.size(); c++) {
            List<List<int[]>> matrices = new ArrayList<>();
            List<int[]> flat = new ArrayList<>();
            for (int m = 0; m < polynomials.get(c).size(); m++) {
                int logSize =
                        shape.logSize(shape.commitments().get(c).matrices().get(m));
                List<int[]> columns = polynomials.get(c).get(m).coefficients().stream()
                        .map(coefficients -> codeword(coefficients, logSize))
                        .toList();
                matrices.add(columns);
                flat.add(columns.stream().flatMapToInt(IntStream::of).toArray());
            }
            codewords.add(matrices);
            trees.add(new MerkleTree(shape.commitments().get(c).suite(), shape.tree(c), flat));
        }
    }

    /** The cap of a commitment. */
    int[] cap(int commitment) {
        return trees.get(commitment).cap();
    }

    /** The element with this index of the subgroup of order 2^log in bit-reversed order. */
    static int subgroup(int log, int index) {
        int reversed = log == 0 ? 0 : Integer.reverse(index) >>> (32 - log);
        return KoalaBear.pow(KoalaBear.rootOfUnity(log), reversed);
    }

    private static int[] codeword(int[] coefficients, int logSize) {
        int[] values = new int[1 << logSize];
        for (int i = 0; i < values.length; i++) {
            int x = KoalaBear.mul(KoalaBear.GENERATOR, subgroup(logSize, i));
            int value = 0;
            for (int k = coefficients.length - 1; k >= 0; k--) {
                value = KoalaBear.add(KoalaBear.mul(value, x), coefficients[k]);
            }
            values[i] = value;
        }
        return values;
    }

    private static E6 evaluate(int[] coefficients, E6 point) {
        E6 value = E6.ZERO;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            value = value.times(point).plus(E6.of(coefficients[k]));
        }
        return value;
    }

    /** The point at which a matrix is opened. */
    private static E6 point(OpenedMatrix matrix, E6 zeta, int point) {
        return point == 0 ? zeta : zeta.times(KoalaBear.rootOfUnity(matrix.logHeight()));
    }

    /** The openings in order, before they are absorbed. */
    protected List<E6> open(E6 zeta) {
        List<E6> values = new ArrayList<>();
        for (int c = 0; c < polynomials.size(); c++) {
            for (int m = 0; m < polynomials.get(c).size(); m++) {
                OpenedMatrix matrix = shape.commitments().get(c).matrices().get(m);
                for (int p = 0; p < matrix.points(); p++) {
                    for (int[] coefficients : polynomials.get(c).get(m).coefficients()) {
                        values.add(evaluate(coefficients, point(matrix, zeta, p)));
                    }
                }
            }
        }
        return values;
    }

    /** The reduced codeword of length 2^logSize. */
    protected List<E6> reduced(int logSize, List<E6> openings, E6 zeta, E6 lambda) {
        List<E6> codeword = new ArrayList<>();
        for (int i = 0; i < 1 << logSize; i++) {
            E6 x = E6.of(KoalaBear.mul(KoalaBear.GENERATOR, subgroup(logSize, i)));
            E6 value = E6.ZERO;
            E6 power = E6.ONE;
            int next = 0;
            for (int c = 0; c < codewords.size(); c++) {
                for (int m = 0; m < codewords.get(c).size(); m++) {
                    OpenedMatrix matrix = shape.commitments().get(c).matrices().get(m);
                    if (shape.logSize(matrix) != logSize) {
                        next += matrix.points() * matrix.width();
                        continue;
                    }
                    for (int p = 0; p < matrix.points(); p++) {
                        E6 inverse = point(matrix, zeta, p).minus(x).inverse();
                        for (int[] column : codewords.get(c).get(m)) {
                            E6 opening = openings.get(next++);
                            E6 quotient = opening.minus(E6.of(column[i])).times(inverse);
                            value = value.plus(power.times(quotient));
                            power = power.times(lambda);
                        }
                    }
                }
            }
            codeword.add(value);
        }
        return codeword;
    }

    /** Folds by Lagrange interpolation in each group. */
    private static List<E6> fold(List<E6> codeword, int logSize, int arityLog, E6 beta) {
        List<E6> folded = new ArrayList<>();
        int arity = 1 << arityLog;
        for (int g = 0; g < codeword.size() / arity; g++) {
            E6 value = E6.ZERO;
            for (int i = 0; i < arity; i++) {
                E6 term = codeword.get(g * arity + i);
                int yi = subgroup(logSize, g * arity + i);
                for (int j = 0; j < arity; j++) {
                    if (j == i) continue;
                    int yj = subgroup(logSize, g * arity + j);
                    term = term.times(beta.minus(E6.of(yj))).times(KoalaBear.inverse(KoalaBear.sub(yi, yj)));
                }
                value = value.plus(term);
            }
            folded.add(value);
        }
        return folded;
    }

    /** The codeword after so many folds, which is committed next. */
    protected List<E6> afterFold(int folds, List<E6> codeword) {
        return codeword;
    }

    /** The low coefficients of the polynomial with these values, by the definition of the inverse transform. */
    protected List<E6> finalPolynomial(List<E6> codeword) {
        int logSize = Integer.numberOfTrailingZeros(codeword.size());
        int scale = KoalaBear.inverse(KoalaBear.of(codeword.size()));
        List<E6> coefficients = new ArrayList<>();
        for (int k = 0; k < 1 << parameters.finalLog(); k++) {
            E6 sum = E6.ZERO;
            for (int i = 0; i < codeword.size(); i++) {
                int inverse = KoalaBear.inverse(KoalaBear.pow(subgroup(logSize, i), k));
                sum = sum.plus(codeword.get(i).times(inverse));
            }
            coefficients.add(sum.times(scale));
        }
        return coefficients;
    }

    /**
     * The proof that follows a transcript in which the caps were absorbed.
     *
     * @return its bytes
     */
    byte[] prove(Transcript transcript, E6 zeta) {
        List<E6> openings = open(zeta);
        for (E6 value : openings) say(transcript, value);
        E6 lambda = transcript.challenge();
        int max = shape.maxLogSize();
        List<E6> codeword = reduced(max, openings, zeta, lambda);
        List<MerkleTree> layers = new ArrayList<>();
        List<List<E6>> layerCodewords = new ArrayList<>();
        HashSuite suite = parameters.suite();
        List<FriSchedule.Fold> folds = shape.schedule().folds();
        for (FriSchedule.Fold fold : folds) {
            MerkleTree tree = new MerkleTree(suite, shape.tree(fold), List.of(matrix(codeword, fold)));
            int[] cap = tree.cap();
            for (int at = 0; at < cap.length; at += suite.digestLength()) write(suite.encode(cap, at));
            transcript.absorbDigests(suite, cap);
            E6 beta = transcript.challenge();
            layers.add(tree);
            layerCodewords.add(codeword);
            codeword = fold(codeword, fold.logSize(), fold.arityLog(), beta);
            if (((shape.logSizes() >> fold.nextLogSize()) & 1) != 0) {
                List<E6> entering = reduced(fold.nextLogSize(), openings, zeta, lambda);
                E6 fresh = beta.pow(fold.arity());
                for (int i = 0; i < codeword.size(); i++) {
                    codeword.set(i, codeword.get(i).plus(fresh.times(entering.get(i))));
                }
            }
            codeword = afterFold(layers.size(), codeword);
        }
        for (E6 coefficient : finalPolynomial(codeword)) say(transcript, coefficient);
        int nonce = 0;
        while (!transcript.copy().provesWork(KoalaBear.of(nonce), parameters.grindingBits())) nonce++;
        writeElement(KoalaBear.of(nonce));
        transcript.provesWork(KoalaBear.of(nonce), parameters.grindingBits());
        for (int query = 0; query < parameters.queries(); query++) {
            int index = transcript.index(max);
            for (int c = 0; c < trees.size(); c++) {
                int shorter = max - shape.tree(c).logHeight();
                Opening opening = trees.get(c).open(index >> shorter);
                for (int element : opening.rows()) writeElement(element);
                writePath(shape.commitments().get(c).suite(), opening);
            }
            for (int i = 0; i < folds.size(); i++) {
                FriSchedule.Fold fold = folds.get(i);
                int group = index >> (max - fold.nextLogSize());
                List<E6> elements = layerCodewords.get(i).subList(group * fold.arity(), (group + 1) * fold.arity());
                for (E6 element : elements) writeElement(element);
                writePath(suite, layers.get(i).open(group));
            }
        }
        return proof.toByteArray();
    }

    /** A codeword as the matrix that is committed: column by column, a row being a group's coordinates. */
    private static int[] matrix(List<E6> codeword, FriSchedule.Fold fold) {
        int height = 1 << fold.nextLogSize();
        int[] matrix = new int[codeword.size() * E6.DEGREE];
        for (int i = 0; i < codeword.size(); i++) {
            int column = E6.DEGREE * (i % fold.arity());
            codeword.get(i).write(matrix, column * height + i / fold.arity(), height);
        }
        return matrix;
    }

    private void say(Transcript transcript, E6 element) {
        writeElement(element);
        transcript.absorb(element);
    }

    private void writeElement(E6 element) {
        int[] coordinates = new int[E6.DEGREE];
        element.write(coordinates, 0, 1);
        for (int coordinate : coordinates) writeElement(coordinate);
    }

    private void writeElement(int element) {
        int canonical = KoalaBear.canonical(element);
        for (int i = 0; i < 4; i++) proof.write(canonical >>> (8 * i));
    }

    private void writePath(HashSuite suite, Opening opening) {
        int[] path = opening.path();
        for (int at = 0; at < path.length; at += suite.digestLength()) write(suite.encode(path, at));
    }

    private void write(byte[] bytes) {
        proof.writeBytes(bytes);
    }
}
