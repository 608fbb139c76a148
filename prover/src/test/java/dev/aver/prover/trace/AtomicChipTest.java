package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.MemoryAttack.caught;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.air.Column;
import dev.aver.circuits.chips.AtomicChip;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AtomicChipTest {
    private static final long[] EDGES = {
        0, -1, 0x7fff_ffffL, 0x8000_0000_7fff_8000L, 0xffff_ffff_8000_0000L, Long.MAX_VALUE, 0x1_ffff_0000L
    };
    private static final Op[] AMOS = {
        Op.AMOSWAP_W, Op.AMOADD_W, Op.AMOXOR_W, Op.AMOAND_W, Op.AMOOR_W, Op.AMOMIN_W, Op.AMOMAX_W, Op.AMOMINU_W,
        Op.AMOMAXU_W, Op.AMOSWAP_D, Op.AMOADD_D, Op.AMOXOR_D, Op.AMOAND_D, Op.AMOOR_D, Op.AMOMIN_D, Op.AMOMAX_D,
        Op.AMOMINU_D, Op.AMOMAXU_D
    };

    private final AtomicChip chip = new AtomicChip();

    /** What some code makes of the table. */
    private final class Run {
        final Recording recording;
        final LookupKeys keys;
        final Trace trace;
        final int rows;

        Run(Assembler code) {
            recording = Recording.of(code.exit(0).build(), 1 << 16);
            keys = new LookupKeys(recording.program());
            trace = ChipAttack.trace(new AtomicTrace(chip), Chip.ATOMIC, recording, 0, 1024);
            rows = recording.segments().getFirst().table(Chip.ATOMIC).size();
        }

        Op op(int row) {
            return MemoryAttack.op(recording, trace, row);
        }

        long limbs(Column[] columns, int row) {
            long value = 0;
            for (int i = 3; i >= 0; i--) value = (value << 16) | trace.get(columns[i], row);
            return value;
        }

        int row(Op op) {
            return MemoryAttack.rowWhere(trace, row -> row < rows && op(row) == op);
        }
    }

    /** Every AMO on every pair of edges, in either half. */
    private Run amos(long... edges) {
        Assembler code = new Assembler();
        Random random = new Random(14);
        int[] destinations = {0, 8, 9};
        int half = 0;
        for (long x : edges) {
            for (long y : edges) {
                code.li(5, x).li(6, y);
                for (Op op : AMOS) {
                    boolean isDouble = op.code() >= Op.LR_D.code();
                    // A W form finds x in its half and y in the other one, or the other way around.
                    code.li(7, MemoryAttack.WORDS).store(Op.SD, 5, 0, 7);
                    half ^= 4;
                    if (!isDouble && half != 0) code.store(Op.SW, 5, 4, 7).imm(Op.ADDI, 7, 7, 4);
                    code.reg(op, destinations[random.nextInt(destinations.length)], 7, 6);
                }
            }
        }
        // The same register everywhere, and x0 as the operand.
        code.li(7, MemoryAttack.WORDS).reg(Op.AMOADD_D, 7, 7, 7);
        code.li(7, MemoryAttack.WORDS).reg(Op.AMOMAX_W, 7, 7, 0);
        return new Run(code);
    }

    /** LR and SC: reserved, not reserved, reserved elsewhere in either limb, and reserved no more. */
    private Run reservations() {
        Assembler code = new Assembler();
        code.li(5, 0x8000_0001_8000_0002L).li(7, MemoryAttack.WORDS).li(8, MemoryAttack.WORDS + (1 << 16));
        code.imm(Op.ADDI, 9, 7, 4).store(Op.SD, 5, 0, 7);
        code.reg(Op.SC_D, 10, 7, 5);
        code.reg(Op.LR_D, 10, 7, 0).reg(Op.SC_D, 11, 7, 5).reg(Op.SC_D, 11, 7, 5);
        code.reg(Op.LR_W, 10, 9, 0).reg(Op.SC_W, 11, 9, 5);
        code.reg(Op.LR_W, 10, 9, 0).reg(Op.SC_W, 11, 7, 5);
        code.reg(Op.LR_W, 10, 8, 0).reg(Op.SC_W, 0, 7, 5);
        code.reg(Op.LR_W, 0, 7, 0).reg(Op.SC_D, 11, 7, 5);
        code.reg(Op.LR_D, 10, 7, 0).reg(Op.AMOADD_W, 11, 7, 5).reg(Op.SC_D, 12, 7, 5);
        code.reg(Op.LR_D, 7, 7, 0);
        return new Run(code);
    }

    @Test
    void acceptsEveryPairOfEdges() {
        Run run = amos(EDGES);
        assertThat(run.rows).isEqualTo(EDGES.length * EDGES.length * AMOS.length + 2);
        accepts(run.trace, run.keys);
    }

    @Test
    void acceptsEveryReservation() {
        Run run = reservations();
        accepts(run.trace, run.keys);
        int fails = 0;
        for (int row = 0; row < run.rows; row++) fails += run.trace.get(chip.fails, row);
        assertThat(fails).isEqualTo(4);
    }

    @Test
    void noCellOfAnAmoCanBeChanged() {
        Run run = amos(0x8000_0000_7fff_8000L);
        everyCellCounts(run.trace, run.keys, run.rows, (column, row) -> free(run, column, row), 15);
    }

    @Test
    void noCellOfAReservationCanBeChanged() {
        Run run = reservations();
        everyCellCounts(run.trace, run.keys, run.rows, (column, row) -> free(run, column, row), 16);
    }

    /** Cells that no message with a multiplicity and no constraint reads, for the row's operation. */
    private boolean free(Run run, String column, int row) {
        Trace trace = run.trace;
        boolean lr = trace.get(chip.is(Op.LR_W), row) == 1;
        boolean sc = trace.get(chip.is(Op.SC_W), row) == 1;
        boolean fails = trace.get(chip.fails, row) == 1;
        boolean bitwise = trace.get(chip.is(Op.AMOAND_W), row) == 1
                || trace.get(chip.is(Op.AMOOR_W), row) == 1
                || trace.get(chip.is(Op.AMOXOR_W), row) == 1;
        boolean swap = trace.get(chip.is(Op.AMOSWAP_W), row) == 1;
        // Inverses of limbs that do not differ, and the sum of a row that adds nothing.
        if (column.startsWith("helper")) {
            int limb = column.charAt("helper[".length()) - '0';
            boolean differs = trace.get(chip.reservationWas[limb], row)
                    != trace.get(chip.rs1.value()[limb], row);
            return lr || swap || bitwise || (sc && !(fails && differs));
        }
        // An LR reads no rs2; only LR and SC access the reservation; only bitwise operations cut bytes.
        if (column.startsWith("rs2 ")) return lr && !column.equals("rs2");
        if (column.startsWith("reservation ")) return !lr && !sc;
        return (column.contains("high byte") || column.startsWith("and")) && !bitwise;
    }

    @Test
    void anAddressIsAlignedAndBelow4G() {
        Run run = amos(1);
        int word = run.row(Op.AMOADD_W);
        int wide = run.row(Op.AMOADD_D);
        Column low = chip.rs1.value()[0];
        for (int off : new int[] {1, 2, -1}) {
            caught(run.trace, run.keys, "BITS", forged -> forged.set(low, word, forged.get(low, word) + off));
            caught(run.trace, run.keys, "BITS", forged -> forged.set(low, wide, forged.get(low, wide) + off));
        }
        caught(run.trace, run.keys, "upper half", forged -> {
            forged.set(low, wide, forged.get(low, wide) + 4);
            forged.set(chip.upper, wide, 1);
        });
        for (int limb = 2; limb < 4; limb++) {
            Column high = chip.rs1.value()[limb];
            caught(run.trace, run.keys, "of the address is 0", forged -> forged.set(high, word, 1));
        }
        // The other half of the same word.
        caught(run.trace, run.keys, "BITS", forged -> forged.set(chip.upper, word, 1 - forged.get(chip.upper, word)));
    }

    @Test
    void anScSucceedsExactlyIfReserved() {
        Run run = reservations();
        for (int row = 0; row < run.rows; row++) {
            if (run.trace.get(chip.is(Op.SC_W), row) == 0) continue;
            int at = row;
            boolean failed = run.trace.get(chip.fails, row) == 1;
            boolean isDouble = run.trace.get(chip.isDouble, row) == 1;
            caught(run.trace, run.keys, failed ? "succeeds only if" : "fails only if", forged -> {
                forged.set(chip.fails, at, failed ? 0 : 1);
                forged.set(chip.result[0], at, failed ? 0 : 1);
                forged.set(chip.helper[0], at, 12345);
                for (int i = 0; i < 4; i++) {
                    boolean upper = forged.get(chip.upper, at) == 1;
                    boolean written = failed && (isDouble || upper == (i >= 2));
                    int from = isDouble ? i : i & 1;
                    Column source = written ? chip.outcome[from] : chip.word.was()[i];
                    forged.set(chip.stored[i], at, forged.get(source, at));
                }
            });
            // A failure that counts half: neither the one nor the other.
            caught(
                    run.trace,
                    run.keys,
                    "fails is 0 or 1",
                    forged -> forged.setElement(chip.fails, at, KoalaBear.inverse(KoalaBear.of(2))));
        }
    }

    @Test
    void anAmoCannotFail() {
        Run run = amos(1);
        int row = run.row(Op.AMOSWAP_D);
        caught(run.trace, run.keys, "only an sc fails", forged -> {
            forged.set(chip.fails, row, 1);
            for (int i = 0; i < 4; i++)
                forged.set(chip.stored[i], row, forged.get(chip.word.was()[i], row));
            int difference = KoalaBear.sub(
                    KoalaBear.of(forged.get(chip.reservationWas[0], row)),
                    KoalaBear.of(forged.get(chip.rs1.value()[0], row)));
            forged.setElement(chip.helper[0], row, KoalaBear.inverse(difference));
        });
    }

    @Test
    void theOrderIsTheOperandsOwn() {
        Run run = amos(EDGES);
        Op[] orders = {
            Op.AMOMIN_W, Op.AMOMAX_W, Op.AMOMINU_W, Op.AMOMAXU_W, Op.AMOMIN_D, Op.AMOMAX_D, Op.AMOMINU_D, Op.AMOMAXU_D
        };
        for (Op op : orders) {
            for (boolean kept : new boolean[] {false, true}) {
                int row = MemoryAttack.rowWhere(
                        run.trace,
                        r -> r < run.rows
                                && run.op(r) == op
                                && run.trace.get(chip.keeps, r) == (kept ? 1 : 0)
                                && run.trace.get(chip.resultSign, r) != run.trace.get(chip.operandSign, r));
                // The other operand is stored, with the order turned around.
                caught(
                        run.trace,
                        run.keys,
                        "kept as the operation and the order say",
                        forged -> keep(run, forged, row));
                // With another difference, and with one that is 2^64 off, which turns the borrow around.
                caught(run.trace, run.keys, "with a borrow of 0 or 1", forged -> {
                    keep(run, forged, row);
                    Column top = chip.helper[3];
                    forged.set(top, row, forged.get(top, row) + 1);
                });
                caught(run.trace, run.keys, "RANGE", forged -> {
                    keep(run, forged, row);
                    Column top = chip.helper[3];
                    boolean borrow = Long.compareUnsigned(run.limbs(chip.result, row), operand(run, row)) < 0;
                    forged.set(top, row, forged.get(top, row) + (borrow ? -(1L << 16) : 1L << 16));
                });
                // Or one of the signs.
                caught(run.trace, run.keys, "BITS", forged -> {
                    keep(run, forged, row);
                    forged.set(chip.resultSign, row, 1 - forged.get(chip.resultSign, row));
                });
            }
        }
    }

    private long operand(Run run, int row) {
        Column[] operand = {chip.rs2.value()[0], chip.rs2.value()[1], chip.operandUpper[0], chip.operandUpper[1]};
        return run.limbs(operand, row);
    }

    /** Stores the other of the two operands. */
    private void keep(Run run, Trace forged, int row) {
        boolean keeps = run.trace.get(chip.keeps, row) == 0;
        long stored = keeps ? run.limbs(chip.result, row) : operand(run, row);
        forged.set(chip.keeps, row, keeps ? 1 : 0);
        forged.setLimbs(chip.outcome, row, stored);
        store(forged, row);
    }

    /** What the row stores follows from its outcome. */
    private void store(Trace forged, int row) {
        boolean isDouble = forged.get(chip.isDouble, row) == 1;
        boolean upper = forged.get(chip.upper, row) == 1;
        for (int i = 0; i < 4; i++) {
            boolean written = isDouble || upper == (i >= 2);
            Column source =
                    written ? chip.outcome[isDouble ? i : i & 1] : chip.word.was()[i];
            forged.set(chip.stored[i], row, forged.get(source, row));
        }
    }

    @Test
    void aSumIsModulo2To64() {
        Run run = amos(-1);
        int row = run.row(Op.AMOADD_D);
        Column[] sum = chip.helper;
        // 2^16 moves between two limbs.
        for (int i = 0; i < 3; i++) {
            Column low = sum[i];
            Column high = sum[i + 1];
            caught(run.trace, run.keys, "RANGE", forged -> {
                forged.set(low, row, forged.get(low, row) + (1 << 16));
                forged.set(high, row, forged.get(high, row) - 1);
                for (int j = 0; j < 4; j++) forged.set(chip.outcome[j], row, forged.get(sum[j], row));
                store(forged, row);
            });
        }
        caught(run.trace, run.keys, "with a carry of 0 or 1", forged -> {
            forged.set(sum[2], row, forged.get(sum[2], row) - 1);
            forged.set(chip.outcome[2], row, forged.get(sum[2], row));
            store(forged, row);
        });
    }

    @Test
    void aBitwiseOperationIsOfTheOperands() {
        Run run = amos(0x1234_5678_9abc_def0L, -1);
        for (Op op : new Op[] {Op.AMOAND_D, Op.AMOOR_D, Op.AMOXOR_D, Op.AMOAND_W}) {
            int row = run.row(op);
            int sign = op == Op.AMOXOR_D ? -2 : op == Op.AMOOR_D ? -1 : 1;
            // Another AND, which the outcome follows.
            caught(run.trace, run.keys, "BYTES", forged -> {
                forged.set(chip.and[0], row, forged.get(chip.and[0], row) - 1);
                forged.set(chip.outcome[0], row, forged.get(chip.outcome[0], row) - sign);
                store(forged, row);
            });
            // Another cut into bytes.
            caught(
                    run.trace,
                    run.keys,
                    "BYTES",
                    forged -> forged.set(chip.resultHigh[0], row, forged.get(chip.resultHigh[0], row) - 1));
        }
    }

    @Test
    void aWordFormIsExtendedByItsOwnSign() {
        Run run = amos(0x7fff_8000_8000_7fffL);
        int row = run.row(Op.AMOSWAP_W);
        caught(run.trace, run.keys, "BITS", forged -> {
            forged.set(chip.resultSign, row, 1 - forged.get(chip.resultSign, row));
            for (int i = 2; i < 4; i++) {
                forged.set(chip.result[i], row, 0xffff - forged.get(chip.result[i], row));
            }
        });
        // As a double word, which the program does not have there.
        caught(run.trace, run.keys, "PROGRAM", forged -> forged.set(chip.isDouble, row, 1));
    }

    @Test
    void anLrReservesItsOwnAddress() {
        Run run = reservations();
        int row = run.row(Op.LR_D);
        for (Column limb : chip.reserved) {
            caught(run.trace, run.keys, "what is reserved", forged -> forged.set(limb, row, forged.get(limb, row) + 8));
        }
        int sc = run.row(Op.SC_D);
        caught(
                run.trace,
                run.keys,
                "what is reserved",
                forged -> forged.set(chip.reserved[0], sc, forged.get(chip.rs1.value()[0], sc)));
    }

    @Test
    void anLrStoresNothing() {
        Run run = reservations();
        int row = run.row(Op.LR_D);
        for (int i = 0; i < 4; i++) {
            Column limb = chip.stored[i];
            caught(
                    run.trace,
                    run.keys,
                    "limb " + i + " afterwards",
                    forged -> forged.set(limb, row, forged.get(limb, row) ^ 1));
        }
    }
}
