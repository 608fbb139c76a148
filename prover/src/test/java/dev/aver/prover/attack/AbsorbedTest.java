package dev.aver.prover.attack;

import static dev.aver.verifier.InvalidReceiptException.Reason.BUS_BALANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Statements;
import dev.aver.verifier.algebra.HostAlgebra;
import dev.aver.verifier.algebra.ProofReader;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.stark.FixedTables;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.ProofTables.Instance;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.verifier.stark.StarkVerifier;
import dev.aver.verifier.stark.VerifyingKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Everything that the transcript begins with is part of what is proven: where the verifier has another value there, an
 * honest proof is rejected, at the first check that depends on a challenge.
 */
final class AbsorbedTest {
    private final Receipt receipt = Fixture.oneSegment();
    private final Receipt.Segment segment = receipt.segments().getFirst();
    private final VerifyingKey key = FixedTables.key(HashSuite.POSEIDON2);
    private final List<int[]> programCap = digests(receipt.image().commitment().cap());
    private final SegmentStatement<E6> statement = Statements.of(
            receipt,
            receipt.image().entryRow(),
            MemoryTree.startRoot(
                    receipt.image().programHalf(), receipt.inputDigest().elements()),
            segment.endRow(),
            segment.endRoot(),
            true,
            segment.cycles());

    private static List<int[]> digests(int[] all) {
        List<int[]> digests = new ArrayList<>();
        for (int at = 0; at < all.length; at += 9) digests.add(Arrays.copyOfRange(all, at, at + 9));
        return digests;
    }

    private void verify(
            VerifyingKey usedKey, Parameters parameters, ProofTables tables, List<int[]> cap, SegmentStatement<E6> said)
            throws InvalidReceiptException {
        ProofReader proof = new ProofReader(segment.proof());
        new StarkVerifier<>(
                        new HostAlgebra(proof, parameters.suite().transcript()),
                        usedKey,
                        new StarkShape(parameters, tables))
                .verify(digests(key.fixedCap()), cap, said);
        proof.end();
    }

    private void rejects(String what, VerifyingKey usedKey, Parameters parameters, List<int[]> cap) {
        rejects(what, usedKey, parameters, segment.tables(), cap, statement);
    }

    private void rejects(
            String what,
            VerifyingKey usedKey,
            Parameters parameters,
            ProofTables tables,
            List<int[]> cap,
            SegmentStatement<E6> said) {
        InvalidReceiptException rejection = catchThrowableOfType(
                InvalidReceiptException.class, () -> verify(usedKey, parameters, tables, cap, said));
        assertThat(rejection).as(what).isNotNull();
        assertThat(rejection.reason()).as(what).isEqualTo(BUS_BALANCE);
    }

    @Test
    void unchangedItIsAccepted() throws Exception {
        verify(key, Run.FEW, segment.tables(), programCap, statement);
    }

    @Test
    void theStatement() {
        List<E6> id = statement.imageId();
        for (int i = 0; i < id.size(); i++) said("image id " + i, 0, i);
        said("start row", 1, 0);
        for (int i = 0; i < id.size(); i++) said("start root " + i, 2, i);
        said("end row", 3, 0);
        for (int i = 0; i < id.size(); i++) said("end root " + i, 4, i);
        said("halted", 5, 0);
        for (int i = 0; i < SegmentStatement.RESULT; i++) said("result " + i, 6, i);
        said("cycles", 7, 0);
    }

    /** Adds 1 to element {@code at} of a field of the statement. */
    private void said(String what, int field, int at) {
        SegmentStatement<E6> other = new SegmentStatement<>(
                field == 0 ? more(statement.imageId(), at) : statement.imageId(),
                field == 1 ? more(statement.startRow()) : statement.startRow(),
                field == 2 ? more(statement.startRoot(), at) : statement.startRoot(),
                field == 3 ? more(statement.endRow()) : statement.endRow(),
                field == 4 ? more(statement.endRoot(), at) : statement.endRoot(),
                field == 5 ? E6.ZERO : statement.halted(),
                field == 6 ? more(statement.result(), at) : statement.result(),
                field == 7 ? more(statement.cycles()) : statement.cycles());
        rejects(what, key, Run.FEW, segment.tables(), programCap, other);
    }

