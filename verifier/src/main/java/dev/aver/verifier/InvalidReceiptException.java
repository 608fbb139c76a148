package dev.aver.verifier;

/**
 * A receipt was not accepted. Whatever the bytes, verification either returns or throws this; {@link #reason} is for
 * programs, the message for people.
 */
public final class InvalidReceiptException extends Exception {
    /** Why, as a stable name: part of the interface, never renamed. */
    public enum Reason {
        /** The bytes do not have the form of a receipt: too short, too long, or a field out of its range. */
        MALFORMED,
        /** Bytes follow the end of the receipt. */
        TRAILING_BYTES,
        /** A number stands for a field element and is not below p. */
        NOT_CANONICAL,
        /** Another version of the format or of the machine. */
        VERSION,
        /** Parameters, a hash suite or a verifying key that this verifier does not admit. */
        PARAMETERS,
        /** The list of tables is unsorted, has a repetition, or lacks a mandatory table. */
        TABLES,
        /** A table's height is outside its range. */
        HEIGHT,
        /** More bus messages than the field can count. */
        BUS_CAPACITY,
        /**
         * The buses do not balance: also what becomes of a journal, an exit code or a state between segments that is
         * not the one that was proven, since receipts hold each of them once.
         */
        BUS_BALANCE,
        /** A challenge that has to be outside the base field, or differ from another, is not. */
        CHALLENGE,
        /** The constraints do not hold at the point that the transcript chose. */
        CONSTRAINTS,
        /** An opened row is not in its commitment. */
        OPENING,
        /** The low-degree test fails. */
        LOW_DEGREE,
        /** The proof of work is missing. */
        PROOF_OF_WORK,
        /** The claim is out of its range, or not that of a finished run. */
        CLAIM,
        /** Another program. */
        IMAGE_ID,
        /** Another input than the one demanded. */
        INPUT,
        /** Another exit code than the one demanded. */
        EXIT_CODE,
        /** Fewer provable bits than the policy demands. */
        SECURITY
    }

    private final Reason reason;

    /**
     * A rejection.
     *
     * @param message what was found and what was expected, for people
     */
    public InvalidReceiptException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why, for programs. */
    public Reason reason() {
        return reason;
    }
}
