package dev.aver.verifier.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.field.E6;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.algebra.Algebra;
import dev.aver.verifier.pcs.Openings;
import dev.aver.verifier.pcs.PcsVerifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies a segment's proof. The order in which things enter the transcript is that of docs/protocol.md, section 9:
 * each challenge comes after everything that it could be chosen for.
 *
 * @param <V> an element of E
 * @param <D> a digest
 * @param <R> a row
 * @param <I> an index
 */
public final class StarkVerifier<V, D, R, I> {
    private final Algebra<V, D, R, I> algebra;
    private final VerifyingKey key;
    private final StarkShape shape;

    /**
     * A verification.
     *
     * @param algebra at the beginning of the proof, with a new transcript of the parameters' suite
     * @param key of the same suite
     */
    public StarkVerifier(Algebra<V, D, R, I> algebra, VerifyingKey key, StarkShape shape) {
        this.algebra = algebra;
        this.key = key;
        this.shape = shape;
    }

    /**
     * Verifies that the statement is true.
     *
     * @param fixedCap the fixed tables' commitment, as the key has it
     * @param programCap the program table's commitment
     * @throws InvalidReceiptException if the proof does not prove it
     */
    public void verify(List<D> fixedCap, List<D> programCap, SegmentStatement<V> statement)
            throws InvalidReceiptException {
        SegmentHeader.absorb(algebra, key, shape, programCap, statement);
        List<List<D>> caps = new ArrayList<>();
        caps.add(fixedCap);
        caps.add(programCap);
        caps.add(readCap());
        BusChallenges<V> buses = new BusChallenges<>(algebra, algebra.challenge(), algebra.challenge());
        caps.add(readCap());
        List<V> sums = readSums();
        balance(buses, statement, sums);
        V constraintChallenge = algebra.challenge();
        V tableChallenge = algebra.challenge();
        caps.add(readCap());
        V zeta = algebra.challenge();
        algebra.assertNotBase(zeta, Reason.CHALLENGE);

        PcsVerifier<V, D, R, I> pcs = new PcsVerifier<>(algebra, shape.pcs());
        Openings<V> openings = pcs.readOpenings();
        V composition = compose(openings, buses, sums, zeta, constraintChallenge, tableChallenge);
        V quotient = quotient(openings, zeta);
        algebra.assertEqual(composition, quotient, Reason.CONSTRAINTS);
        pcs.verify(caps, zeta, openings);
    }

    private List<D> readCap() throws InvalidReceiptException {
        return PcsVerifier.readCap(
                algebra, shape.parameters().suite(), shape.parameters().capLog());
    }

    private List<V> readSums() throws InvalidReceiptException {
        List<V> sums = new ArrayList<>();
        for (int i = 0; i < shape.tables().tables().size(); i++) {
            V sum = algebra.element();
            algebra.absorb(sum);
            sums.add(sum);
        }
        return sums;
    }

    /** The tables' sums and the verifier's own messages add up to nothing. */
    private void balance(BusChallenges<V> buses, SegmentStatement<V> statement, List<V> sums)
            throws InvalidReceiptException {
        V zero = algebra.constant(E6.ZERO);
        V one = algebra.constant(E6.ONE);
        V total = zero;
        for (V sum : sums) total = algebra.add(total, sum);
        V start = buses.denominator(Bus.STATE, List.of(statement.startRow(), one, zero));
        total = algebra.add(total, algebra.inverse(start));
        V end = buses.denominator(
                Bus.STATE, List.of(statement.endRow(), algebra.add(statement.cycles(), one), statement.halted()));
        total = algebra.sub(total, algebra.inverse(end));
        List<V> root = new ArrayList<>(List.of(zero, zero));
        root.addAll(statement.startRoot());
        root.addAll(statement.endRoot());
        total = algebra.add(total, algebra.inverse(buses.denominator(Bus.NODE, root)));
        V result = algebra.inverse(buses.denominator(Bus.RESULT, statement.result()));
        total = algebra.sub(total, algebra.mul(statement.halted(), result));
        algebra.assertEqual(total, zero, Reason.BUS_BALANCE);
    }

    /** Σ γ^t · C_t(ζ) / Z_t(ζ) over the tables. */
    private V compose(
            Openings<V> openings, BusChallenges<V> buses, List<V> sums, V zeta, V constraintChallenge, V tableChallenge)
            throws InvalidReceiptException {
        V total = algebra.constant(E6.ZERO);
        V weight = algebra.constant(E6.ONE);
        for (int place = 0; place < sums.size(); place++) {
            TablePoint<V> point = new TablePoint<>(
                    algebra, zeta, shape.tables().tables().get(place).logHeight());
            V composed = new TableConstraints<>(algebra, air(place), buses, point, constraintChallenge)
                    .compose(
                            openings.row(StarkShape.MAIN, place, Openings.LOCAL),
                            next(openings, place),
                            preprocessed(openings, place),
                            permutation(openings, place, Openings.LOCAL),
                            permutation(openings, place, Openings.NEXT).getLast(),
                            sums.get(place));
            V vanishing = algebra.inverse(point.vanishing());
            total = algebra.add(total, algebra.mul(weight, algebra.mul(composed, vanishing)));
            weight = algebra.mul(weight, tableChallenge);
        }
        return total;
    }

    private Air air(int place) {
        return shape.tables().kind(place).air();
    }

    private List<V> next(Openings<V> openings, int place) {
        return air(place).readsNext() ? openings.row(StarkShape.MAIN, place, Openings.NEXT) : List.of();
    }

    private List<V> preprocessed(Openings<V> openings, int place) {
        if (air(place).preprocessed().isEmpty()) return List.of();
        return openings.row(shape.preprocessedCommitment(place), shape.preprocessedMatrix(place), Openings.LOCAL);
    }

    /** The values of the permutation columns, the accumulator last; in the next row there is nothing else. */
    private List<V> permutation(Openings<V> openings, int place, int point) {
        List<V> values = new ArrayList<>();
        int accumulator = shape.accumulator(place);
        int columns = air(place).permutationColumns();
        if (point == Openings.LOCAL && columns > 1) {
            List<V> fractions = openings.row(StarkShape.PERMUTATION, accumulator - 1, point);
            for (int i = 0; i < columns - 1; i++) {
                values.add(extension(fractions.subList(E6.DEGREE * i, E6.DEGREE * (i + 1))));
            }
        }
        values.add(extension(openings.row(StarkShape.PERMUTATION, accumulator, point)));
        return values;
    }

    /** Σ z^i · coordinate i: what six columns of K say as one of E. */
    private V extension(List<V> coordinates) {
        V value = coordinates.getLast();
        V z = algebra.constant(E6.Z);
        for (int i = E6.DEGREE - 2; i >= 0; i--) value = algebra.add(algebra.mul(value, z), coordinates.get(i));
        return value;
    }

    private V quotient(Openings<V> openings, V zeta) {
        List<V> values = openings.row(StarkShape.QUOTIENT, 0, Openings.LOCAL);
        V low = extension(values.subList(0, E6.DEGREE));
        V high = extension(values.subList(E6.DEGREE, 2 * E6.DEGREE));
        V power = zeta;
        for (int i = 0; i < shape.tables().maxLogHeight(); i++) power = algebra.mul(power, power);
        return algebra.add(low, algebra.mul(power, high));
    }
}
