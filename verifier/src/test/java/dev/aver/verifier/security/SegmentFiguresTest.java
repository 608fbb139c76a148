package dev.aver.verifier.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.security.ProofFigures.Fold;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.StarkShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentFiguresTest {
    private static final Parameters PARAMETERS = new Parameters(HashSuite.POSEIDON2, 1, 227, 20, 7, 6, 3);

    @Test
    void aSegmentsFiguresAreThoseOfItsShape() throws InvalidReceiptException {
        StarkShape shape = shape();
        ProofFigures figures = SegmentFigures.of(shape);
        List<ProofTables.Instance> tables = shape.tables().tables();

        assertThat(figures.openings()).isEqualTo(shape.pcs().openings());
        assertThat(figures.logDomain()).isEqualTo(shape.pcs().maxLogSize());
        assertThat(figures.folds().stream().map(Fold::logTo))
                .containsExactlyElementsOf(shape.pcs().schedule().folds().stream()
                        .map(fold -> fold.nextLogSize())
                        .toList());
        assertThat(figures.folds().stream().filter(Fold::entering).count() + 1)
                .isEqualTo(Integer.bitCount(shape.pcs().logSizes()));

        long messages = 4;
        long constraints = 0;
        for (int place = 0; place < tables.size(); place++) {
            Air air = shape.tables().kind(place).air();
            messages += (long) air.messages().size() << tables.get(place).logHeight();
            // A column for two exchanges, and for two other messages; a constraint for each column, and one for where
            // each of the accumulators begins.
            int exchanged =
                    (int) air.messages().stream().filter(Message::isExchanged).count();
            constraints += air.constraints().size()
                    + (exchanged + 3) / 4
                    + (air.messages().size() - exchanged + 1) / 2
                    + (exchanged > 0 ? 2 : 1);
        }
        assertThat(figures.messages()).isEqualTo((double) messages);
        assertThat(figures.constraints()).isEqualTo(constraints);
        assertThat(figures.fieldSize()).isEqualTo(Figures.KOALA_BEAR.pow(6));
        assertThat(figures.queries()).isEqualTo(227);
        assertThat(figures.grindingBits()).isEqualTo(20);
    }

    @Test
    void whatTheReportSaysTheSecondCalculatorConfirms() throws InvalidReceiptException {
        ProofFigures figures = SegmentFigures.of(shape());
        int queries = QueryCount.fewestFor(figures, 128).orElseThrow();
        assertThat(new ExactCalculator(figures.withQueries(queries)).has(128)).isTrue();
        assertThat(new ExactCalculator(figures.withQueries(queries - 1)).has(128))
                .isFalse();
    }

    // Every mandatory table, and two of the first kind that may have two, the taller one of 2^20 rows.
    private static StarkShape shape() throws InvalidReceiptException {
        Machine machine = Machine.CURRENT;
        List<ProofTables.Instance> tables = new ArrayList<>();
        boolean two = false;
        for (int table = 0; table < machine.tables().size(); table++) {
            Machine.Table kind = machine.tables().get(table);
            if (kind.mandatory()) {
                tables.add(new ProofTables.Instance(table, 0, kind.logHeight() > 0 ? kind.logHeight() : 7 + table % 3));
            } else if (kind.instances() == 2 && !two) {
                tables.add(new ProofTables.Instance(table, 0, 20));
                tables.add(new ProofTables.Instance(table, 1, 18));
                two = true;
            }
        }
        return new StarkShape(PARAMETERS, new ProofTables(machine, tables));
    }
}
