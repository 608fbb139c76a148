package dev.aver.tests.differential;

import dev.aver.tests.differential.Stepper.Status;

/**
 * What qemu does otherwise, knowingly. Everything else must agree; {@link AdjudicationsTest} shows each of these.
 *
 * <ul>
 *   <li><b>sp at the start.</b> The kernel's interface puts a stack and its address there; the machine starts with
 *       zeros. So x2 is not compared until the program writes it.
 *   <li><b>ecall 0x1000 (halt).</b> Ends the run here; Linux answers ENOSYS, and the C library then calls exit. So what
 *       qemu executes after that ecall is not compared.
 *   <li><b>SC after a store of other bytes to the reserved address.</b> qemu compares the memory with what LR read and
 *       fails; here one's own stores do not end a reservation. The manual allows both: a store between LR and SC makes
 *       the sequence unconstrained.
 *   <li><b>SC of another width than its LR.</b> Here the address decides and it succeeds. qemu compares the memory with
 *       the LR's sign-extended value too, and fails for SC.D after LR.W where that differs. The manual allows both.
 *   <li><b>SC without its reservation, to an address that is misaligned or not mapped.</b> A trap here, where every SC
 *       accesses memory; qemu looks at the reservation first and fails without an access. The manual allows both.
 * </ul>
 *
 * The generators produce none of the last three.
 */
final class Adjudications {

    private static final int SP = 2;
    private static final int A7 = 17;
    private static final long HALT = 0x1000;

    private boolean first = true;
    private boolean spWritten;
    private long spAtStart;

    /** Whether a register is to be compared before this instruction of qemu's run. */
    boolean compares(int register, long theirs) {
        return register != SP || spWritten || spIsWritten(theirs);
    }

    private boolean spIsWritten(long theirs) {
        if (first) {
            first = false;
            spAtStart = theirs;
        }
        spWritten = theirs != spAtStart;
        return spWritten;
    }

    /** Whether qemu goes on where this machine ended its run. */
    static boolean endsOnlyHere(Status status, long[] registers) {
        return status == Status.EXITED && registers[A7] == HALT;
    }
}
