package dev.aver.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.image.ImageId;
import dev.aver.prover.Proved;
import dev.aver.prover.Prover;
import dev.aver.prover.ProverOptions;
import dev.aver.verifier.Claim;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The random programs that the machine is compared with qemu on have proofs too. */
final class ProvenRandomProgramsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areProven(long seed) throws Exception {
        Program program = Program.fromElf(RandomProgram.of(seed).elf());
        ProverOptions options = ProverOptions.standard().withMemory(3L << 30).withSegmentCycles(1 << 16);
        Proved proved = Prover.create(options).proveAndMeasure(program, Input.empty());
        Receipt receipt = proved.receipt();
        Claim claim = Verifier.with(Policy.standard().withExitCode(receipt.exitCode()))
                .verify(receipt, ImageId.of(program));
        assertThat(claim.cycles()).isEqualTo(proved.execution().cycles());
    }
}
