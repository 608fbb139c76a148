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
        List<BusTotals<V>> totals = new ArrayList<>();
        for (int place = 0; place < shape.tables().tables().size(); place++) {
            totals.add(BusTotals.read(algebra, air(place).exchanges() > 0));
        }
        balance(buses, statement, totals);
        V constraintChallenge = algebra.challenge();
        V tableChallenge = algebra.challenge();
        caps.add(readCap());
        V zeta = algebra.challenge();
        algebra.assertNotBase(zeta, Reason.CHALLENGE);

        PcsVerifier<V, D, R, I> pcs = new PcsVerifier<>(algebra, shape.pcs());
        Openings<V> openings = pcs.readOpenings();
        V composition = compose(openings, buses, totals, zeta, constraintChallenge, tableChallenge);
        V quotient = quotient(openings, zeta);
        algebra.assertEqual(composition, quotient, Reason.CONSTRAINTS);
        pcs.verify(caps, zeta, openings);
    }

    private List<D> readCap() throws InvalidReceiptException {
        return PcsVerifier.readCap(
                algebra, shape.parameters().suite(), shape.parameters().capLog());
    }

    /**
     * With the verifier's own messages, all exchanges give what they take, and the other messages add up to nothing. It
     * gives the start and takes the end.
     */
    private void balance(BusChallenges<V> buses, SegmentStatement<V> statement, List<BusTotals<V>> totals)
            throws InvalidReceiptException {
        V zero = algebra.constant(E6.ZERO);
        V one = algebra.constant(E6.ONE);
        V start = buses.denominator(Bus.STATE, List.of(statement.startRow(), one, zero));
        V end = buses.denominator(
                Bus.STATE, List.of(statement.endRow(), algebra.add(statement.cycles(), one), statement.halted()));
        V product = algebra.mul(start, algebra.inverse(end));
        V total = zero;
        for (BusTotals<V> table : totals) {
            product = algebra.mul(product, table.product());
            total = algebra.add(total, table.sum());
        }
        algebra.assertEqual(product, one, Reason.BUS_BALANCE);
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
            Openings<V> openings,
            BusChallenges<V> buses,
            List<BusTotals<V>> totals,
            V zeta,
            V constraintChallenge,
            V tableChallenge)
            throws InvalidReceiptException {
        V total = algebra.constant(E6.ZERO);
        V weight = algebra.constant(E6.ONE);
        for (int place = 0; place < totals.size(); place++) {
            TablePoint<V> point = new TablePoint<>(
                    algebra, zeta, shape.tables().tables().get(place).logHeight());
            V composed = new TableConstraints<>(algebra, air(place), buses, point, constraintChallenge)
                    .compose(
                            openings.row(StarkShape.MAIN, place, Openings.LOCAL),
                            next(openings, place),
                            preprocessed(openings, place),
                            BusColumns.of(algebra, openings, shape, place),
                            totals.get(place));
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

    private V quotient(Openings<V> openings, V zeta) {
        List<V> pieces = BusColumns.extensions(algebra, openings.row(StarkShape.QUOTIENT, 0, Openings.LOCAL));
        V power = zeta;
        for (int i = 0; i < shape.tables().maxLogHeight(); i++) power = algebra.mul(power, power);
        return algebra.add(pieces.getFirst(), algebra.mul(power, pieces.getLast()));
    }
}
