package dev.aver.circuits.air;

import java.util.List;

/**
 * The definition of a table: its columns, what has to hold between them, and what its rows put on the buses. Immutable.
 *
 * @param name lower case, unique in the machine
 * @param preprocessed names of the columns that are fixed before any run
 * @param columns names of the main columns
 * @param constraints in the order in which provers and verifiers combine them
 * @param messages in the order in which they are paired into permutation columns
 * @param vouches what an {@link Audit} takes the author's word for; no part of the digest
 */
public record Air(
        String name,
        List<String> preprocessed,
        List<String> columns,
        List<Constraint> constraints,
        List<Message> messages,
        List<Vouch> vouches) {
    public Air {
        preprocessed = List.copyOf(preprocessed);
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        messages = List.copyOf(messages);
        vouches = List.copyOf(vouches);
        if (messages.isEmpty()) throw new IllegalArgumentException("a table that tells nobody anything: " + name);
    }

    /** The number of main columns. */
    public int width() {
        return columns.size();
    }

    /**
     * The number of extension columns of the permutation argument: one for each pair of messages. The last one is the
     * accumulator, into which the last pair is fused.
     */
    public int permutationColumns() {
        return (messages.size() + 1) / 2;
    }

    /** Whether any constraint or message reads the next row of a main or preprocessed column. */
    public boolean readsNext() {
        return Tape.of(constraints.stream().map(Constraint::expr).toList()).readsNext()
                || messages.stream().anyMatch(Message::readsNext);
    }

    /** Committed elements of K for each row: main and permutation columns. */
    public int cells() {
        return width() + 6 * permutationColumns();
    }

    /** A digest of what a verifier evaluates, 32 bytes. Names and explanations do not count. */
    public byte[] digest() {
        return AirDigest.of(this);
    }
}
