package dev.aver.tests.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.prover.Prover;
import dev.aver.prover.ProverOptions;
import dev.aver.verifier.AnyParameters;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two verifiers, written independently, accept and reject the same. */
final class SecondVerifierTest {
    private static final long SEED = 20261123;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void onAShortRunWithPoseidon2() throws Exception {
        compare(SmallReceipts.prove(SmallReceipts.publishing(), SmallReceipts.parameters(HashSuite.POSEIDON2, 2)), 1);
    }

    @Test
    void onTwoSegmentsWithBlake3() throws Exception {
        compare(SmallReceipts.prove(SmallReceipts.mixed(), SmallReceipts.parameters(HashSuite.BLAKE3, 2)), 2);
    }

    private void compare(Receipt receipt, int segments) throws Exception {
        assertThat(receipt.segments()).hasSize(segments);
        byte[] bytes = receipt.encode();
        List<String> names = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        List<byte[]> mutants = new ArrayList<>(List.of(bytes));
        names.add("unchanged");
        for (Map.Entry<String, byte[]> mutant : Mutations.of(bytes, SEED).entrySet()) {
            names.add(mutant.getKey());
            mutants.add(mutant.getValue());
        }
        for (int i = 0; i < mutants.size(); i++) {
            files.add(Files.write(folder.resolve(i + ".receipt"), mutants.get(i)));
        }
        List<String> theirs = SecondVerifier.verdicts(files);
        assertThat(theirs.getFirst()).isEqualTo(claim(receipt));
        AnyParameters.verify(bytes);
        List<String> accepted = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            if (theirs.get(i).startsWith("ACCEPT")) accepted.add("the second accepts " + names.get(i));
            if (accepts(mutants.get(i))) accepted.add("the first accepts " + names.get(i));
        }
        assertThat(accepted).as("of mutants with seed " + SEED).isEmpty();
    }

    private static boolean accepts(byte[] receipt) {
        try {
            AnyParameters.verify(receipt);
            return true;
        } catch (InvalidReceiptException rejected) {
            return false;
        }
    }

    /** What the second verifier says of a receipt that it accepts: all that it has computed from it. */
    private static String claim(Receipt receipt) {
        return "ACCEPT image %s exit %s cycles %d bits %d journal %s"
                .formatted(
                        receipt.image().id(),
                        Integer.toUnsignedString(receipt.exitCode()),
                        receipt.cycles(),
                        Verifier.security(receipt).bits(),
                        HexFormat.of().formatHex(receipt.journal()));
    }

    @Test
    @Tag("long")
    void onReceiptsThatAPolicyAdmits() throws Exception {
        Program program = SmallReceipts.publishing();
        for (HashSuite suite : List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3)) {
            Receipt receipt =
                    Prover.create(ProverOptions.standard().withSuite(suite)).prove(program, Input.empty());
            Path file = Files.write(folder.resolve(suite.name()), receipt.encode());
            String image = receipt.image().id().toString();
            assertThat(SecondVerifier.run(List.of(), file.toString(), "--image", image))
                    .containsExactly(claim(receipt));
            assertThat(SecondVerifier.run(List.of(), file.toString(), "--image", image, "--exit-code", "1"))
                    .containsExactly("REJECT exit code 0");
        }
    }

    @Test
    @Tag("long")
    void theFixedTablesHaveTheirCommitments() throws Exception {
        assertThat(SecondVerifier.run(List.of(), "--fixed"))
                .containsExactly("as computed: poseidon2-koalabear-24", "as computed: blake3");
    }
}
