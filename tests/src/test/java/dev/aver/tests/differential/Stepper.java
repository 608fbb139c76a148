package dev.aver.tests.differential;

/** A machine that executes one instruction at a time. */
public interface Stepper {

    /** What became of a step. */
    enum Status {
        /** The instruction was executed and there is a next one. */
        RUNNING,
        /** The instruction was executed and ended the run. */
        EXITED,
        /** The instruction could not be executed; nothing changed. */
        TRAPPED
    }

    /** Executes the instruction at {@link #pc}. */
    Status step();

    /** Address of the next instruction. */
    long pc();

    /** The register x0 – x31. */
    long reg(int number);

    /** The low 32 bits of the exit code, once {@link #step} answered EXITED. */
    int exitCode();

    /** What the run wrote to a file descriptor so far. */
    byte[] written(int fd);

    /** {@code size} bytes of memory from {@code address}, all of them mapped. */
    byte[] memory(long address, int size);
}
