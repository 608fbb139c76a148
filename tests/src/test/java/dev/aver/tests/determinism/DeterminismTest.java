package dev.aver.tests.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.chips.AtomicChip;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ShiftChip;
import dev.aver.zkvm.isa.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That every instruction table determines, from an instruction and what it reads, what it writes and where the machine
 * goes on. {@link DivisionTest} does so for divisions.
 */
final class DeterminismTest {
    /** All tables whose rows execute something, but for those that have tests of their own. */
    static Stream<Named<Air>> tables() {
        return Machine.CURRENT.tables().stream()
                .filter(table -> table.cycles() == 1)
                .map(Machine.Table::air)
                .filter(air -> air != Machine.CURRENT.shift.air && air != Machine.CURRENT.div.air)
                .map(air -> Named.of(air.name(), air));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theSameInputsGiveTheSameOutputs(Air air) {
        int sc = Machine.CURRENT.atomic.is(Op.SC_W).index();
        List<RowSystem> cases = Cases.of(air).stream()
                .filter(row -> air != Machine.CURRENT.atomic.air || row.known.get(sc) == 0)
                .toList();
        assertThat(cases).as("cases of %s", air.name()).isNotEmpty();
        List<String> open = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            for (int j = i; j < cases.size(); j++) open.addAll(undetermined(cases.get(i), cases.get(j)));
        }
        assertThat(open).isEmpty();
    }

    @Test
    void theSameShiftGivesTheSameResult() {
        ShiftChip chip = Machine.CURRENT.shift;
        List<Column> amount = new ArrayList<>();
        amount.addAll(List.of(chip.right));
        amount.addAll(List.of(chip.left));
        amount.addAll(List.of(chip.leftWord, chip.bits, chip.cut));
        List<RowSystem> cases = Cases.of(chip.air);
        List<String> open = new ArrayList<>();
        for (RowSystem one : cases) {
            for (RowSystem other : cases) {
                if (one != other) assertThat(Determinism.apart(one, other)).isTrue();
            }
            Propagation propagation = new Propagation(one);
            for (Column column : amount) {
                if (!propagation.isDetermined(Poly.atom(column.index()))) open.add(one.known + column.name());
            }
        }
        assertThat(open).isEmpty();
        // The amount being the same, its powers of two are, by their lookup; and so each amount is a case of its own.
        amount.addAll(List.of(chip.power, chip.copower));
        for (RowSystem one : cases) {
            List<RowSystem> shifts = Cases.split(one, amount);
            assertThat(shifts).as("shifts of %s", one.known).hasSizeBetween(32, 64);
            for (RowSystem shift : shifts) open.addAll(undetermined(shift, shift));
        }
        assertThat(open).isEmpty();
    }

    @Test
    void aStoreConditionalSucceedsOrFailsAsItMust() {
        AtomicChip chip = Machine.CURRENT.atomic;
        RowSystem sc = Cases.of(chip.air).stream()
                .filter(row -> row.known.get(chip.is(Op.SC_W).index()) == 1)
                .findFirst()
                .orElseThrow();
        List<RowSystem> both = Cases.split(sc, List.of(chip.fails));
        assertThat(both).hasSize(2);
        for (RowSystem row : both) assertThat(undetermined(row, row)).isEmpty();
        // If one row succeeded, the reservation would be the address; and then the other could not fail.
        Map<Integer, Poly> equal = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            Poly was = Poly.atom(chip.reservationWas[i].index());
            Poly address = Poly.atom(chip.rs1.value()[i].index());
            if (i < 2) assertThat(both.getFirst().statements).contains(List.of(was.minus(address)));
            else {
                address = Poly.constant(0);
                assertThat(both.getFirst().ranges.get(chip.reservationWas[i].index()))
                        .isEqualTo(RowSystem.Range.of(0, 0));
            }
            equal.put(chip.reservationWas[i].index(), address);
        }
        assertThat(both.getLast().statements.stream().map(List::getFirst).map(poly -> poly.with(equal)))
                .contains(Poly.constant(-1));
    }

    @Test
    void theSolverFindsASecondResultWhereAProofIsMissing() {
        Air add = Machine.CURRENT.add.air;
        List<Message> messages = add.messages().stream()
                .filter(message -> message.bus() != Bus.BITS)
                .toList();
        Air forgeable =
                new Air(add.name(), add.preprocessed(), add.columns(), add.constraints(), messages, add.vouches());
        Map<Boolean, List<RowSystem>> byForm = Cases.of(forgeable).stream()
                .collect(Collectors.partitioningBy(row -> Stream.of(Op.ADDW, Op.SUBW, Op.ADDIW)
                        .anyMatch(op -> row.known.get(
                                        Machine.CURRENT.add.instruction.is(op).index())
                                == 1)));
        for (RowSystem word : byForm.get(true))
            assertThat(undetermined(word, word)).isNotEmpty();
        for (RowSystem whole : byForm.get(false))
            assertThat(undetermined(whole, whole)).isEmpty();
    }

    private static List<String> undetermined(RowSystem one, RowSystem other) {
        if (one != other && Determinism.apart(one, other)) return List.of();
        try (Determinism pair = new Determinism(one, other)) {
            boolean exclusive = pair.exclusive();
            String name = one.air.name() + " " + one.known + (one == other ? "" : other.known);
            // A case that no row can be would prove anything.
            if (one == other) assertThat(exclusive).as(name).isFalse();
            if (exclusive) return List.of();
            List<String> undetermined = pair.undetermined();
            return undetermined.stream().map(output -> name + ": " + output).toList();
        }
    }
}
