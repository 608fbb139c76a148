package dev.aver.prover;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.prover.NotProvableException.Reason;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.security.QueryCount;
import dev.aver.verifier.security.SegmentFigures;
import dev.aver.verifier.stark.ProofTables;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Execution;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Outcome;
import dev.aver.zkvm.machine.Engine;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.segment.CostModel;
import dev.aver.zkvm.segment.SegmentCost;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.translate.Translator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Runs the program and decides how to prove the run: how long segments are, and with how many queries. */
final class Planner {
    /** Bits of proof of work. */
    private static final int GRINDING_BITS = 20;

    private static final int CAP_LOG = 7;
    private static final int FINAL_LOG = 6;
    private static final int ARITY_LOG = 3;

    /**
     * A run, ready to be proven.
     *
     * @param executor runs it again
     * @param execution what happened
     * @param parameters of all proofs
     * @param bufferElements elements of K that all large arrays of a proof have room for
     * @param plan what it will take
     */
    record Planned(Executor executor, Execution execution, Parameters parameters, long bufferElements, Plan plan) {}

    private final ProverOptions options;
    private final Program program;
    private final Input input;

    Planner(ProverOptions options, Program program, Input input) {
        this.options = options;
        this.program = program;
        this.input = input;
    }

    /** Runs the program once for each length of segments that is tried. */
    Planned plan(String backend, int cores) throws NotProvableException {
        Console console = options.console();
        for (int cycles = options.segmentCycles(); ; cycles /= 2) {
            SegmentRule rule = SegmentRule.ofCycles(Math.min(cycles, SegmentRule.CYCLE_BOUND - 1));
            Executor executor = new Executor(program, options.limits(), rule, watched());
            int logHeight = programLogHeight(executor.programTable());
            Execution execution = executor.run(input, console);
            requireProof(execution);
            long peak = 0;
            long elements = 0;
            long cells = 0;
            Set<List<ProofTables.Instance>> shapes = new HashSet<>();
            int queries = 1;
            for (SegmentCost cost : execution.segments()) {
                ProofTables tables = ExpectedTables.of(cost, logHeight);
                peak = Math.max(peak, MemoryModel.peakBytes(tables, cost));
                elements = Math.max(elements, MemoryModel.elements(tables, cost));
                cells += ExpectedTables.cells(tables);
                if (shapes.add(tables.tables())) queries = Math.max(queries, queries(tables));
            }
            if (peak <= options.memory()) {
                Plan plan = new Plan(
                        execution.cycles(),
                        execution.segments().size(),
                        cycles,
                        cells,
                        peak,
                        CostModel.measured().provingSeconds(cells) / cores,
                        cores,
                        queries,
                        backend);
                return new Planned(executor, execution, parameters(queries), elements, plan);
            }
            if (cycles <= SegmentRule.MIN_CYCLES) throw tooLittleMemory(peak);
            console = Console.NONE;
        }
    }

    /** The fast engine, with word of it to the listener, who may end the run. */
    private Executor.EngineFactory watched() {
        Executor.EngineFactory fast = Translator.factory();
        return (table, machine) -> {
            Engine engine = fast.create(table, machine);
            return limit -> {
                options.progress().executing();
                return engine.run(limit);
            };
        };
    }

    private int programLogHeight(ProgramTable table) throws NotProvableException {
        int logHeight = ProgramChip.logHeight(table);
        if (logHeight > Machine.MAX_LOG_HEIGHT) {
            throw new NotProvableException(
                    Reason.PROGRAM_SIZE,
                    "the program's code has %d places for instructions, and a proof has room for 2^%d: make it smaller"
                            .formatted(table.rows(), Machine.MAX_LOG_HEIGHT));
        }
        return logHeight;
    }

    private NotProvableException tooLittleMemory(long peak) {
        return new NotProvableException(
                Reason.MEMORY,
                "even segments of 2^14 cycles take %d MiB, and %d MiB are allowed: allow more"
                        .formatted(peak >> 20, options.memory() >> 20));
    }

    private static void requireProof(Execution execution) throws NotProvableException {
        Outcome outcome = execution.outcome();
        String why = switch (outcome) {
            case Outcome.Halted halted -> "";
            case Outcome.Trapped trapped ->
                "the program trapped (%s at %s): a run that traps has no proof"
                        .formatted(trapped.cause(), trapped.where().function());
            case Outcome.LimitReached reached ->
                "the run reached its limit of %s, %d: a run that does not end has no proof; raise the limit"
                        .formatted(reached.limit(), reached.allowed());
            case Outcome.JournalMismatch mismatch ->
                "the program halted with digest %s, and its journal's is %s: no verifier would accept it"
                        .formatted(mismatch.claimed(), mismatch.actual());
        };
        if (!why.isEmpty()) throw new NotProvableException(outcome, why);
    }

    private Parameters parameters(int queries) {
        return new Parameters(
                options.suite(), ProgramCommitment.LOG_BLOWUP, queries, GRINDING_BITS, CAP_LOG, FINAL_LOG, ARITY_LOG);
    }

    private int queries(ProofTables tables) throws NotProvableException {
        OptionalInt queries =
                QueryCount.fewestFor(SegmentFigures.of(new StarkShape(parameters(1), tables)), options.securityBits());
        if (queries.isEmpty()) {
            throw new NotProvableException(
                    Reason.SECURITY, "no number of queries gives " + options.securityBits() + " provable bits");
        }
        return queries.getAsInt();
    }
}
