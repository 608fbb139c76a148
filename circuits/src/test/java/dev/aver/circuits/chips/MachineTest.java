package dev.aver.circuits.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MachineTest {
    private static final Machine MACHINE = Machine.CURRENT;

    /** What a verifier multiplies heights with: without it, a bus could carry p messages that count nothing. */
    @Test
    void aRowWeighsWhatItSaysButNotWhatItAnswers() {
        assertThat(Machine.weight(MACHINE.add.air, Bus.MEMORY)).isEqualTo(6);
        assertThat(Machine.weight(MACHINE.add.air, Bus.STATE)).isEqualTo(2);
        assertThat(Machine.weight(MACHINE.add.air, Bus.RANGE)).isEqualTo(7);
        assertThat(Machine.weight(MACHINE.add.air, Bus.PROGRAM)).isEqualTo(1);
        assertThat(Machine.weight(MACHINE.bits.air, Bus.RANGE)).isZero();
        assertThat(Machine.weight(MACHINE.program.air, Bus.PROGRAM)).isZero();
    }

    @Test
    void onlyTheFixedTablesAndTheProgramAnswer() {
        List<Air> answering = MACHINE.tables().stream()
                .map(Machine.Table::air)
                .filter(air -> air.messages().stream().anyMatch(Message::isAnswer))
                .toList();
        assertThat(answering).containsExactly(MACHINE.program.air, MACHINE.bits.air, MACHINE.bytes.air);
    }

    @Test
    void numbersAreTheTablesPlaces() {
        assertThat(MACHINE.number(MACHINE.program.air)).isEqualTo(Machine.PROGRAM);
        assertThat(MACHINE.number(MACHINE.bytes.air)).isEqualTo(Machine.BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> MACHINE.number(new AddChip().air));
    }
}
