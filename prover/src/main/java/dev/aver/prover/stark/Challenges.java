package dev.aver.prover.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Combination;
import dev.aver.prover.backend.RowArithmetic;
import dev.aver.prover.trace.ChunkEvaluator;
import java.util.ArrayList;
import java.util.List;

/** α and powers of β: what turns bus messages into denominators, α + Σ β^i · m_i + number · β^W. Immutable. */
final class Challenges {
    private final E6 alpha;

    /** β^0, β^1, … */
    private final List<E6> powers = new ArrayList<>();

    Challenges(E6 alpha, E6 beta) {
        this.alpha = alpha;
        E6 power = E6.ONE;
        for (int i = 0; i <= Bus.WIDEST; i++) {
            powers.add(power);
            power = power.times(beta);
        }
    }

    /**
     * The number of a message's multiplicity among a {@link ChunkEvaluator}'s message expressions; its tuple follows.
     */
    static int[] places(Air air, int first) {
        int[] places = new int[air.messages().size()];
        int at = first;
        for (int i = 0; i < places.length; i++) {
            places[i] = at;
            at += 1 + air.messages().get(i).tuple().size();
        }
        return places;
    }

    /**
     * A message's denominators as a sum of columns: 1, with what does not depend on the tuple as its factor, and the
     * tuple.
     */
    Combination denominators(Message message) {
        List<E6> factors = new ArrayList<>();
        E6 number = E6.of(KoalaBear.of(message.bus().number()));
        factors.add(alpha.plus(powers.get(Bus.WIDEST).times(number)));
        factors.addAll(powers.subList(0, message.tuple().size()));
        Combination denominators = new Combination(factors);
        denominators.fill(0, KoalaBear.ONE);
        return denominators;
    }

    /**
     * The denominators of a message on the rows of a chunk.
     *
     * @param denominators those of the message
     * @param place of the message, from {@link #places}
     * @param out in E
     */
    static void compute(RowArithmetic rows, Combination denominators, ChunkEvaluator evaluator, int place, int[] out) {
        for (int j = 1; j < denominators.width(); j++) denominators.set(j, evaluator.value(place + j), 0);
        rows.combine(denominators, out);
    }
}
