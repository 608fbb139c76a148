package dev.aver.verifier.stark;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.verifier.algebra.Algebra;
import java.util.ArrayList;
import java.util.List;

/** What turns a bus message into an element of E: α + Σ β^i · m_i + number · β^W, W being the widest tuple of all. */
final class BusChallenges<V> {
    private final Algebra<V, ?, ?, ?> algebra;
    private final V alpha;
    private final List<V> powers = new ArrayList<>();

    BusChallenges(Algebra<V, ?, ?, ?> algebra, V alpha, V beta) {
        this.algebra = algebra;
        this.alpha = alpha;
        V power = algebra.constant(E6.ONE);
        for (int i = 0; i <= Bus.WIDEST; i++) {
            powers.add(power);
            power = algebra.mul(power, beta);
        }
    }

    /** The denominator of a message. */
    V denominator(Bus bus, List<V> tuple) {
        assert tuple.size() == bus.width() : tuple.size();
        V sum = algebra.add(alpha, algebra.scale(powers.get(Bus.WIDEST), KoalaBear.of(bus.number())));
        for (int i = 0; i < tuple.size(); i++) {
            sum = algebra.add(sum, algebra.mul(powers.get(i), tuple.get(i)));
        }
        return sum;
    }
}
