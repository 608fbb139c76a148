package dev.aver.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aver.circuits.image.ImageId;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.NotProvableException.Reason;
import dev.aver.verifier.Claim;
import dev.aver.verifier.InputDigest;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.testing.Assembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProverTest {
    /** Counts down from so many, in two instructions each, and exits with 3. */
    private static Program countdown(int from) {
        return new Assembler()
                .li(5, from)
                .imm(Op.ADDI, 5, 5, -1)
                .branch(Op.BNE, 5, 0, -4)
                .li(6, 3)
                .exit(6)
                .build();
    }

    @Test
    void theSameBytesOnEveryBackendAndAfterAnInterruption(@TempDir Path directory) throws Exception {
        Program program = countdown(12_000);
        Input input = Input.of(new byte[] {1, 2, 3});
        ProverOptions options =
                ProverOptions.standard().withSegmentCycles(1 << 14).withSeed(7).withCheckpoint(directory);
        Proved proved = Prover.create(options.withBackend("simd")).proveAndMeasure(program, input);
        Receipt receipt = proved.receipt();
        assertThat(receipt.segments()).hasSizeGreaterThan(1);
        assertThat(proved.provableBits()).isEqualTo(128);
        assertThat(receipt.parameters().queries()).isEqualTo(proved.plan().queries());
        Claim claim = Verifier.with(Policy.standard().withExitCode(3))
                .verify(Receipt.decode(receipt.encode()), ImageId.of(program));
        assertThat(claim.cycles()).isEqualTo(proved.execution().cycles());
        assertThat(claim.journal()).isEmpty();

        Files.delete(directory.resolve("segment-1"));
        List<Boolean> resumed = new ArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void segment(int segment, int cycles, boolean found) {
                resumed.add(found);
            }
        };
        Receipt again = Prover.create(options.withBackend("scalar").withProgress(listener))
                .prove(program, input);
        assertThat(again.encode()).isEqualTo(receipt.encode());
        assertThat(resumed).hasSameSizeAs(receipt.segments()).startsWith(true, false);

        byte[] damaged = Files.readAllBytes(directory.resolve("segment-0"));
        damaged[damaged.length / 2] ^= 1;
        Files.write(directory.resolve("segment-0"), damaged);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Prover.create(options).prove(program, input))
                .withMessageContaining("segment");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Prover.create(options).prove(program, Input.empty()))
                .withMessageContaining("another proof");
    }

    @Test
    void anInputCanBeBound() throws Exception {
        Program program = countdown(3);
        byte[] input = {42};
        Receipt receipt =
                Prover.create(ProverOptions.standard().withBindInput(true)).prove(program, Input.of(input));
        MemoryTree memory = MemoryTree.of(program, input, new long[MemoryTree.SALT_WORDS]);
        Policy policy = Policy.standard().withExitCode(3).withInput(new InputDigest(memory.inputHalf()));
        assertThat(Verifier.with(policy).verify(receipt, ImageId.of(program)).exitCode())
                .isEqualTo(3);
    }

    @Test
    void refusesWhatHasNoProof() {
        Program trap = new Assembler().op(Op.EBREAK, 0, 0, 0, 0).build();
        assertThatExceptionOfType(NotProvableException.class)
                .isThrownBy(() -> Prover.create(ProverOptions.standard()).prove(trap, Input.empty()))
                .matches(e -> e.reason() == Reason.OUTCOME && e.outcome().isPresent());
        assertThatExceptionOfType(NotProvableException.class)
                .isThrownBy(() -> Prover.create(ProverOptions.standard().withMemory(1 << 20))
                        .prove(countdown(3), Input.empty()))
                .withMessageContaining("MiB")
                .matches(e -> e.reason() == Reason.MEMORY);
    }
}
