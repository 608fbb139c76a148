package dev.aver.tests.differential;

import dev.aver.tests.differential.Stepper.Status;
import dev.aver.zkvm.isa.Decoder;
import dev.aver.zkvm.isa.Disassembler;
import dev.aver.zkvm.isa.Instruction;
import java.io.IOException;
import java.util.Arrays;

/** Drives a machine along a trace. */
final class Comparison {

    private Comparison() {}

    /**
     * Two runs that agreed.
     *
     * @param instructions number of instructions before which pc and registers were equal
     * @param end EXITED, TRAPPED, or RUNNING at a limit
     */
    record Result(long instructions, Status end) {}

    /** Thrown where machine and trace differ; the message says what the last instruction was and what it did. */
    static final class Divergence extends AssertionError {
        Divergence(String message) {
            super(message);
        }
    }

    /**
     * Steps the machine to the trace's end.
     *
     * @param name of the program, for messages: a seed, so that the run can be repeated
     * @return what was compared, and how the machine's run ended
     * @throws Divergence if they were not somewhere, or one run goes on after the other's end
     */
    static Result run(String name, Trace trace, Stepper machine) throws IOException {
        return run(name, trace, machine, Long.MAX_VALUE);
    }

    /** The same, but not further than {@code limit} instructions; there, the end is RUNNING. */
    static Result run(String name, Trace trace, Stepper machine, long limit) throws IOException {
        Adjudications adjudications = new Adjudications();
        long count = 0;
        long lastPc = 0;
        Status status = Status.RUNNING;
        while (status == Status.RUNNING && trace.next()) {
            if (count == limit) {
                return new Result(count, status);
            }
            check(name, trace, machine, adjudications, count, lastPc);
            count++;
            lastPc = trace.pc();
            status = machine.step();
        }
        if (status == Status.RUNNING) {
            // qemu prints nothing for an instruction that it cannot fetch; this machine must not fetch it either.
            status = machine.step();
        }
        if (status == Status.RUNNING) {
            throw new Divergence("%s: qemu ended after instruction %d (%s), the machine goes on at 0x%x"
                    .formatted(name, count, at(machine, lastPc), machine.pc()));
        }
        if (trace.next() && !Adjudications.endsOnlyHere(status, trace.registers())) {
            throw new Divergence("%s: %s at instruction %d (%s), qemu goes on at 0x%x"
                    .formatted(name, status, count, at(machine, lastPc), trace.pc()));
        }
        return new Result(count, status);
    }

    private static void check(
            String name, Trace trace, Stepper machine, Adjudications adjudications, long count, long lastPc) {
        long[] theirs = trace.registers();
        boolean same = trace.pc() == machine.pc();
        for (int i = 0; i < 32; i++) {
            same &= theirs[i] == machine.reg(i) || !adjudications.compares(i, theirs[i]);
        }
        if (!same) {
            StringBuilder message =
                    new StringBuilder("%s: before instruction %d, after %s, the machine differs from qemu:"
                            .formatted(name, count, count == 0 ? "nothing" : at(machine, lastPc)));
            if (trace.pc() != machine.pc()) {
                message.append(" pc 0x%x, qemu 0x%x".formatted(machine.pc(), trace.pc()));
            }
            for (int i = 0; i < 32; i++) {
                if (theirs[i] != machine.reg(i)) {
                    message.append(
                            " %s 0x%x, qemu 0x%x".formatted(Disassembler.register(i), machine.reg(i), theirs[i]));
                }
            }
            throw new Divergence(message.toString());
        }
    }

    private static String at(Stepper machine, long pc) {
        byte[] code = machine.memory(pc, 4);
        int word = (code[0] & 0xff) | (code[1] & 0xff) << 8 | (code[2] & 0xff) << 16 | code[3] << 24;
        Instruction instruction = Decoder.decode(word);
        return "0x%x: %s"
                .formatted(pc, instruction == null ? Arrays.toString(code) : Disassembler.format(instruction, pc));
    }
}
