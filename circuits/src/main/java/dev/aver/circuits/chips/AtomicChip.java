package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.ProgramTable;
import java.util.Arrays;

/**
 * LR, SC and the AMOs, of a word's half or a whole one.
 *
 * <p>Both operands are taken as 64-bit values, those of a W form sign-extended: then its sum's low half is right, and
 * both its orders, signed and unsigned, are those of 64 bits. What is computed is the {@link #outcome}, and a row
 * stores it unless it is an LR or a failed SC. The address must be a multiple of the size, because a row has no place
 * for another offset.
 */
public final class AtomicChip {
    private static final int LOW_BITS = 13;

    private static final Op[] WORD_FORMS = {
        Op.LR_W,
        Op.SC_W,
        Op.AMOSWAP_W,
        Op.AMOADD_W,
        Op.AMOXOR_W,
        Op.AMOAND_W,
        Op.AMOOR_W,
        Op.AMOMIN_W,
        Op.AMOMAX_W,
        Op.AMOMINU_W,
        Op.AMOMAXU_W
    };

    /** The code of a double-word form over that of its word form. */
    private static final int TO_DOUBLE = Op.LR_D.code() - Op.LR_W.code();

    /** The table. */
    public final Air air;

    /** Row, and one selector for both forms of an operation. */
    public final InstructionRow instruction;

    /** Whether this is the form of 64 bits. */
    public final Column isDouble;

    /** Whether a W form accesses the word's upper half. */
    public final Column upper;

    /** The address. */
    public final RegisterRead rs1;

    /** The operand. */
    public final RegisterRead rs2;

    /** Destination. */
    public final RegisterWrite rd;

    /** The word. */
    public final WordAccess word;

    /** The word afterwards. */
    public final Column[] stored;

    /** The reservation before an LR or SC, four limbs. */
    public final Column[] reservationWas;

    /** Time of its previous access. */
    public final Column reservationBefore;

    /** The reservation afterwards: the low limbs, the others being 0. */
    public final Column[] reserved;

    /** Whether this is an SC that stores nothing. */
    public final Column fails;

    /** What goes into rd: what was in memory, but for an SC. */
    public final Column[] result;

    /** The limb of the result whose top bit is its sign: the second one of a W form. */
    public final Column resultTop;

    /** That sign. */
    public final Column resultSign;

    /** The limb of rs2 whose top bit is the operand's sign. */
    public final Column operandTop;

    /** That sign. */
    public final Column operandSign;

    /** The operand's upper limbs. */
    public final Column[] operandUpper;

    /** What the operation computes. */
    public final Column[] outcome;

    /** Sum, or difference modulo 2^64 for an order; in a failed SC the inverses that prove it right to fail. */
    public final Column[] helper;

    /** Whether a minimum or maximum is what was in memory. */
    public final Column keeps;

    /** Bytes 1, 3, 5 and 7 of what was in memory, in bitwise operations. */
    public final Column[] resultHigh;

    /** Bytes 1, 3, 5 and 7 of the operand, in bitwise operations. */
    public final Column[] operandHigh;

    /** The AND's eight bytes, in bitwise operations. */
    public final Column[] and;

    private final AirBuilder b = new AirBuilder("atomic");
    private final Expr[] operand;

