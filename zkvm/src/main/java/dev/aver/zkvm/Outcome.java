package dev.aver.zkvm;

import dev.aver.zkvm.machine.LimitException.Limit;
import dev.aver.zkvm.machine.TrapCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run ended. Only {@link Halted} can be proved. */
public sealed interface Outcome {
    /**
     * The guest ended the run, and the journal is the one it vouches for.
     *
     * @param exitCode low 32 bits of a0
     */
    record Halted(int exitCode) implements Outcome {}

    /**
     * The guest ended the run with a digest that is not the SHA-256 of what it wrote to fd 3: the guest's fault, since
     * a verifier would reject the journal.
     *
     * @param exitCode low 32 bits of a0
     * @param claimed the digest the guest gave, 64 hexadecimal digits
     * @param actual the digest of the journal collected
     */
    record JournalMismatch(int exitCode, String claimed, String actual) implements Outcome {}

    /**
     * The next instruction cannot execute.
     *
     * @param cause why
     * @param value the offending address, system call number or encoding
     * @param where the place
     */
    record Trapped(TrapCause cause, long value, Location where) implements Outcome {}

    /**
     * A limit was reached before the guest ended.
     *
     * @param limit which
     * @param allowed its value
     * @param where the instruction that would have passed it; null for {@link Limit#INPUT}, which is checked before the
     *     start
     */
    record LimitReached(Limit limit, long allowed, @Nullable Location where) implements Outcome {}

    /**
     * A place in the program.
     *
     * @param pc address of the instruction
     * @param function its function and offset from the symbols, or the address where there are none
     * @param recent the instructions executed last, oldest first, as address, disassembly and function
     */
    record Location(long pc, String function, List<String> recent) {}
}
