package dev.aver.circuits.air;

import java.util.List;

/**
 * One message that every row puts on a bus.
 *
 * @param multiplicity what it counts: positive for what is sent or queried, negative for what is received or answered;
 *     degree 2 at most
 * @param tuple {@code bus.width()} expressions of degree 1 at most
 */
public record Message(Bus bus, Expr multiplicity, List<Expr> tuple) {
    public Message {
        tuple = List.copyOf(tuple);
        if (tuple.size() != bus.width()) {
            throw new IllegalArgumentException(bus + " carries " + bus.width() + " elements, not " + tuple.size());
        }
        for (Expr element : tuple) {
            if (element.degree() > 1) throw new IllegalArgumentException("not linear: an element of " + bus);
        }
        if (multiplicity.degree() > 2) throw new IllegalArgumentException("a multiplicity of degree 3 on " + bus);
    }

    /** Whether the tuple or the multiplicity reads the next row. */
    public boolean readsNext() {
        return Tape.of(List.of(multiplicity)).readsNext() || Tape.of(tuple).readsNext();
    }

    /** Whether it is received or answered: its multiplicity is written as 0 − count. */
    boolean isNegative() {
        return multiplicity instanceof Expr.Difference difference
                && difference.left() instanceof Expr.Constant zero
                && zero.value() == 0;
    }

    /** How often it is sent, received, queried or answered: the multiplicity without its sign. */
    Expr positive() {
        return isNegative() ? ((Expr.Difference) multiplicity).right() : multiplicity;
    }

    /**
     * Whether this is the answering side of a lookup: its key is preprocessed, so its multiplicity is free. All others
     * count 0, 1 or −1.
     */
    public boolean isAnswer() {
        return bus.kind() == Bus.Kind.LOOKUP && Tape.of(tuple).readsOnlyPreprocessed();
    }
}
