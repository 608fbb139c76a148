package dev.aver.circuits.chips;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.AirBuilder;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Column;
import dev.aver.circuits.air.Expr;
import dev.aver.zkvm.isa.Op;

/**
 * JAL and JALR: the address of the next instruction goes to rd, and the machine somewhere else.
 *
 * <p>JAL goes to the fetched target. JALR goes to rs1 + imm with bit 0 cleared. That sum is taken limb by limb modulo
 * 2^64, and all its limbs are bounded: limb 0 is 2·half + odd with half below 2^15, limb 1 is below 2^15, limbs 2 and 3
 * are 0. So it is an address below 2^31 and no other number, and the row is half + 2^15 · limb 1 + target, where a
 * JALR's target is −base/2. Without the bounds, addresses 2p apart would be the same row.
 */
public final class JumpChip {
    /** The table. */
    public final Air air;

    /** Row and operation. */
    public final InstructionRow instruction;

    /** What JALR adds the immediate to. */
    public final RegisterRead rs1;

    /** Destination of the link. */
    public final RegisterWrite rd;

    /** Low limb of JALR's immediate. */
    public final Column immLow;

    /** Its other limbs: 0 or 0xffff. */
    public final Column immHigh;

    /** JAL's target; for JALR what turns half an address into a row. */
    public final Column target;

    /** Two limbs of the address behind the instruction, as decoding knows it; the others are 0. */
    public final Column[] link;

    /** Limb 0 of JALR's sum without its lowest bit, divided by 2. */
    public final Column half;

    /** The lowest bit of JALR's sum, which is dropped. */
    public final Column odd;

    /** Limb 1 of JALR's sum. */
    public final Column upper;

    /** Describes the table. */
    public JumpChip() {
        AirBuilder b = new AirBuilder("jump");
        instruction = new InstructionRow(b, Op.JAL, Op.JALR);
        Expr real = instruction.real();
        Expr jal = instruction.is(Op.JAL);
        Expr jalr = instruction.is(Op.JALR);
        immLow = b.column("imm low");
        immHigh = b.column("imm high");
        target = b.column("target");
        link = b.columns("link", 2);
        half = b.column("half of limb 0");
        odd = b.bit("odd");
        upper = b.column("limb 1");
        rs1 = RegisterRead.of(b, "rs1", jalr, instruction.time(0));
        rd = RegisterWrite.of(b, "rd", real, instruction.time(3), new Expr[] {link[0], link[1], Expr.ZERO, Expr.ZERO});
        Expr[] imm = {immLow, immHigh, immHigh, immHigh};
        instruction.fetch(rd.register(), rs1.register(), Expr.ZERO, imm, target, link);

        Expr[] sum = {half.times(2).plus(odd), upper, Expr.ZERO, Expr.ZERO};
        b.lookup(Bus.BITS, jalr, Expr.of(15), half, Expr.of(1 << 15));
        b.lookup(Bus.BITS, jalr, Expr.of(15), upper, Expr.of(1 << 15));
        Expr[] carries = Limbs.carries(rs1.value(), imm, sum);
        for (int i = 0; i < Limbs.COUNT; i++) {
            b.zero(
                    "limb " + i + " is added with a carry of 0 or 1, the last one dropped: else JALR could go anywhere",
                    jalr.times(carries[i]).times(carries[i].minus(1)));
        }
        b.zero("JAL adds nothing to its target, in half a limb", jal.times(half));
        b.zero("JAL adds nothing to its target, in limb 1", jal.times(upper));
        instruction.goTo(half.plus(upper.times(1 << 15)).plus(target));
        air = b.build();
    }
}
