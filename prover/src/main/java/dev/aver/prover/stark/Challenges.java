package dev.aver.prover.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.ChunkEvaluator;

/** α and powers of β: what turns bus messages into denominators, α + Σ β^i · m_i + number · β^W. Immutable. */
final class Challenges {
    private final E6 alpha;

    /** Coordinate k of β^i at 6·i + k. */
    private final int[] powers = new int[E6.DEGREE * (Bus.WIDEST + 1)];

    Challenges(E6 alpha, E6 beta) {
        this.alpha = alpha;
        E6 power = E6.ONE;
        for (int i = 0; i <= Bus.WIDEST; i++) {
            power.write(powers, E6.DEGREE * i, 1);
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

    /** The part of a bus's denominators that does not depend on the tuple. */
    private E6 start(Bus bus) {
        return alpha.plus(E6.read(powers, E6.DEGREE * Bus.WIDEST, 1).times(KoalaBear.of(bus.number())));
    }

    /**
     * The denominators of a message on the rows of a chunk.
     *
     * @param place of the message, from {@link #places}
     * @param sums scratch: six times the rows of a chunk
     * @param out coordinate k of row i at {@code k · ROWS + i}
     */
    void denominators(ChunkEvaluator evaluator, Message message, int place, long[] sums, int[] out) {
        int rows = ChunkEvaluator.ROWS;
        E6 start = start(message.bus());
        int[] coordinates = {start.c0(), start.c1(), start.c2(), start.c3(), start.c4(), start.c5()};
        for (int k = 0; k < E6.DEGREE; k++) {
            java.util.Arrays.fill(sums, k * rows, (k + 1) * rows, coordinates[k]);
        }
        for (int j = 0; j < message.tuple().size(); j++) {
            int[] element = evaluator.value(place + 1 + j);
            for (int k = 0; k < E6.DEGREE; k++) {
                int power = powers[E6.DEGREE * j + k];
                if (power == 0) continue;
                for (int i = 0; i < rows; i++) sums[k * rows + i] += KoalaBear.mul(element[i], power);
            }
        }
        for (int i = 0; i < E6.DEGREE * rows; i++) out[i] = (int) (sums[i] % KoalaBear.P);
    }
}