    /** Describes the table. */
    public AtomicChip() {
        instruction = new InstructionRow(
                b,
                Arrays.stream(WORD_FORMS)
                        .map(op -> "is " + op.mnemonic().replace(".w", ""))
                        .toArray(String[]::new));
        Expr real = instruction.real();
        isDouble = b.bit("is double");
        upper = b.bit("upper half");
        stored = b.columns("stored", Limbs.COUNT);
        reserved = b.columns("reserved", 2);
        result = b.columns("result", Limbs.COUNT);
        fails = b.bit("fails");
        resultTop = b.column("result's top limb");
        resultSign = b.bit("result's sign");
        operandTop = b.column("operand's top limb");
        operandSign = b.bit("operand's sign");
        operandUpper = b.columns("operand upper", 2);
        outcome = b.columns("outcome", Limbs.COUNT);
        helper = b.columns("helper", Limbs.COUNT);
        keeps = b.column("keeps");
        resultHigh = b.columns("result high byte", Limbs.COUNT);
        operandHigh = b.columns("operand high byte", Limbs.COUNT);
        and = b.columns("and", 2 * Limbs.COUNT);
        Expr lr = is(Op.LR_W);
        Expr reserving = isAnyOf(Op.LR_W, Op.SC_W);

        rs1 = RegisterRead.of(b, "rs1", real, instruction.time(0));
        rs2 = RegisterRead.of(b, "rs2", real.minus(lr), instruction.time(1));
        // Copies, or the sign's.
        operand = new Expr[] {rs2.value()[0], rs2.value()[1], operandUpper[0], operandUpper[1]};
        reservationWas = b.columns("reservation was", Limbs.COUNT);
        reservationBefore = b.column("reservation before");
        Expr[] reservation = {reserved[0], reserved[1], Expr.ZERO, Expr.ZERO};
        RegisterRead.access(
                b,
                "reservation",
                reserving,
                Expr.of(ProgramTable.RESERVATION),
                reservationWas,
                reservation,
                reservationBefore,
                instruction.time(2));
        word = WordAccess.of(b, "word");
        word.access(b, real, wordIndex(real), stored, instruction.time(2));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), result);
        long[] codes = Arrays.stream(WORD_FORMS).mapToLong(Op::code).toArray();
        Expr opcode = instruction.selectors.choose(codes).plus(isDouble.times(TO_DOUBLE));
        instruction.fetchCode(opcode, rd.register(), rs1.register(), rs2.register(), Limbs.ZERO);
        instruction.goOn();

        reservation();
        operands(real);
        Expr less = sumsAndDifferences();
        order(less);
        compute();
        store(real.minus(lr).minus(fails));
        air = b.build();
    }

    /** The column that selects both forms of an operation. */
    public Column is(Op op) {
        int code = op.code() < Op.LR_D.code() ? op.code() : op.code() - TO_DOUBLE;
        return instruction.selectors.flags()[code - Op.LR_W.code()];
    }

    private Expr isAnyOf(Op... ops) {
        Expr sum = Expr.ZERO;
        for (Op op : ops) sum = sum.plus(is(op));
        return sum;
    }

    /** The index of the word that rs1 points into, aligned to the size. */
    private Expr wordIndex(Expr real) {
        for (int i = 2; i < Limbs.COUNT; i++) {
            b.zero("limb " + i + " of the address is 0: else it is another address", rs1.value()[i]);
        }
        b.zero("a double word has no upper half: else its address would not be aligned", isDouble.times(upper));
        // This quotient is itself looked up: that limb 0 = 8 · low + 4 · upper is then true of integers.
        Expr low = rs1.value()[0].minus(upper.times(4)).times(Limbs.inverse(8));
        b.lookup(Bus.BITS, real, Expr.of(LOW_BITS), low, Expr.of(1 << LOW_BITS));
        return low.plus(rs1.value()[1].times(1 << LOW_BITS));
    }

    private void reservation() {
        Expr sc = is(Op.SC_W);
        for (int i = 0; i < reserved.length; i++) {
            b.equal(
                    "limb " + i + " of what is reserved is the address's in an lr, and 0 after an sc",
                    reserved[i],
                    is(Op.LR_W).times(rs1.value()[i]));
        }
        b.zero("only an sc fails: else an amo could leave memory as it is", fails.times(sc.not()));
        Expr distance = Expr.ZERO;
        for (int i = 0; i < Limbs.COUNT; i++) {
            Expr difference = reservationWas[i].minus(rs1.value()[i]);
            b.zero(
                    "an sc succeeds only if limb " + i + " of the address is the reserved one's",
                    sc.minus(fails).times(difference));
            distance = distance.plus(difference.times(helper[i]));
        }
        b.zero(
                "an sc fails only if a limb differs, which then has an inverse: else it could fail at will",
                fails.times(distance.minus(1)));
    }

    /** What was in memory, and the operand, as 64 bits. */
    private void operands(Expr real) {
        Expr sc = is(Op.SC_W);
        Expr gives = real.minus(sc);
        Column[] was = word.was();
        Expr resultFill = resultSign.times(0xffff);
        Expr operandFill = operandSign.times(0xffff);
        for (int i = 0; i < 2; i++) {
            Expr chosen = was[i].plus(upper.times(was[i + 2].minus(was[i])));
            b.zero("limb " + i + " of the result is what was in memory", gives.times(result[i].minus(chosen)));
        }
        for (int i = 2; i < Limbs.COUNT; i++) {
            Expr extended = resultFill.plus(isDouble.times(was[i].minus(resultFill)));
            b.zero(
                    "limb " + i + " of the result is what was in memory, or a W form's sign",
                    gives.times(result[i].minus(extended)));
            b.equal(
                    "limb " + i + " of the operand is that of rs2, or a W form's sign",
                    operandUpper[i - 2],
                    operandFill.plus(isDouble.times(rs2.value()[i].minus(operandFill))));
        }
        b.zero("an sc's result is 0, or 1 if it fails", sc.times(result[0].minus(fails)));
        for (int i = 1; i < Limbs.COUNT; i++) b.zero("limb " + i + " of an sc's result is 0", sc.times(result[i]));

        Column[] value = rs2.value();
        b.equal("the result's sign is in limb 3, or 1", resultTop, choose(isDouble, result[3], result[1]));
        b.equal("the operand's sign is in limb 3, or 1", operandTop, choose(isDouble, value[3], value[1]));
        Limbs.topBit(b, real, resultTop, resultSign);
        Limbs.topBit(b, real, operandTop, operandSign);
    }

    private static Expr choose(Expr bit, Expr one, Expr zero) {
        return zero.plus(bit.times(one.minus(zero)));
    }

    /** Proves the sum or the difference; returns, in rows that need an order, whether memory is below the operand. */
    private Expr sumsAndDifferences() {
        Expr adds = is(Op.AMOADD_W);
        Expr orders = isAnyOf(Op.AMOMIN_W, Op.AMOMAX_W, Op.AMOMINU_W, Op.AMOMAXU_W);
        Limbs.range(b, adds.plus(orders), helper);
        Expr[] sums = Limbs.carries(result, operand, helper);
        Expr[] differences = Limbs.carries(operand, helper, result);
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.zero(
                    "limb " + i + " is added with a carry of 0 or 1",
                    adds.times(sums[i]).times(sums[i].minus(1)));
            b.zero(
                    "limb " + i + " is subtracted with a borrow of 0 or 1",
                    orders.times(differences[i]).times(differences[i].minus(1)));
        }
        return differences[Limbs.COUNT - 1];
    }

    /**
     * Proves {@link #keeps}. The last borrow is the unsigned order; where the signs differ, the signed one is the other
     * way around, which is the borrow plus the one sign less the other in all four cases.
     */
    private void order(Expr less) {
        Expr lessSigned = less.plus(resultSign).minus(operandSign);
        Expr chosen = is(Op.AMOMIN_W)
                .times(lessSigned)
                .plus(is(Op.AMOMAX_W).times(lessSigned.not()))
                .plus(is(Op.AMOMINU_W).times(less))
                .plus(is(Op.AMOMAXU_W).times(less.not()));
        b.equal("what was in memory is kept as the operation and the order say", keeps, chosen);
    }

    private void compute() {
        Expr or = is(Op.AMOOR_W);
        Expr xor = is(Op.AMOXOR_W);
        Expr bitwise = isAnyOf(Op.AMOAND_W, Op.AMOOR_W, Op.AMOXOR_W);
        // AND counts 1, −1 and −2 in the three outcomes, and the operands 0, 1 and 1.
        Expr ands = is(Op.AMOAND_W).minus(or).minus(xor.times(2));
        Expr takesOperand = isAnyOf(Op.SC_W, Op.AMOSWAP_W, Op.AMOMIN_W, Op.AMOMAX_W, Op.AMOMINU_W, Op.AMOMAXU_W);
        for (int i = 0; i < Limbs.COUNT; i++) {
            Expr low = and[2 * i];
            Expr high = and[2 * i + 1];
            Expr x = result[i];
            Expr y = operand[i];
            b.lookup(Bus.BYTES, bitwise, x.minus(resultHigh[i].times(256)), y.minus(operandHigh[i].times(256)), low);
            b.lookup(Bus.BYTES, bitwise, resultHigh[i], operandHigh[i], high);
            // Below 2^16: a copy, a sum that is looked up, or a combination of an AND's, OR's or XOR's two bytes.
            b.equal(
                    "limb " + i + " of the outcome is what the operation computes",
                    outcome[i],
                    takesOperand
                            .times(y)
                            .plus(keeps.times(x.minus(y)))
                            .plus(is(Op.AMOADD_W).times(helper[i]))
                            .plus(ands.times(low.plus(high.times(256))))
                            .plus(or.plus(xor).times(x.plus(y))));
        }
    }

    private void store(Expr stores) {
        Column[] was = word.was();
        for (int i = 0; i < Limbs.COUNT; i++) {
            Expr change = i < 2
                    ? upper.not().times(outcome[i].minus(was[i]))
                    : isDouble.times(outcome[i].minus(was[i])).plus(upper.times(outcome[i - 2].minus(was[i])));
            b.equal(
                    "limb " + i + " afterwards is the outcome's where it is stored, else what it was",
                    stored[i],
                    was[i].plus(stores.times(change)));
            b.vouch(
                    stored[i],
                    "what was in memory, or a limb of the outcome: a copy of result or operand, a sum that is looked up, or "
                            + "two bytes of an AND, OR or XOR; keeps is a bit because a borrow and two signs that are "
                            + "proven make an order");
        }
    }
}
