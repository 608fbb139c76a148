package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.Trace;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.CheatingRecorder;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** One fault: the run at the instruction where it happens, and what the prover writes down about that instruction. */
final class Attempt {
    /** A fault that cannot happen here: the instruction traps, say. */
    static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Impossible(String why) {
            super(why, null, false, false);
        }
    }

    /** Changes cells of the instruction's row after it was filled from its event. */
    interface Edit {
        void apply(Trace trace, int row);
    }

    final CheatingRecorder recorder;
    final ProgramTable table;
    final Random random;
    /** Programs that differ from the true one in every instruction. */
    final List<ProgramTable> others;

    /** The chip that the instruction belongs to. */
    final Chip honest;
    /** The instruction's row in the program table, and what is there. */
    final int row;

    final int fields;
    final Op op;
    /** The chip in whose table the instruction was recorded; null before it is, or if it is not. */
    Chip chip;
    /** That table, and the row. */
    EventTable events;

    int event;
    /** The program from which the row is filled. */
    ProgramTable filler;

    final List<Edit> edits = new ArrayList<>();
    final List<Consumer<SegmentRecord>> afterwards = new ArrayList<>();
    /** Whether the prover puts the pages that it claims into the tree, whose root then is not what was claimed. */
    boolean forgesTree;

    Attempt(CheatingRecorder recorder, ProgramTable table, List<ProgramTable> others, Chip honest, Random random) {
        this.recorder = recorder;
        this.table = table;
        this.others = others;
        this.honest = honest;
        this.random = random;
        this.filler = table;
        row = recorder.machine().row;
        fields = table.fields(row);
        op = ProgramTable.op(fields);
    }

    long[] x() {
        return recorder.machine().x;
    }

    /** Executes and records the instruction. */
    void step() {
        step(table);
    }

    /** Executes and records what another program has there. */
    void step(ProgramTable instructions) {
        int[] sizes = new int[Chip.INSTRUCTION_CHIPS];
        for (int i = 0; i < sizes.length; i++)
            sizes[i] = recorder.record().table(Chip.of(i)).size();
        if (!recorder.step(instructions)) throw new Impossible("traps");
        if (recorder.record().halt() != null) chip = Chip.HALT;
        for (int i = 0; i < sizes.length; i++) {
            EventTable grown = recorder.record().table(Chip.of(i));
            if (grown.size() == sizes[i]) continue;
            chip = Chip.of(i);
            events = grown;
            event = sizes[i];
        }
    }

    /** Changes a cell, by its column's name. */
    void edit(String column, long by) {
        edits.add((trace, at) -> {
            int index = trace.air().columns().indexOf(column);
            int cell = (index << trace.logHeight()) + at;
            trace.main()[cell] = KoalaBear.add(trace.main()[cell], KoalaBear.ofLong(by));
        });
    }

    /** Flips a bit in a cell that is 0 or 1. */
    void flip(String column) {
        edits.add((trace, at) -> {
            int index = trace.air().columns().indexOf(column);
            int cell = (index << trace.logHeight()) + at;
            trace.main()[cell] = KoalaBear.sub(KoalaBear.ONE, trace.main()[cell]);
        });
    }

    /** The register that the instruction writes; −1 if none. */
    int rd() {
        return switch (honest) {
            case BRANCH, STORE_DOUBLE, STORE, STORE_CROSS, HALT -> -1;
            case WRITE -> SystemCall.A0;
            default -> ProgramTable.rd(fields);
        };
    }

    /** A register that the instruction reads: in {@code slot} 0, 1 or 2; −1 if none. */
    int reads(int slot) {
        return switch (honest) {
            case CONST -> -1;
            case JUMP -> slot == 0 && op == Op.JALR ? ProgramTable.rs1(fields) : -1;
            case WRITE -> slot == 0 ? SystemCall.A7 : slot == 2 ? SystemCall.A2 : -1;
            case HALT -> slot == 0 ? SystemCall.A7 : slot == 1 ? SystemCall.A0 : x()[17] == 0x1000 ? 11 : -1;
            case LOAD_DOUBLE, LOAD, LOAD_CROSS -> slot == 0 ? ProgramTable.rs1(fields) : -1;
            default -> slot == 0 ? ProgramTable.rs1(fields) : slot == 1 && readsRs2() ? ProgramTable.rs2(fields) : -1;
        };
    }

    private boolean readsRs2() {
        return switch (op.format()) {
            case R, S, B -> true;
            case AMO -> op != Op.LR_W && op != Op.LR_D;
            default -> false;
        };
    }

    /** The address that a load, store or atomic accesses. */
    long address() {
        return x()[ProgramTable.rs1(fields)] + table.imm(row);
    }

    /** A wrong value: near the true one, far from it, or with another sign or upper half. */
    long wrong(long value) {
        long other = switch (random.nextInt(12)) {
            case 0, 1 -> random.nextLong();
            case 2 -> value + 1;
            case 3 -> value - 1;
            case 4 -> value ^ Long.MIN_VALUE;
            case 5 -> value ^ 0xffff_ffff_0000_0000L;
            case 6 -> value & 0xffff_ffffL;
            case 7 -> (int) value;
            case 8 -> value ^ 1L << random.nextInt(64);
            case 9 -> -value;
            case 10 -> ~value;
            default -> value + (1L << 16 * random.nextInt(4));
        };
        return other == value ? value ^ 1L << random.nextInt(64) : other;
    }

    /** One of these. */
    int pick(int... of) {
        return of[random.nextInt(of.length)];
    }
}
