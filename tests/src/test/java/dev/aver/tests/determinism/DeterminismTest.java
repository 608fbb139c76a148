package dev.aver.tests.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.AddChip;
import dev.aver.circuits.chips.BitwiseChip;
import dev.aver.circuits.chips.ConstChip;
import dev.aver.circuits.chips.LoadChip;
import dev.aver.circuits.chips.LoadDoubleChip;
import dev.aver.circuits.chips.MulChip;
import dev.aver.circuits.chips.ShiftChip;
import dev.aver.circuits.chips.StoreDoubleChip;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DeterminismTest {
    static Stream<Air> tables() {
        return Stream.of(
                new AddChip().air,
                new ConstChip().air,
                new BitwiseChip().air,
                new LoadDoubleChip().air,
                new LoadChip().air,
                new StoreDoubleChip().air,
                new MulChip().air);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theSameInputsGiveTheSameOutputs(Air air) {
        List<RowSystem> cases = Cases.of(air);
        assertThat(cases).as("cases of %s", air.name()).isNotEmpty();
        List<String> open = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            for (int j = i; j < cases.size(); j++) open.addAll(undetermined(cases.get(i), cases.get(j)));
        }
        assertThat(open).isEmpty();
    }

    @Test
    void theSameShiftGivesTheSameResult() {
        ShiftChip chip = new ShiftChip();
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

    private static List<String> undetermined(RowSystem one, RowSystem other) {
        if (one != other && Determinism.apart(one, other)) return List.of();
        try (Determinism pair = new Determinism(one, other)) {
            long start = System.nanoTime();
            boolean exclusive = pair.exclusive();
            String name = one.air.name() + " " + one.known + (one == other ? "" : other.known);
            // A case that no row can be would prove anything.
            if (one == other) assertThat(exclusive).as(name).isFalse();
            if (exclusive) return List.of();
            List<String> undetermined = pair.undetermined();
            if (System.nanoTime() - start > 1e9)
                System.out.printf(
                        "%s: %s %s %.1f s%n",
                        name,
                        undetermined,
                        undetermined.isEmpty() ? "" : pair.undeterminedAtoms(),
                        (System.nanoTime() - start) / 1e9);
            return undetermined.stream().map(output -> name + ": " + output).toList();
        }
    }
}
