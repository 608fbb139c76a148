package dev.aver.prover.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.backend.Backend;
import dev.aver.prover.backend.ScalarBackend;
import dev.aver.prover.backend.simd.SimdBackend;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.verifier.Receipt;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What earlier proofs left in arrays gets into no later one. */
final class ReusedBuffersTest {
    @Test
    void theSameBytesWhateverArraysHoldWhenTheyAreTaken() throws Exception {
        List<Function<SoiledBuffers, Backend>> backends =
                List.of(buffers -> new SimdBackend(2, buffers), buffers -> new ScalarBackend(2, buffers));
        for (Function<SoiledBuffers, Backend> with : backends) {
            SoiledBuffers buffers = new SoiledBuffers();
            Run run = new Run(Fixture.loop(), new byte[0], Fixture.CYCLES, with.apply(buffers));
            Receipt header = run.header();
            MemoryTree memory = run.memory();
            int key = buffers.lent();
            List<Receipt.Segment> segments = new ArrayList<>();
            for (int i = 0; i < run.segments(); i++) {
                SegmentRecord record = run.record(i);
                SegmentTraces.Segment built = run.build(record, memory);
                segments.add(run.prove(
                        header, built.tables(), record, built.rootAfter(), run.statement(header, record, built)));
                buffers.giveAllBut(key);
            }
            assertThat(header.withSegments(segments).encode())
                    .isEqualTo(Fixture.twoSegments().encode());
        }
    }
}
