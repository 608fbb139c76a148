package dev.aver.server.engine;

import dev.aver.verifier.security.ReceiptSecurity;
import java.util.ArrayList;
import java.util.List;

/** A receipt's security report, as long as it is however many proofs there are. */
final class SecurityLines {
    private SecurityLines() {}

    /** The receipt's bits, and the whole report on its weakest proof. */
    static List<String> of(ReceiptSecurity security) {
        List<String> lines = new ArrayList<>();
        lines.add(security.lines().getFirst());
        lines.addAll(security.proofs().get(security.weakest()).lines());
        return lines;
    }
}
