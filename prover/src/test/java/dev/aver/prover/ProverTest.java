package dev.aver.prover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.image.ImageId;
import dev.aver.verifier.Claim;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.program.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProverTest {
    @Test
    void provesARunOfSeveralSegments() throws Exception {
        Program program = Program.fromElf(Path.of(System.getProperty("elf")));
        long t0 = System.nanoTime();
        Proved proved = Prover.create(ProverOptions.standard().withSegmentCycles(Integer.getInteger("cycles", 1 << 14)))
                .proveAndMeasure(program, Input.empty());
        System.out.println(proved.plan() + " " + proved.seconds() + " bits " + proved.provableBits());
        byte[] bytes = proved.receipt().encode();
        long t1 = System.nanoTime();
        Claim claim = Verifier.with(Policy.standard()).verify(Receipt.decode(bytes), ImageId.of(program));
        System.out.println(claim + " " + bytes.length + " " + (t1 - t0) / 1000000 + " verify "
                + (System.nanoTime() - t1) / 1000000);
        assertThat(claim.exitCode()).isZero();
    }
}
