package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;

import dev.aver.circuits.chips.AddChip;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class AddChipTest {
    private static final long[] EDGES = {
        0, 1, -1, 0xffff, 0x10000, 0x7fffffffL, 0x80000000L, 0xffffffffL, 0x100000000L, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private static Recording everyPairOfEdges() {
        Assembler code = new Assembler();
        Op[] register = {Op.ADD, Op.SUB, Op.ADDW, Op.SUBW};
        Random random = new Random(1);
        for (long x : EDGES) {
            for (long y : EDGES) {
                code.li(5, x).li(6, y);
                for (Op op : register) code.reg(op, random.nextInt(8, 16), 5, 6);
                code.imm(Op.ADDI, 7, 5, (int) y << 20 >> 20).imm(Op.ADDIW, 0, 6, (int) x << 20 >> 20);
            }
        }
        code.reg(Op.ADD, 5, 5, 5).reg(Op.SUB, 5, 5, 5);
        return Recording.of(code.exit(0).build(), 1 << 14);
    }

    @Test
    void acceptsEveryPairOfEdges() {
        Recording recording = everyPairOfEdges();
        LookupKeys keys = new LookupKeys(recording.program());
        accepts(ChipAttack.trace(new AddTrace(new AddChip()), Chip.ADD, recording, 0, 4096), keys);
    }

    @Test
    void noCellCanBeChanged() {
        Recording recording = everyPairOfEdges();
        LookupKeys keys = new LookupKeys(recording.program());
        AddChip chip = new AddChip();
        Trace trace = ChipAttack.trace(new AddTrace(chip), Chip.ADD, recording, 0, 48);
        // The sign of a row that does not extend one, and the time of an access that does not happen.
        BiPredicate<String, Integer> free =
                (column, row) -> column.equals("sign") && !anyOf(trace, chip, row, Op.ADDW, Op.SUBW, Op.ADDIW)
                        || column.equals("rs2 before") && anyOf(trace, chip, row, Op.ADDI, Op.ADDIW);
        everyCellCounts(trace, keys, 24, free, 2);
    }

    private static boolean anyOf(Trace trace, AddChip chip, int row, Op... ops) {
        return Arrays.stream(ops).anyMatch(op -> trace.get(chip.instruction.is(op), row) == 1);
    }
}
