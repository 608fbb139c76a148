package dev.aver.prover.attack;

import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Receipt;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.testing.Assembler;

/** Runs and honest receipts that the attacks share: each is made once, when it is first asked for. */
final class Fixture {
    /** Cycles of a segment: the fewest that a run can be cut at. */
    static final int CYCLES = 1 << 14;

    private Fixture() {}

    private static final class One {
        private static final Run RUN = new Run(brief(), new byte[0], CYCLES);
        private static final Receipt RECEIPT = proved(RUN, RUN.segments());
    }

    private static final class Two {
        private static final Run RUN = new Run(loop(), new byte[0], CYCLES);
        private static final Receipt RECEIPT = proved(RUN, RUN.segments());
    }

    private static final class Other {
        private static final Receipt RECEIPT = proved(new Run(loop(), new byte[] {1}, CYCLES), 1);
    }

    /** A run of a few cycles. */
    static Run one() {
        return One.RUN;
    }

    /** Its receipt. */
    static Receipt oneSegment() {
        return One.RECEIPT;
    }

    /** The first segment of {@link #two}, but with another input. */
    static Receipt otherInput() {
        return Other.RECEIPT;
    }

    /** A loop in two segments. */
    static Run two() {
        return Two.RUN;
    }

    /** Its receipt. */
    static Receipt twoSegments() {
        return Two.RECEIPT;
    }

    /** Exits soon; its table is as high as that of {@link #loop}. */
    private static Program brief() {
        return new Assembler().li(20, 1).li(21, 2).exit(0).build();
    }

    /** Counts down for more cycles than a segment may have. */
    static Program loop() {
        Assembler code = new Assembler().li(8, 8300).li(20, 0x9e3779b97f4a7c15L);
        long loop = code.here();
        code.imm(Op.ADDI, 8, 8, -1).branch(Op.BNE, 8, 0, loop - code.here());
        return code.reg(Op.ADD, 7, 20, 20).exit(0).build();
    }

    private static Receipt proved(Run run, int segments) {
        try {
            return run.prove(segments);
        } catch (InvalidReceiptException e) {
            throw new AssertionError("an honest segment's tables are always those of a proof", e);
        }
    }
}