    private static E6 more(E6 value) {
        return value.plus(E6.ONE);
    }

    private static List<E6> more(List<E6> values, int at) {
        List<E6> changed = new ArrayList<>(values);
        changed.set(at, more(values.get(at)));
        return changed;
    }

    /** Each of them gives the same bytes to read up to the first check. */
    @Test
    void theParameters() {
        Parameters p = Run.FEW;
        rejects("queries", new Parameters(p.suite(), 1, p.queries() - 1, p.grindingBits(), 6, 6, 3));
        rejects("more queries", new Parameters(p.suite(), 1, p.queries() + 1, p.grindingBits(), 6, 6, 3));
        rejects("grinding", new Parameters(p.suite(), 1, p.queries(), 0, 6, 6, 3));
        rejects("final polynomial", new Parameters(p.suite(), 1, p.queries(), p.grindingBits(), 6, 5, 3));
        rejects("arity", new Parameters(p.suite(), 1, p.queries(), p.grindingBits(), 6, 6, 2));
        rejects("rate", new Parameters(p.suite(), 2, p.queries(), p.grindingBits(), 6, 6, 3));
    }

    private void rejects(String what, Parameters parameters) {
        rejects(what, key, parameters, programCap);
    }

    @Test
    void theKey() {
        for (int i : new int[] {0, 100, key.fixedCap().length - 1}) {
            int[] cap = key.fixedCap().clone();
            cap[i] = KoalaBear.add(cap[i], KoalaBear.ONE);
            // The openings are still checked against the true cap: only the digest differs.
            rejects("fixed cap " + i, new VerifyingKey(key.machine(), key.suite(), cap), Run.FEW, programCap);
        }
        rejects(
                "the other suite's key",
                new VerifyingKey(
                        key.machine(),
                        HashSuite.BLAKE3,
                        FixedTables.key(HashSuite.BLAKE3).fixedCap()),
                Run.FEW,
                programCap);
    }

    @Test
    void theProgram() {
        for (int i = 0; i < programCap.size(); i += 7) {
            List<int[]> cap = new ArrayList<>(programCap);
            int[] digest = cap.get(i).clone();
            digest[i % 9] = KoalaBear.add(digest[i % 9], KoalaBear.ONE);
            cap.set(i, digest);
            rejects("program cap " + i, key, Run.FEW, cap);
        }
        List<int[]> swapped = new ArrayList<>(programCap);
        swapped.add(swapped.removeFirst());
        rejects("program cap turned", key, Run.FEW, swapped);
    }

    /** Equally many tables, so that the same bytes are the totals: another one, another instance, another height. */
    @Test
    void theTables() throws Exception {
        List<Instance> tables = segment.tables().tables();
        for (int i = 0; i < tables.size(); i++) {
            Instance table = tables.get(i);
            Machine.Table kind = Machine.CURRENT.tables().get(table.table());
            if (kind.logHeight() > 0) continue;
            List<Instance> other = new ArrayList<>(tables);
            other.set(i, new Instance(table.table(), table.instance(), table.logHeight() + 1));
            rejects("height of " + kind.air().name(), other);
        }
        List<Instance> other = new ArrayList<>(tables);
        Instance last = other.removeLast();
        other.add(new Instance(last.table() + 1, last.instance(), last.logHeight()));
        rejects("another table", other);
    }

    private void rejects(String what, List<Instance> tables) throws InvalidReceiptException {
        rejects(what, key, Run.FEW, new ProofTables(Machine.CURRENT, tables), programCap, statement);
    }
}
