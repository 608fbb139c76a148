package dev.aver.circuits.air;

import java.util.ArrayList;
import java.util.List;

/**
 * The definition of a table: its columns, what has to hold between them, and what its rows put on the buses. Immutable.
 */
public final class Air {
    private final String name;
    private final List<String> preprocessed;
    private final List<String> columns;
    private final List<Constraint> constraints;
    private final List<Message> messages;
    private final List<Vouch> vouches;
    private final Tape tape;
    private final boolean readsNext;
    private final int exchanges;
    private final byte[] digest;

    /**
     * A definition.
     *
     * @param name lower case, unique in the machine
     * @param preprocessed names of the columns that are fixed before any run
     * @param columns names of the main columns
     * @param constraints in the order in which provers and verifiers combine them
     * @param messages in the order in which they are paired into permutation columns: first those of exchanges, what is
     *     taken before what is given, then others, at least one
     * @param vouches what an {@link Audit} takes the author's word for; no part of the digest
     * @throws IllegalArgumentException if the messages are not so
     */
    public Air(
            String name,
            List<String> preprocessed,
            List<String> columns,
            List<Constraint> constraints,
            List<Message> messages,
            List<Vouch> vouches) {
        exchanges =
                Math.toIntExact(messages.stream().filter(Message::isExchanged).count()) / 2;
        if (messages.size() == 2 * exchanges) {
            throw new IllegalArgumentException("a table that asks and answers nothing: " + name);
        }
        for (int i = 0; i < 2 * exchanges; i++) {
            boolean partner =
                    i % 2 == 0 || messages.get(i).bus() == messages.get(i - 1).bus();
            if (!messages.get(i).isExchanged() || messages.get(i).taken() != (i % 2 == 0) || !partner) {
                throw new IllegalArgumentException("message " + i + " is not its part of an exchange: " + name);
            }
        }
        this.name = name;
        this.preprocessed = List.copyOf(preprocessed);
        this.columns = List.copyOf(columns);
        this.constraints = List.copyOf(constraints);
        this.messages = List.copyOf(messages);
        this.vouches = List.copyOf(vouches);
        List<Expr> expressions = new ArrayList<>();
        for (Constraint constraint : constraints) expressions.add(constraint.expr());
        for (Message message : messages) {
            expressions.add(message.multiplicity());
            expressions.addAll(message.tuple());
        }
        tape = Tape.of(expressions);
        readsNext = tape.readsNext();
        digest = AirDigest.of(this);
    }

    /** Lower case, unique in the machine. */
    public String name() {
        return name;
    }

    /** Names of the columns that are fixed before any run. */
    public List<String> preprocessed() {
        return preprocessed;
    }

    /** Names of the main columns. */
    public List<String> columns() {
        return columns;
    }

    /** In the order in which provers and verifiers combine them. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /** In the order in which they are paired into permutation columns: those of {@link #exchanges} first. */
    public List<Message> messages() {
        return messages;
    }

    /** What an {@link Audit} takes the author's word for. */
    public List<Vouch> vouches() {
        return vouches;
    }

    /**
     * Everything that is evaluated, as one program: first the constraints' expressions, then for each message its
     * multiplicity and its tuple.
     */
    public Tape tape() {
        return tape;
    }

    /** The number of main columns. */
    public int width() {
        return columns.size();
    }

    /** The number of exchanges: messages 2i and 2i + 1 are what number i takes and gives. */
    public int exchanges() {
        return exchanges;
    }

    /**
     * The number of extension columns for exchanges: one for each pair of them, the last of which is a running product.
     */
    public int productColumns() {
        return (exchanges + 1) / 2;
    }

    /**
     * The number of extension columns for the other messages: one for each pair of them, the last of which, into which
     * the last pair is fused, is a running sum.
     */
    public int fractionColumns() {
        return (messages.size() - 2 * exchanges + 1) / 2;
    }

    /** The number of extension columns of both permutation arguments. */
    public int permutationColumns() {
        return productColumns() + fractionColumns();
    }

    /** How many of them run from row to row: the sum, and the product if there is one. */
    public int accumulators() {
        return exchanges > 0 ? 2 : 1;
    }

    /** How many of them are on the way from a row to the next: products first, then fractions. */
    public int steps() {
        return permutationColumns() - accumulators();
    }

    /** One constraint for each permutation column, and one that says where each accumulator begins. */
    public int permutationConstraints() {
        return permutationColumns() + accumulators();
    }

    /** Whether any constraint or message reads the next row. */
    public boolean readsNext() {
        return readsNext;
    }

    /** Committed elements of K for each row: main and permutation columns. */
    public int cells() {
        return width() + 6 * permutationColumns();
    }

    /** A digest of what a verifier evaluates, 32 bytes. Names and explanations do not count. */
    public byte[] digest() {
        return digest.clone();
    }
}
