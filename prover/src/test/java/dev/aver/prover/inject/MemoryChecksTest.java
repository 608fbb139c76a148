package dev.aver.prover.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.hash.Poseidon2;
import dev.aver.circuits.hash.Poseidon2Suite;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.prover.trace.Fillers;
import dev.aver.prover.trace.LookupKeys;
import dev.aver.prover.trace.MemoryTables.Filled;
import dev.aver.prover.trace.Trace;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.CheatingRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** For each constraint of the hash table and of the tree's table a row that it alone stops. */
@TestInstance(Lifecycle.PER_CLASS)
final class MemoryChecksTest {
    private static final int WIDTH = Poseidon2.WIDTH;
    private static final int STEPS = Poseidon2.KOALABEAR_24.steps();
    private static final int DIGEST = Poseidon2Suite.DIGEST;

    private final ProgramTable program;
    private final Filled tables;

    MemoryChecksTest() {
        Program random = RandomPrograms.of(1);
        program = ProgramTable.of(random);
        CheatingRecorder recorder = new CheatingRecorder(random, program);
        recorder.begin(1000);
        while (recorder.step(program)) {}
        tables = Fillers.memory(recorder.end(), MemoryTree.of(random, new byte[0], new long[MemoryTree.SALT_WORDS]));
    }

    private ForgedRow row(Trace trace, int row) {
        ForgedRow forged = new ForgedRow(trace.air(), new LookupKeys(program));
        forged.load(trace, row);
        return forged;
    }

    /** A row in which these columns are 1 and the others 0. */
    private ForgedRow rowWhere(Trace trace, String one, String zero) {
        for (int i = 0; ; i++) {
            NamedRow row = new NamedRow(row(trace, i));
            if (row.get(one) != 0 && row.get(zero) == 0) return row.row;
        }
    }

    private static void violatesOnly(ForgedRow row, int check) {
        BitSet only = new BitSet();
        only.set(check);
        assertThat(row.violated()).as(row.name(check)).isEqualTo(only);
    }

    /**
     * A step that is off by one, and all behind it as they follow from it: the row says a digest, or a state inside a
     * sponge, that the permutation does not give.
     */
    @Test
    void everyStepOfAPermutation() {
        BitSet unseen = new BitSet();
        unseen.set(0, STEPS);
        for (String use : List.of("is sponge", "is digest")) {
            ForgedRow row = rowWhere(tables.hash(), use, use.equals("is sponge") ? "is digest" : "is sponge");
            int[] honest = IntStream.range(0, row.air.width()).map(row::get).toArray();
            List<int[]> said = said(row);
            for (int step = 0; step < STEPS; step++) {
                row.set(WIDTH + step, KoalaBear.add(honest[WIDTH + step], KoalaBear.ONE));
                for (int i = step + 1; i < STEPS; i++) row.set(WIDTH + i, row.solve(i, 0, WIDTH + i));
                violatesOnly(row, step);
                if (!same(said, said(row))) unseen.clear(step);
                for (int i = step; i < STEPS; i++) row.set(WIDTH + i, honest[WIDTH + i]);
            }
        }
        // Neither a digest nor a capacity has elements 9 to 11. They are there because rounds are all alike.
        assertThat(unseen.stream()
                        .mapToObj(step -> tables.hash().air().columns().get(WIDTH + step)))
                .containsExactly("full 9[9]", "full 9[10]", "full 9[11]");
    }

    private static List<int[]> said(ForgedRow row) {
        List<int[]> said = new ArrayList<>();
        for (int m = 0; m < row.messages; m++) if (row.count(m) != 0) said.add(row.tuple(m));
        return said;
    }

    private static boolean same(List<int[]> left, List<int[]> right) {
        return Arrays.deepEquals(left.toArray(), right.toArray());
    }

    @Test
    void theSelectorsOfAHash() {
        ForgedRow row = rowWhere(tables.hash(), "is sponge", "is digest");
        new NamedRow(row).set("is digest", -1).set("is sponge", 1);
        violatesOnly(row, STEPS + 1);
        assertThat(row.count(1)).as("it takes a digest, as if it asked for it").isEqualTo(-1);
        row = rowWhere(tables.hash(), "is digest", "is sponge");
        new NamedRow(row).set("is sponge", -1);
        violatesOnly(row, STEPS);
        assertThat(row.count(0)).isEqualTo(-1);
        // Both at once would be true, twice: that one row speaks once is more than what is needed.
        new NamedRow(row).set("is sponge", 1);
        violatesOnly(row, STEPS + 2);
        assertThat(row.constraints).isEqualTo(STEPS + 3);
    }

    @Test
    void everyConstraintOfTheTree() {
        BitSet shown = new BitSet();
        for (int side = 0; side < 2; side++) {
            String touched = side == 0 ? "left touched" : "right touched";
            String other = side == 0 ? "right touched" : "left touched";
            // The untouched child's digest is another one afterwards, and so is the node's.
            for (int i = 0; i < DIGEST; i++) {
                ForgedRow row = rowWhere(tables.merkle(), other, touched);
                NamedRow named = new NamedRow(row);
                int child = (1 + side) * DIGEST + i;
                named.put("after[" + child + "]", KoalaBear.add(named.get("after[" + child + "]"), KoalaBear.ONE));
                int[] family = new int[3 * DIGEST];
                for (int j = 0; j < family.length; j++) family[j] = named.get("after[" + j + "]");
                HashSuite.POSEIDON2.node(family, DIGEST, family, 2 * DIGEST, family, 0);
                for (int j = 0; j < DIGEST; j++) named.put("after[" + j + "]", family[j]);
                violatesOnly(row, 2 + 2 * i + side);
                shown.set(2 + 2 * i + side);
            }
            // An untouched child is given twice.
            ForgedRow row = rowWhere(tables.merkle(), other, touched);
            new NamedRow(row).set(touched, 2);
            violatesOnly(row, side);
            assertThat(row.count(1 + side)).as("neither 0 nor 1").isEqualTo(2);
            shown.set(side);
        }
        assertThat(shown.cardinality())
                .isEqualTo(Machine.CURRENT.merkle.air.constraints().size());
    }
}
