package dev.aver.prover.stark;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.trace.Trace;
import dev.aver.verifier.stark.BusTotals;
import java.util.List;

/**
 * A prover of a false end. The exchanges of all tables then come to another product than the verifier's; so it gives
 * the first table that has any the total P' that is missing, and multiplies its product columns by c = (P' − 1) / (P −
 * 1). Each step from one column to the next is as right as before, and in the last row c + P' − 1 is c · P. Only that a
 * running product begins with 1 is violated.
 */
public final class ScalingProver extends StarkProver {
    private final List<E6> honest;
    private final List<E6> claimed;
    private boolean done;

    /**
     * A prover for one proof.
     *
     * @param honest what the bus of states takes at the end
     * @param claimed what the statement says that it takes
     */
    public ScalingProver(Backend backend, ProvingKey key, List<E6> honest, List<E6> claimed) {
        super(backend, key);
        this.honest = honest;
        this.claimed = claimed;
    }

    @Override
    BusTotals<E6> fill(Trace trace, Challenges buses, int[] steps, int[] accumulators) {
        BusTotals<E6> totals = super.fill(trace, buses, steps, accumulators);
        if (done || trace.air().exchanges() == 0) return totals;
        done = true;
        E6 missing =
                denominator(buses, claimed).times(denominator(buses, honest).inverse());
        E6 product = totals.product().times(missing);
        E6 factor = product.minus(E6.ONE).times(totals.product().minus(E6.ONE).inverse());
        int columns = trace.air().productColumns() - 1;
        for (int column = 0; column < columns; column++) scale(trace, steps, column, factor);
        scale(trace, accumulators, 0, factor);
        return new BusTotals<>(product, totals.sum());
    }

    private static E6 denominator(Challenges buses, List<E6> state) {
        E6 number = E6.of(KoalaBear.of(Bus.STATE.number()));
        E6 sum = buses.alpha.plus(buses.powers.get(Bus.WIDEST).times(number));
        for (int i = 0; i < state.size(); i++)
            sum = sum.plus(buses.powers.get(i).times(state.get(i)));
        return sum;
    }

    private static void scale(Trace trace, int[] columns, int number, E6 factor) {
        int height = 1 << trace.logHeight();
        int from = E6.DEGREE * number * height;
        for (int row = from; row < from + height; row++) {
            E6.read(columns, row, height).times(factor).write(columns, row, height);
        }
    }
}
