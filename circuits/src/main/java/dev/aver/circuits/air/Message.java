package dev.aver.circuits.air;

import java.util.List;

/**
 * One message that every row puts on a bus.
 *
 * @param taken whether the tuple is received or answered rather than sent or queried
 * @param count how often, degree 2 at most; on an exchange bus 1 in rows where the exchange means something, while in
 *     others the row gives what it takes
 * @param tuple {@code bus.width()} expressions of degree 1 at most
 */
public record Message(Bus bus, boolean taken, Expr count, List<Expr> tuple) {
    public Message {
        tuple = List.copyOf(tuple);
        if (tuple.size() != bus.width()) {
            throw new IllegalArgumentException(bus + " carries " + bus.width() + " elements, not " + tuple.size());
        }
        for (Expr element : tuple) {
            if (element.degree() > 1) throw new IllegalArgumentException("not linear: an element of " + bus);
        }
        if (count.degree() > 2) throw new IllegalArgumentException("a multiplicity of degree 3 on " + bus);
    }

    /** What it counts: positive for what is sent or queried, negative for what is received or answered. */
    public Expr multiplicity() {
        Expr often = isExchanged() ? Expr.ONE : count;
        return taken ? Expr.ZERO.minus(often) : often;
    }

    /** Whether it is one of the two messages of an exchange, which all rows have. */
    public boolean isExchanged() {
        return bus.kind() == Bus.Kind.EXCHANGE;
    }

    /** Whether the tuple or the count reads the next row. */
    public boolean readsNext() {
        return Tape.of(List.of(count)).readsNext() || Tape.of(tuple).readsNext();
    }

    /**
     * Whether this is the answering side of a lookup: its key is preprocessed, so its multiplicity is free. All others
     * count 0, 1 or −1.
     */
    public boolean isAnswer() {
        return bus.kind() == Bus.Kind.LOOKUP && taken;
    }
}
