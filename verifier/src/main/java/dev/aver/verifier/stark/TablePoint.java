package dev.aver.verifier.stark;

import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.algebra.Algebra;

/** The selectors of a table of N = 2^logHeight rows, at a point outside its domain, g being the domain's generator. */
final class TablePoint<V> {
    private final V vanishing;
    private final V first;
    private final V last;
    private final V transition;

    TablePoint(Algebra<V, ?, ?, ?> algebra, V zeta, int logHeight) throws InvalidReceiptException {
        V power = zeta;
        for (int i = 0; i < logHeight; i++) power = algebra.mul(power, power);
        int lastPoint = KoalaBear.inverse(KoalaBear.rootOfUnity(logHeight));
        int height = KoalaBear.inverse(KoalaBear.of(1 << logHeight));
        vanishing = algebra.sub(power, algebra.constant(E6.ONE));
        transition = algebra.sub(zeta, algebra.constant(E6.of(lastPoint)));
        V fromFirst = algebra.sub(zeta, algebra.constant(E6.ONE));
        first = algebra.scale(algebra.mul(vanishing, algebra.inverse(fromFirst)), height);
        last = algebra.scale(algebra.mul(vanishing, algebra.inverse(transition)), KoalaBear.mul(height, lastPoint));
    }

    /** X^N − 1: zero on every row. */
    V vanishing() {
        return vanishing;
    }

    /** (X^N − 1) / (N · (X − 1)): 1 on the first row, 0 on the others. */
    V first() {
        return first;
    }

    /** (X^N − 1) / (N · g · (X − g^-1)): 1 on the last row, 0 on the others. */
    V last() {
        return last;
    }

    /** X − g^-1: zero on the last row only. */
    V transition() {
        return transition;
    }
}
