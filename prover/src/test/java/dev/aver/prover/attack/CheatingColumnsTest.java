package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static dev.aver.verifier.InvalidReceiptException.Reason.CONSTRAINTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.prover.attack.CheatingExtension.Change;
import dev.aver.prover.attack.CheatingExtension.Matrix;
import dev.aver.prover.backend.Backends;
import dev.aver.prover.stark.ScalingProver;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.record.SegmentRecord;
import dev.aver.zkvm.testing.Assembler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No cell of the permutation columns can be another than it is: neither a running product or sum nor a step, in any row
 * of any table. Each attempt is a real proof with cells changed before their column is committed to.
 */
final class CheatingColumnsTest {
    private final CheatingExtension cheater =
            new CheatingExtension(Backends.pick("auto").backend());
    private final Run run = new Run(program(), new byte[0], Fixture.CYCLES, cheater.backend());
    private final Receipt header = run.header();
    private List<Instance> tables = List.of();

    /** Instructions of most kinds. */
    private static Program program() {
        return new Assembler()
                .li(20, 0x9e3779b97f4a7c15L)
                .li(21, 7)
                .reg(Op.ADD, 5, 20, 21)
                .reg(Op.SUB, 6, 20, 5)
                .reg(Op.MUL, 7, 20, 21)
                .reg(Op.XOR, 8, 5, 6)
                .reg(Op.SLTU, 9, 7, 8)
                .imm(Op.SLLI, 10, 20, 5)
                .imm(Op.ADDI, 11, 10, -3)
                .exit(0)
                .build();
    }

    private Receipt prove(Change change) throws Exception {
        SegmentRecord record = run.record(0);
        SegmentTraces.Segment built = run.build(record, run.memory());
        cheater.begin(change);
        Receipt.Segment segment =
                run.prove(header, built.tables(), record, built.rootAfter(), run.statement(header, record, built));
        tables = segment.tables().tables();
        return header.withSegments(List.of(segment));
    }

    /** The numbers of the permutation columns' matrices that have some property, after an honest proof. */
    private List<Integer> matrices(BiPredicate<Air, Boolean> wanted) throws Exception {
        assertThat(Verdict.of(prove(Change.NONE))).as("an honest proof").isEmpty();
        List<Integer> found = new ArrayList<>();
        int at = tables.size();
        for (Instance instance : tables) {
            Air air = Machine.CURRENT.tables().get(instance.table()).air();
            if (air.steps() > 0) {
                if (wanted.test(air, false)) found.add(at);
                at++;
            }
            if (wanted.test(air, true)) found.add(at);
            at++;
        }
        assertThat(at).as("matrices of an honest proof").isEqualTo(cheater.matrices.size());
        return found;
    }

    @Test
    void aCellOfAnAccumulatorOrStep() throws Exception {
        attack(matrices((air, accumulators) -> air.exchanges() > 0), 10, new Random(1));
    }

    /** The first row, where they begin, and the last, behind which they begin again. */
    @Test
    void theEndsOfARunningProduct() throws Exception {
        List<Integer> accumulators = matrices((air, last) -> last && air.exchanges() > 0);
        List<Matrix> all = List.copyOf(cheater.matrices);
        int matrix = accumulators.getLast();
        rejects(matrix, 0, 1);
        rejects(matrix, (1 << all.get(matrix).logHeight()) - 1, 1);
    }

    /** One cycle more than there was, and a running product that begins where it must for that. */
    @Test
    void aRunningProductThatBeginsElsewhere() throws Exception {
        SegmentRecord record = run.record(0);
        SegmentTraces.Segment built = run.build(record, run.memory());
        SegmentStatement<E6> honest = run.statement(header, record, built);
        SegmentStatement<E6> claimed = new SegmentStatement<>(
                honest.imageId(),
                honest.startRow(),
                honest.startRoot(),
                honest.endRow(),
                honest.endRoot(),
                honest.halted(),
                honest.result(),
                honest.cycles().plus(E6.ONE));
        cheater.begin(Change.NONE);
        run.proveWith((backend, key) -> new ScalingProver(backend, key, end(honest), end(claimed)));
        Receipt.Segment proven = run.prove(header, built.tables(), record, built.rootAfter(), claimed);
        Receipt.Segment forged = new Receipt.Segment(
                proven.endRow(), proven.endRoot(), proven.cycles() + 1, proven.tables(), proven.proof());
        assertThat(Verdict.of(header.withSegments(List.of(forged)))).contains(CONSTRAINTS);
    }

    /** What the verifier takes from the bus of states. */
    private static List<E6> end(SegmentStatement<E6> statement) {
        return List.of(statement.endRow(), statement.cycles().plus(E6.ONE), statement.halted());
    }

    @Test
    @Tag("long")
    void aCellOfEveryMatrix() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 5; i++) {
            List<Integer> every = matrices((air, accumulators) -> true);
            attack(every, every.size(), random);
        }
    }

    private void attack(List<Integer> matrices, int attempts, Random random) throws Exception {
        List<Matrix> all = List.copyOf(cheater.matrices);
        for (int i = 0; i < attempts; i++) {
            int matrix =
                    matrices.get(attempts < matrices.size() ? random.nextInt(matrices.size()) : i % matrices.size());
            int cells = all.get(matrix).width() << all.get(matrix).logHeight();
            rejects(matrix, random.nextInt(cells), 1 + random.nextInt(1 << 24));
        }
    }

    private void rejects(int matrix, int cell, int by) throws Exception {
        String what = "matrix %d, cell %d + %d".formatted(matrix, cell, by);
        assertThat(Verdict.of(prove(Change.of(matrix, cell, by)))).as(what).contains(CONSTRAINTS);
    }

    /** The totals are part of the proof, and another one is not what all tables come to. */
    @Test
    void aTotal() throws Exception {
        Receipt receipt = prove(Change.NONE);
        Receipt.Segment segment = receipt.segments().getFirst();
        StarkShape shape = new StarkShape(receipt.parameters(), segment.tables());
        int at = 2
                * (4 * receipt.parameters().suite().digestLength()
                        << receipt.parameters().capLog());
        for (int i = 0; i < shape.totals(); i++) {
            byte[] proof = segment.proof().clone();
            proof[at + 24 * i] ^= 1;
            Receipt.Segment forged =
                    new Receipt.Segment(segment.endRow(), segment.endRoot(), segment.cycles(), segment.tables(), proof);
            assertThat(Verdict.of(header.withSegments(List.of(forged))))
                    .as("total %d", i)
                    .contains(BUS_BALANCE);
        }
    }
}
