package dev.aver.tests.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.circuits.image.ImageId;
import dev.aver.prover.NotProvableException;
import dev.aver.prover.Proved;
import dev.aver.prover.Prover;
import dev.aver.prover.ProverOptions;
import dev.aver.verifier.Claim;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.testing.Programs;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From ELF and input to an accepted receipt whose claim is the known answer. */
final class ProvenSamplesTest {
    private static final Prover PROVER =
            Prover.create(ProverOptions.standard().withMemory(3L << 30).withSegmentCycles(1 << 18));

    static List<Case> traps() throws IOException {
        return Case.all().stream()
                .filter(sample -> sample.exit().equals("trap"))
                .toList();
    }

    static List<Case> some() throws IOException {
        List<String> names = List.of("mlp/sigmoid", "keccak-merkle/member");
        return Case.all().stream()
                .filter(sample -> names.contains(sample.name()))
                .toList();
    }

    static List<Case> halting() throws IOException {
        return Case.all().stream()
                .filter(sample -> !sample.exit().equals("trap"))
                .toList();
    }

    /** The claim of a proven run, which has to be the run that the machine reports. */
    private static Claim proven(Program program, Input input) throws Exception {
        Proved proved = PROVER.proveAndMeasure(program, input);
        assertThat(proved.provableBits()).isEqualTo(128);
        Outcome.Halted outcome = (Outcome.Halted) proved.execution().outcome();
        Claim claim = Verifier.with(Policy.standard().withExitCode(outcome.exitCode()))
                .verify(Receipt.decode(proved.receipt().encode()), ImageId.of(program));
        assertThat(claim.cycles()).isEqualTo(proved.execution().cycles());
        assertThat(claim.exitCode()).isEqualTo(outcome.exitCode());
        return claim;
    }

    @ParameterizedTest
    @MethodSource("some")
    void areProven(Case sample) throws Exception {
        Claim claim = proven(sample.program(), sample.readInput());
        assertThat(claim.journal()).isEqualTo(sample.journal());
        assertThat(claim.exitCode()).isEqualTo(Integer.parseUnsignedInt(sample.exit()));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("halting")
    void areAllProven(Case sample) throws Exception {
        areProven(sample);
    }

    @ParameterizedTest
    @MethodSource("traps")
    void thatTrapHaveNoProof(Case sample) {
        assertThatExceptionOfType(NotProvableException.class)
                .isThrownBy(() -> PROVER.prove(sample.program(), sample.readInput()))
                .matches(e -> e.reason() == NotProvableException.Reason.OUTCOME);
    }

    @Test
    void theEmptyProgramIsProven() throws Exception {
        assertThat(proven(Programs.empty(), Input.empty()).cycles()).isPositive();
    }

    @Test
    void aProgramOfEveryKindOfInstructionIsProven() throws Exception {
        assertThat(proven(Programs.mixed(300, 4_000), Input.empty()).cycles()).isGreaterThan(1_000);
    }

    @Tag("long")
    @Test
    void twentyMillionCyclesAreProven() throws Exception {
        Program program = Programs.mixed(500_000, 40_000);
        assertThat(proven(program, Input.empty()).cycles()).isGreaterThan(20_000_000);
    }
}
