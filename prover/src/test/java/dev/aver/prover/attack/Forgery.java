package dev.aver.prover.attack;

import dev.aver.verifier.InvalidReceiptException.Reason;
import java.util.function.Consumer;

/**
 * A forgery.
 *
 * @param expected what its proof is refused for
 * @param lie changes what happened
 * @param change changes the tables that it gives
 */
record Forgery(String name, Reason expected, Consumer<Forged> lie, Consumer<Forged> change) {
    /** A forgery of tables of what really happened. */
    static Forgery ofTables(String name, Reason expected, Consumer<Forged> change) {
        return new Forgery(name, expected, forged -> {}, change);
    }

    @Override
    public String toString() {
        return name;
    }
}
