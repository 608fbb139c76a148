package dev.aver.prover.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.chips.BoundaryChip;
import dev.aver.circuits.chips.HashChip;
import dev.aver.circuits.chips.MerkleChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.circuits.memory.PageDigest;
import dev.aver.prover.backend.Buffers;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.Programs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** All three tables together, over recorded segments, against the tree and against the machine's side of the bus. */
final class MemoryTablesTest {
    private static final MemoryTables TABLES =
            new MemoryTables(new BoundaryChip(), new MerkleChip(), new HashChip(), Buffers.FRESH);

    private static MemoryTree start(Program program) {
        return MemoryTree.of(program, new byte[0], new long[MemoryTree.SALT_WORDS]);
    }

    /** What a verifier says, and what the machine does to every word, from the record. */
    private static List<TraceChecker.External> others(SegmentRecord record, MemoryTables.Filled filled) {
        List<TraceChecker.External> others = new ArrayList<>();
        int[] root = new int[20];
        for (int i = 0; i < 9; i++) {
            root[2 + i] = KoalaBear.canonical(filled.rootBefore()[i]);
            root[11 + i] = KoalaBear.canonical(filled.rootAfter()[i]);
        }
        others.add(new TraceChecker.External(Bus.NODE, 1, root));
        for (int page = 0; page < record.pageIds().length; page++) {
            boolean registers = record.pageIds()[page] == MemoryMap.REGISTER_PAGE;
            for (int word = 0; word < 64; word++) {
                int at = 64 * page + word;
                int address = registers ? word : 64 * record.pageIds()[page] + word;
                others.add(access(-1, registers, address, record.firstWords()[at], 0));
                others.add(access(1, registers, address, record.lastWords()[at], record.lastTimes()[at]));
            }
        }
        return others;
    }

    private static TraceChecker.External access(int count, boolean register, int address, long word, int time) {
        int[] tuple = {
            register ? 1 : 0,
            address,
            (int) word & 0xffff,
            (int) (word >>> 16) & 0xffff,
            (int) (word >>> 32) & 0xffff,
            (int) (word >>> 48),
            time
        };
        return new TraceChecker.External(Bus.MEMORY, count, tuple);
    }

    private static void accepts(SegmentRecord record, MemoryTables.Filled filled) {
        assertThat(TraceChecker.check(
                        List.of(filled.boundary(), filled.merkle(), filled.hash()),
                        others(record, filled),
                        ForgedMemory.keys()))
                .as("segment %d", record.index())
                .isEmpty();
    }

    /** Segments chain by their roots, and the last root is that of a tree built from scratch. */
    @Test
    void aChainOfSegments() {
        Program program = Programs.mixed(1500, 12_000);
        Recording recording = Recording.of(program, 1 << 14);
        assertThat(recording.segments()).hasSizeGreaterThan(3);
        MemoryTree tree = start(program);
        TreeMap<Integer, int[]> written = new TreeMap<>();
        int[] root = tree.root();
        for (SegmentRecord record : recording.segments()) {
            MemoryTables.Filled filled = TABLES.fill(record, tree);
            accepts(record, filled);
            assertThat(filled.rootBefore()).isEqualTo(root);
            assertThat(filled.rootAfter()).isEqualTo(tree.root()).isNotEqualTo(root);
            root = filled.rootAfter();
            for (int page = 0; page < record.pageIds().length; page++) {
                int[] digest = new int[9];
                PageDigest.of(record.lastWords(), 64 * page, digest, 0);
                written.put(record.pageIds()[page], digest);
            }
            MemoryTree scratch = start(program);
            scratch.update(
                    written.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    written.values().stream().flatMapToInt(Arrays::stream).toArray());
            assertThat(scratch.root()).isEqualTo(root);
        }
    }

    /** The first and the last page of each half, a page that is read only, and registers alone. */
    @Test
    void theFirstAndTheLastPages() {
        long[] addresses = {
            MemoryMap.PROGRAM_START, MemoryMap.INPUT_START - 8, MemoryMap.INPUT_START, MemoryMap.SALT_START - 8
        };
        Assembler code = new Assembler();
        for (long address : addresses) {
            code.li(5, address).imm(Op.LD, 6, 5, 0).store(Op.SD, 5, 0, 5);
        }
        code.li(5, Assembler.TEXT).imm(Op.LD, 6, 5, 0).exit(0);
        Program program = code.build();
        SegmentRecord record = Recording.of(program, 1 << 14).segments().getFirst();
        assertThat(record.pageIds())
                .containsExactly(8, (int) (Assembler.TEXT >> 9), (1 << 22) - 1, 1 << 22, (1 << 23) - 2, 1 << 23);
        accepts(record, TABLES.fill(record, start(program)));

        SegmentRecord empty = Recording.of(Programs.empty(), 1 << 14).segments().getFirst();
        assertThat(empty.pageIds()).containsExactly(MemoryMap.REGISTER_PAGE);
        MemoryTables.Filled filled = TABLES.fill(empty, start(Programs.empty()));
        accepts(empty, filled);
        assertThat(filled.merkle().logHeight()).isEqualTo(6);
    }

    @Test
    void aTreeInAnotherStateIsRefused() {
        Program program = Programs.mixed(1500, 12_000);
        Recording recording = Recording.of(program, 1 << 14);
        MemoryTree tree = start(program);
        assertThatThrownBy(() -> TABLES.fill(recording.segments().get(1), tree))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("segment 1");
        // Nothing has happened to it.
        accepts(
                recording.segments().getFirst(),
                TABLES.fill(recording.segments().getFirst(), tree));
    }

    /** What a segment costs: the numbers that the machine predicts. */
    @Test
    void rowsFollowFromThePages() {
        Program program = Programs.mixed(300, 12_000);
        SegmentRecord record = Recording.of(program, 1 << 14).segments().getFirst();
        MemoryTables.Filled filled = TABLES.fill(record, start(program));
        int pages = record.pageIds().length;
        int nodes = MemoryTree.touchedNodes(record.pageIds());
        BoundaryChip boundary = new BoundaryChip();
        HashChip hash = new HashChip();
        assertThat(rows(filled.boundary(), boundary.real.index())).isEqualTo(22 * pages);
        assertThat(rows(filled.hash(), hash.sponge.index())).isEqualTo(42 * pages);
        assertThat(rows(filled.hash(), hash.digest.index())).isEqualTo(2 * pages + 2 * nodes);
    }

    private static int rows(Trace trace, int column) {
        int from = column << trace.logHeight();
        return (int) Arrays.stream(trace.main(), from, from + (1 << trace.logHeight()))
                .filter(cell -> cell == KoalaBear.ONE)
                .count();
    }
}
