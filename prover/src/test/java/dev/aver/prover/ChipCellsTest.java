package dev.aver.prover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.Machine;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.zkvm.isa.Chip;
import org.junit.jupiter.api.Test;

/** What the machine takes a row to cost is what its table commits to. */
final class ChipCellsTest {
    @Test
    void areThoseOfTheTables() {
        for (Chip chip : SegmentTraces.instructionChips()) {
            assertThat(chip.cells())
                    .as(chip.name())
                    .isEqualTo(SegmentTraces.air(chip).cells());
        }
        Machine machine = Machine.CURRENT;
        assertThat(Chip.HALT.cells()).isEqualTo(machine.halt.air.cells());
        assertThat(Chip.REFRESH.cells()).isEqualTo(machine.refresh.air.cells());
        assertThat(Chip.BOUNDARY.cells()).isEqualTo(machine.boundary.air.cells());
        assertThat(Chip.MERKLE.cells()).isEqualTo(machine.merkle.air.cells());
        assertThat(Chip.HASH.cells()).isEqualTo(machine.hash.air.cells());
    }
}
