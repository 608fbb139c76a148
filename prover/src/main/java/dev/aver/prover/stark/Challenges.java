package dev.aver.prover.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Expr;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.ChunkEvaluator;
import java.util.ArrayList;
import java.util.List;

/** α and powers of β: what turns bus messages into denominators, α + Σ β^i · m_i + number · β^W. Immutable. */
final class Challenges {
    final E6 alpha;

    /** β^0, β^1, … */
    final List<E6> powers = new ArrayList<>();

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

    /** The denominators of all messages of a table, in order, for whoever has its messages at these places. */
    List<MessageDenominators> denominators(Air air, int[] places) {
        List<MessageDenominators> denominators = new ArrayList<>();
        for (int i = 0; i < places.length; i++)
            denominators.add(denominators(air.messages().get(i), places[i]));
        return denominators;
    }

    private MessageDenominators denominators(Message message, int place) {
        E6 number = E6.of(KoalaBear.of(message.bus().number()));
        E6 same = alpha.plus(powers.get(Bus.WIDEST).times(number));
        List<E6> factors = new ArrayList<>();
        List<Integer> expressions = new ArrayList<>();
        for (int i = 0; i < message.tuple().size(); i++) {
            E6 power = powers.get(i);
            if (message.tuple().get(i) instanceof Expr.Constant constant) {
                same = same.plus(power.times(constant.value()));
            } else {
                factors.add(power);
                expressions.add(place + 1 + i);
            }
        }
        return new MessageDenominators(
                same, factors, expressions.stream().mapToInt(Integer::intValue).toArray());
    }
}
