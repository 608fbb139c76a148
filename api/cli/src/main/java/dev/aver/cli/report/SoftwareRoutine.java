package dev.aver.cli.report;

import dev.aver.zkvm.profile.Profile;
import dev.aver.zkvm.profile.RustName;
import dev.aver.zkvm.program.SymbolTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A well-known hash or curve routine among the program's functions. There are no accelerators in this version, so it
 * runs in plain instructions, which its author may not know. Found by symbol names alone; a stripped program has none.
 *
 * @param routine the algorithm
 * @param functions the functions that gave it away, at most {@link #MAX_FUNCTIONS}
 * @param cycles spent in such functions themselves; null where the run was not profiled, so it may not have run at all
 * @param share these cycles per cycle of the run; 0 where the run was not profiled
 */
public record SoftwareRoutine(
        String routine, List<String> functions, @Nullable Long cycles, double share) {
    private static final int MAX_FUNCTIONS = 8;

    /** Names of algorithms, each with what its functions' names contain, in lower case. "4k256" is Rust's mangling. */
    private static final String[][] KNOWN = {
        {"SHA-256", "sha256", "sha2_256"},
        {"SHA-512", "sha512", "sha2_512"},
        {"Keccak", "keccak", "sha3_"},
        {"BLAKE2", "blake2"},
        {"BLAKE3", "blake3"},
        {"RIPEMD-160", "ripemd160", "rmd160"},
        {"Poseidon", "poseidon"},
        {"secp256k1", "secp256k1", "4k256"},
        {"P-256", "secp256r1", "4p256"},
        {"Ed25519", "ed25519", "curve25519", "x25519"},
        {"BN254", "bn254", "bn128", "bn256"},
        {"BLS12-381", "bls12"},
    };

    /** The routines that a program contains. */
    public static List<SoftwareRoutine> contained(SymbolTable symbols) {
        List<SoftwareRoutine> found = new ArrayList<>();
        for (String[] known : KNOWN) {
            List<String> functions = new ArrayList<>();
            for (SymbolTable.Symbol symbol : symbols.functions()) {
                if (matches(symbol.name(), known)) {
                    functions.add(RustName.readable(symbol.name()));
                }
            }
            if (!functions.isEmpty()) {
                found.add(new SoftwareRoutine(known[0], first(functions), null, 0));
            }
        }
        return found;
    }

    /** The routines that ran. */
    public static List<SoftwareRoutine> ran(Profile profile) {
        long[] self = profile.selfByFrame();
        List<SoftwareRoutine> found = new ArrayList<>();
        for (String[] known : KNOWN) {
            List<String> functions = new ArrayList<>();
            long cycles = 0;
            for (int i = 0; i < self.length; i++) {
                Profile.Frame frame = profile.frames().get(i);
                if (frame.kind() == Profile.Kind.FUNCTION && self[i] > 0 && matches(frame.name(), known)) {
                    functions.add(RustName.readable(frame.name()));
                    cycles += self[i];
                }
            }
            if (cycles > 0) {
                found.add(new SoftwareRoutine(known[0], first(functions), cycles, (double) cycles / profile.cycles()));
            }
        }
        return found;
    }

    private static boolean matches(String name, String[] known) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 1; i < known.length; i++) {
            if (lower.contains(known[i])) {
                return true;
            }
        }
        return false;
    }

    private static List<String> first(List<String> functions) {
        return List.copyOf(functions.subList(0, Math.min(MAX_FUNCTIONS, functions.size())));
    }

    /** One sentence for people. */
    public String message() {
        String names = String.join(", ", functions);
        return cycles == null
                ? "the program contains " + routine + " (" + names + "), which runs in plain instructions where it is "
                        + "called; --profile shows its share"
                : String.format(
                        Locale.ROOT,
                        "%s ran in plain instructions: %,d cycles, %.1f %% of the run (%s)",
                        routine,
                        cycles,
                        100 * share,
                        names);
    }
}
