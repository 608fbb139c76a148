package dev.aver.zkvm.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aver.zkvm.isa.Chip;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static SegmentCost segment(int additions) {
        int[] rows = new int[Chip.COUNT];
        rows[Chip.ADD.ordinal()] = additions;
        return new SegmentCost(additions, 0, rows);
    }

    @Test
    void timeAddsUpAndMemoryIsTheLargestSegments() {
        List<SegmentCost> segments = List.of(segment(1 << 10), segment(1 << 12));
        CostModel model = new CostModel(1e-3, 2);
        assertThat(model.provingSeconds(segments))
                .isCloseTo(1e-3 * Chip.ADD.cells() * ((1 << 10) + (1 << 12)), within(1e-9));
        assertThat(model.peakBytes(segments)).isEqualTo(2L * Chip.ADD.cells() * (1 << 12));
    }

    @Test
    void budgetIsTheDesigns() {
        // A cycle of 118 cells takes 8.4 µs; a cell is 4 bytes, once as it is and twice extended.
        assertThat(CostModel.budget().coreSecondsPerCell() * 118).isCloseTo(8.4e-6, within(1e-12));
        assertThat(CostModel.budget().bytesPerCell()).isEqualTo(12);
    }

    @Test
    void nothingCostsNothing() {
        assertThat(CostModel.budget().provingSeconds(List.of())).isZero();
        assertThat(CostModel.budget().peakBytes(List.of())).isZero();
    }
}
