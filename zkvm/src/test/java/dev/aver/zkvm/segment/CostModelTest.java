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
        CostModel model = new CostModel(1e-3, 2, 5);
        assertThat(model.provingSeconds(segments))
                .isCloseTo(1e-3 * Chip.ADD.cells() * ((1 << 10) + (1 << 12)), within(1e-9));
        assertThat(model.peakBytes(segments)).isEqualTo(5 + 2L * Chip.ADD.cells() * (1 << 12));
    }

    @Test
    void theBasisNamesTheNumbers() {
        CostModel model = CostModel.measured();
        assertThat(CostModel.MEASURED_BASIS)
                .contains("%.2f us".formatted(1e6 * model.coreSecondsPerCell()))
                .contains("%.0f bytes".formatted(model.bytesPerCell()))
                .contains("%d MiB".formatted(model.fixedBytes() >> 20));
    }

    @Test
    void nothingTakesNoTimeAndTheProcessItself() {
        CostModel model = CostModel.measured();
        assertThat(model.provingSeconds(List.of())).isZero();
        assertThat(model.peakBytes(List.of())).isEqualTo(model.fixedBytes());
    }
}
