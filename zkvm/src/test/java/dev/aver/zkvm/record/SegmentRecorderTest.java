package dev.aver.zkvm.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.testing.Programs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class SegmentRecorderTest {
    private final Program program = Programs.mixed(4500, 40_000);
    private final ProgramTable table = ProgramTable.of(program);

    private List<SegmentSnapshot> snapshots(SegmentRule rule) {
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        Execution e = new Executor(program, Limits.standard(), rule, Executor.EngineFactory.interpreter())
                .run(Input.empty(), Console.NONE, snapshots::add);
        assertThat(e.outcome()).isInstanceOf(Outcome.Halted.class);
        assertThat(e.segments())
                .isEqualTo(snapshots.stream().map(SegmentSnapshot::cost).toList());
        return snapshots;
    }

    private static byte[] bytes(SegmentRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        record.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static byte[] bytes(SegmentSnapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        snapshot.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    @Test
    void anyOrderAndAnyThreadGiveTheSameBytes() throws Exception {
        List<SegmentSnapshot> snapshots = snapshots(SegmentRule.ofCycles(1 << 15));
        assertThat(snapshots).hasSizeGreaterThan(4);
        Map<Integer, byte[]> inOrder = new HashMap<>();
        SegmentRecorder recorder = new SegmentRecorder(table);
        SegmentRecord recycled = null;
        for (SegmentSnapshot s : snapshots) {
            recycled = recorder.record(s, recycled);
            inOrder.put(s.index(), bytes(recycled));
        }
        List<SegmentSnapshot> shuffled = new ArrayList<>(snapshots);
        Collections.shuffle(shuffled, new Random(7));
        try (var pool = Executors.newFixedThreadPool(2)) {
            List<Callable<byte[]>> tasks = new ArrayList<>();
            for (SegmentSnapshot s : shuffled) {
                tasks.add(() -> bytes(new SegmentRecorder(table).record(s, null)));
            }
            List<Future<byte[]>> results = pool.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get())
                        .isEqualTo(inOrder.get(shuffled.get(i).index()));
            }
        }
    }

    @Test
    void segmentsChainAndAnyCutEndsInTheSameState() {
        FinalState whole = finalState(1 << 21);
        for (int cycles : new int[] {1 << 14, 20_001, 1 << 16}) {
            assertThat(finalState(cycles)).as("segments of %d", cycles).isEqualTo(whole);
        }
    }

    /** Cycles of all segments, and the last content of every page. */
    private record FinalState(long cycles, Map<Integer, List<Long>> pages) {}

    private FinalState finalState(int maxCycles) {
        SegmentRecorder recorder = new SegmentRecorder(table);
        Map<Integer, List<Long>> pages = new HashMap<>();
        int row = table.entryRow();
        long cycles = 0;
        for (SegmentSnapshot s : snapshots(SegmentRule.ofCycles(maxCycles))) {
            SegmentRecord r = recorder.record(s, null);
            assertThat(r.startRow()).isEqualTo(row);
            assertThat(r.halt() != null).isEqualTo(s.last());
            for (int i = 0; i < r.pageIds().length; i++) {
                List<Long> before = pages.put(r.pageIds()[i], page(r.lastWords(), i));
                if (before != null) {
                    assertThat(page(r.firstWords(), i)).isEqualTo(before);
                }
            }
            row = r.endRow();
            cycles += r.cycles();
        }
        assertThat(row).isZero();
        return new FinalState(cycles, pages);
    }

    private static List<Long> page(long[] words, int i) {
        return Arrays.stream(words, i * MemoryMap.PAGE_WORDS, (i + 1) * MemoryMap.PAGE_WORDS)
                .boxed()
                .toList();
    }

    /**
     * What the register and memory buses will demand: every access consumes exactly the tuple (address, value, time)
     * that the access before it, or the start, produced, time rises, and the end consumes the last. Checked from the
     * columns alone.
     */
    @Test
    void everyAccessConsumesWhatTheLastOneProduced() {
        int refreshes = 0;
        for (int cycles : new int[] {1 << 15, 1 << 21}) {
            for (SegmentSnapshot s : snapshots(SegmentRule.ofCycles(cycles))) {
                SegmentRecord r = new SegmentRecorder(table).record(s, null);
                new BusCheck(r, table).balance();
                refreshes += r.refreshes().size();
            }
        }
        assertThat(refreshes).isPositive();
    }

    @Test
    void writesAndReadsBack() throws IOException {
        for (SegmentSnapshot s : snapshots(SegmentRule.ofCycles(1 << 17))) {
            SegmentSnapshot back = SegmentSnapshot.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(s))));
            assertThat(back).isEqualTo(s);
            byte[] written = bytes(new SegmentRecorder(table).record(back, null));
            SegmentRecord record = SegmentRecord.readFrom(new DataInputStream(new ByteArrayInputStream(written)));
            assertThat(bytes(record)).isEqualTo(written);
            assertThat(record.table(Chip.ADD).size()).isEqualTo(s.cost().rows(Chip.ADD));
        }
    }

    @Test
    void truncatedFilesAreRejected() throws IOException {
        SegmentSnapshot s = snapshots(SegmentRule.ofCycles(1 << 14)).getFirst();
        byte[] snapshot = bytes(s);
        byte[] record = bytes(new SegmentRecorder(table).record(s, null));
        for (int length : new int[] {0, 3, 4, 100, 1000}) {
            assertThatThrownBy(() -> SegmentSnapshot.readFrom(
                            new DataInputStream(new ByteArrayInputStream(snapshot, 0, length))))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() ->
                            SegmentRecord.readFrom(new DataInputStream(new ByteArrayInputStream(record, 0, length))))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> SegmentSnapshot.readFrom(
                        new DataInputStream(new ByteArrayInputStream(snapshot, 0, snapshot.length - 1))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void snapshotOfAnotherProgramIsRefused() {
        SegmentSnapshot s = snapshots(SegmentRule.ofCycles(1 << 14)).get(1);
        ProgramTable other = ProgramTable.of(Programs.mixed(6001, 40_000));
        assertThat(new SegmentRecorder(table).record(s, null).cycles())
                .isEqualTo(s.cost().cycles());
        SegmentSnapshot wrong = new SegmentSnapshot(
                s.index(), s.startRow() + 8, s.registers(), s.last(), s.cost(), s.pageIds(), s.pages());
        assertThatThrownBy(() -> new SegmentRecorder(other).record(wrong, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another program");
    }
}
