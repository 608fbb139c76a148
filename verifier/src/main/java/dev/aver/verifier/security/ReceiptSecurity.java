package dev.aver.verifier.security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The provable security of a receipt made of several proofs, all of which have to be accepted: that of its weakest
 * proof. It does not shrink with their number. Whoever forges a receipt forges one of its proofs, and a try at one
 * proof is no try at another, since their transcripts differ.
 *
 * @param proofs the reports, in the receipt's order, at least one
 */
public record ReceiptSecurity(List<SecurityReport> proofs) {
    /** Checks that there is a proof. */
    public ReceiptSecurity {
        proofs = List.copyOf(proofs);
        if (proofs.isEmpty()) throw new IllegalArgumentException("a receipt without proofs");
    }

    /** The provable bits, rounded down. */
    public int bits() {
        return proofs.get(weakest()).bits();
    }

    /** The index of the first proof that has no more bits than any other. */
    public int weakest() {
        return IntStream.range(0, proofs.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> proofs.get(i).binding().bits()))
                .orElseThrow();
    }

    /** One line for the receipt, one for each proof, and the whole report on the weakest. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("receipt: " + bits() + " provable bits, the least of " + proofs.size() + " proofs, that of segment "
                + weakest());
        for (int i = 0; i < proofs.size(); i++) {
            lines.add("segment " + i + ": " + proofs.get(i).summary());
        }
        lines.add("segment " + weakest() + " in full:");
        lines.addAll(proofs.get(weakest()).lines());
        return lines;
    }

    /** {@link #lines}, joined. */
    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
