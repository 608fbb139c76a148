package dev.aver.prover.inject;

import dev.aver.circuits.air.Air;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.CheatingRecorder;
import dev.aver.zkvm.record.SegmentRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Injects faults into the run of one program. */
final class Campaign {
    /** No program here runs longer, unless a fault makes it. */
    private static final int CYCLES = 400;

    /** Instructions at which a fault is tried before it is given up. */
    private static final int TRIES = 16;

    /** One fault in so many is shown to the trace checker even if it was stopped before. */
    private static final int CONFIRM = 256;

    /** What stopped a fault. */
    enum Stop {
        /** A constraint or a lookup of the faulted row. */
        ROW,
        /** The state or the memory bus. */
        BUSES,
        /** Another table, or another bus. */
        WHOLE,
        /** The filler: there is no witness that it would know of. */
        FILLER,
        /** There was no fault: the record is the honest one. */
        NO_EFFECT,
        /** The fault cannot happen at this instruction. */
        IMPOSSIBLE,
        /** Nothing: a verifier would accept. */
        NOTHING
    }

    /**
     * What became of a fault.
     *
     * @param air the faulted row's table; null if there is none
     * @param violated what the row alone violates, as {@link AirCheck#violations} has it
     * @param only whether that is one thing, and the buses that instructions share balance
     */
    record Outcome(Stop stop, Air air, BitSet violated, boolean only) {
        static Outcome of(Stop stop) {
            return new Outcome(stop, null, new BitSet(), false);
        }
    }

    private final long seed;
    private final Program program;
    private final ProgramTable table;
    private final CheatingRecorder recorder;
    private final List<ProgramTable> others = new ArrayList<>();
    private final Map<Chip, List<Integer>> sites = new EnumMap<>(Chip.class);
    private final byte[] honest;
    final Judge judge;

    Campaign(long seed, Program program) {
        this.seed = seed;
        this.program = program;
        table = ProgramTable.of(program);
        recorder = new CheatingRecorder(program, table);
        judge = new Judge(program, table);
        Random random = new Random(seed);
        for (int i = 0; i < 24; i++) others.add(RandomPrograms.changed(program, i % 3, random));
        recorder.begin(CYCLES);
        for (int i = 0; ; i++) {
            Attempt attempt = attempt(null, random);
            try {
                attempt.step();
            } catch (Attempt.Impossible end) {
                throw new AssertionError("a program that traps, seed " + seed, end);
            }
            sites.computeIfAbsent(attempt.chip, chip -> new ArrayList<>()).add(i);
            if (attempt.chip == Chip.HALT) break;
        }
        honest = bytes(recorder.end());
    }

    private Attempt attempt(Chip chip, Random random) {
        return new Attempt(recorder, table, others, chip, random);
    }

    /** What is wrong with the honest record. */
    List<String> honestComplaints() throws Exception {
        SegmentRecord record = run(null, -1, new Attempt[0], null, null);
        Judge.Tables tables = judge.fill(record, null);
        List<String> complaints = new ArrayList<>(judge.whole(record, tables, false));
        if (!judge.balances(record, tables)) complaints.add("the buses do not balance");
        return complaints;
    }

    /** Injects faults, to see what it takes to stop them. */
    void cover(ConstraintCoverage coverage, int faults) throws Exception {
        for (int i = 0; i < faults; i++) {
            Fault fault = Fault.values()[i % Fault.values().length];
            for (Chip chip : fault.chips()) {
                Outcome outcome = inject(fault, chip, i);
                if (outcome.only()) coverage.add(judge.check(outcome.air()), outcome.violated());
            }
        }
    }

    /** Runs to the end; at instruction {@code site} the fault is injected. */
    private SegmentRecord run(Fault fault, int site, Attempt[] made, Chip chip, Random random) {
        recorder.begin(CYCLES);
        for (int i = 0; i < CYCLES - 8; i++) {
            if (i == site) {
                made[0] = attempt(chip, random);
                fault.inject(made[0]);
            } else if (!recorder.step(table)) {
                break;
            }
        }
        SegmentRecord record = recorder.end();
        if (made.length > 0) made[0].afterwards.forEach(change -> change.accept(record));
        return record;
    }

    /**
     * Injects one fault into an instruction of a chip, and judges the outcome.
     *
     * @param number which one: a seed
     */
    Outcome inject(Fault fault, Chip chip, long number) throws Exception {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + number);
        List<Integer> at = sites.getOrDefault(chip, List.of());
        for (int tries = 0; tries < TRIES && !at.isEmpty(); tries++) {
            Attempt[] made = new Attempt[1];
            try {
                SegmentRecord record = run(fault, at.get(random.nextInt(at.size())), made, chip, random);
                return judge(record, made[0], random.nextInt(CONFIRM) == 0);
            } catch (Attempt.Impossible e) {
                // Another instruction, perhaps.
            }
        }
        return Outcome.of(Stop.IMPOSSIBLE);
    }

    private Outcome judge(SegmentRecord record, Attempt attempt, boolean confirm) throws Exception {
        Judge.Tables tables;
        try {
            tables = judge.fill(record, attempt);
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Outcome.of(Stop.FILLER);
        }
        Air air = tables.faulted == null ? null : tables.faulted.air();
        BitSet violated = judge.row(tables);
        boolean balances = judge.balances(record, tables);
        boolean stopped = !violated.isEmpty() || !balances;
        // Now and then, that the trace checker says so too.
        if (stopped && confirm && judge.whole(record, tables, false).isEmpty()) {
            throw new AssertionError("stopped, but not by the trace checker: " + violated + " " + balances);
        }
        if (!violated.isEmpty()) {
            boolean only = violated.cardinality() == 1 && balances;
            return new Outcome(Stop.ROW, air, violated, only);
        }
        if (!balances) return new Outcome(Stop.BUSES, air, violated, false);
        boolean same = attempt.edits.isEmpty() && attempt.filler == table && Arrays.equals(bytes(record), honest);
        if (same) return Outcome.of(Stop.NO_EFFECT);
        boolean accepted = judge.whole(record, tables, attempt.forgesTree).isEmpty();
        return new Outcome(accepted ? Stop.NOTHING : Stop.WHOLE, air, violated, false);
    }

    private static byte[] bytes(SegmentRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            record.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
