package dev.aver.zkvm.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.record.SegmentSnapshot;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.Programs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentMeterTest {
    private static List<SegmentSnapshot> run(Program program, SegmentRule rule) {
        List<SegmentSnapshot> snapshots = new ArrayList<>();
        Execution e = new Executor(program, Limits.standard(), rule, Executor.EngineFactory.interpreter())
                .run(Input.empty(), Console.NONE, snapshots::add);
        assertThat(e.outcome()).isInstanceOf(Outcome.Halted.class);
        return snapshots;
    }

    /**
     * Rows of the memory tables, from the definition: distinct ancestors of the touched leaves, levels from the leaves
     * up.
     */
    @Test
    void memoryRowsFollowFromTheTouchedPages() {
        for (SegmentSnapshot s : run(Programs.mixed(2000, 100_000), SegmentRule.ofCycles(1 << 15))) {
            Set<Long> nodes = new HashSet<>();
            for (int i = 0; i <= s.pageIds().length; i++) {
                long index = i < s.pageIds().length ? s.pageIds()[i] : MemoryMap.REGISTER_PAGE;
                for (long level = 1; level <= MemoryMap.TREE_DEPTH; level++) {
                    index >>= 1;
                    nodes.add(level << 32 | index);
                }
            }
            int pages = s.pageIds().length + 1;
            assertThat(s.cost().pages()).isEqualTo(pages - 1);
            assertThat(s.cost().rows(Chip.BOUNDARY)).isEqualTo(pages * 22);
            assertThat(s.cost().rows(Chip.MERKLE)).isEqualTo(nodes.size());
            // 256 limbs of a page in blocks of 15, before and after; a node before and after.
            assertThat(s.cost().rows(Chip.HASH)).isEqualTo(pages * 2 * 22 + 2 * nodes.size());
        }
    }

    /**
     * A program that touches a new page with every other instruction: the page capacity ends segments, never the cycle
     * limit.
     */
    @Test
    void pageCapacityIsNeverPassed() {
        Assembler a = new Assembler().li(5, 0x100000).li(6, 60_000).li(7, MemoryMap.PAGE_SIZE);
        a.store(Op.SD, 5, 0, 5).reg(Op.ADD, 5, 5, 7).imm(Op.ADDI, 6, 6, -1);
        a.branch(Op.BNE, 6, 0, -12).exit(0);
        SegmentRule rule = SegmentRule.ofCycles(1 << 19);
        List<SegmentSnapshot> segments = run(a.build(), rule);
        assertThat(segments).hasSizeGreaterThan(5);
        for (SegmentSnapshot s : segments) {
            assertThat(s.cost().rows(Chip.HASH)).isLessThanOrEqualTo(rule.maxHashRows());
        }
        // Full to the last strides' reserve.
        for (SegmentSnapshot s : segments.subList(0, segments.size() - 1)) {
            assertThat(s.cost().rows(Chip.HASH)).isGreaterThan(rule.maxHashRows() / 2);
        }
    }

    @Test
    void endsAtTheCycleLimitExactly() {
        // No waste is ever accepted, so only the limit ends a segment.
        SegmentRule rule = new SegmentRule(20_000, 1 << 17, -1, -1);
        List<SegmentSnapshot> segments = run(Programs.mixed(3000, 4096), rule);
        assertThat(segments).hasSizeGreaterThan(3);
        for (SegmentSnapshot s : segments.subList(0, segments.size() - 1)) {
            assertThat(s.cost().cycles()).isEqualTo(20_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, 0, 0, 0",
        "ADD, 1, 1, 64",
        "ADD, 64, 64, 64",
        "ADD, 65, 65, 128",
        "ADD, 128, 128, 128",
        "ADD, 129, 2048, 192",
        "ADD, 129, 2049, 256",
        "ADD, 193, 193, 256",
        "ADD, 1000, 1000, 1024",
        "ADD, 1025, 30720, 1088",
        "ADD, 1025, 30721, 2048",
        "ADD, 1536, 16384, 1536",
        "ADD, 1536, 16385, 2048",
        "ADD, 1537, 1537, 2048",
        "HASH, 1, 1, 64",
        "HASH, 65, 100, 128",
        "HASH, 1025, 2000, 2048"
    })
    void padsToOnePowerOfTwoOrTwo(Chip chip, int rows, int cycles, long padded) {
        assertThat(SegmentCost.paddedRows(chip.ordinal(), rows, cycles)).isEqualTo(padded);
    }

    @Test
    void ruleRefusesWhatCannotWork() {
        assertThatThrownBy(() -> SegmentRule.ofCycles(1 << 22)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SegmentRule.ofCycles((1 << 14) - 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SegmentRule(1 << 20, 1 << 16, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(SegmentRule.ofCycles((1 << 22) - 1).maxCycles()).isEqualTo((1 << 22) - 1);
    }
}
