package dev.aver.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The machine agrees with qemu before every instruction. {@code -Daver.differential.instructions=N} sets how many
 * instructions of random programs are compared, {@code -Daver.differential.seed=S} the first program's seed; a program
 * that differs names its own.
 */
class DifferentialTest {

    private static final long INSTRUCTIONS = Long.getLong("aver.differential.instructions", 20_000_000);
    private static final long SEED = Long.getLong("aver.differential.seed", 1);

    @TempDir
    private Path directory;

    static List<GuestProgram> directed() {
        return DirectedPrograms.all(EdgeValues.many());
    }

    @ParameterizedTest
    @MethodSource("directed")
    void agreesOnDirectedPrograms(GuestProgram program) throws Exception {
        assertThat(compare(program)).isPositive();
    }

    static List<GuestProgram> traps() {
        return TrapPrograms.all();
    }

    @ParameterizedTest
    @MethodSource("traps")
    void trapsWhereQemuDoes(GuestProgram program) throws Exception {
        Stepper machine = new InterpreterStepper(program.elf(), new byte[0]);
        try (QemuTrace trace = QemuTrace.start(program.elf(), directory)) {
            Comparison.Result result = Comparison.run(program.name(), trace, machine);
            assertThat(result.end()).isEqualTo(Stepper.Status.TRAPPED);
            assertThat(trace.exitStatus()).as("killed by a signal").isGreaterThan(128);
        }
    }

    /** Two at a time: one qemu and one reader keep a core busy. */
    @Test
    void agreesOnRandomPrograms() throws Exception {
        AtomicLong compared = new AtomicLong();
        AtomicLong seeds = new AtomicLong(SEED);
        Callable<Void> worker = () -> {
            while (compared.get() < INSTRUCTIONS) {
                compared.addAndGet(compare(RandomProgram.of(seeds.getAndIncrement())));
            }
            return null;
        };
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            List<Future<Void>> results = new ArrayList<>();
            results.add(workers.submit(worker));
            results.add(workers.submit(worker));
            for (Future<Void> result : results) {
                try {
                    result.get();
                } catch (ExecutionException e) {
                    compared.set(INSTRUCTIONS); // the other worker need not go on
                    throw e;
                }
            }
        }
        assertThat(compared.get()).isGreaterThanOrEqualTo(INSTRUCTIONS);
        System.out.printf("compared %,d instructions of %d random programs%n", compared.get(), seeds.get() - SEED);
    }

    /** Runs a program to its end on both machines; returns the number of compared instructions. */
    private long compare(GuestProgram program) throws Exception {
        Stepper machine = new InterpreterStepper(program.elf(), new byte[0]);
        try (QemuTrace trace = QemuTrace.start(program.elf(), directory)) {
            Comparison.Result result = Comparison.run(program.name(), trace, machine);
            assertThat(result.end()).isEqualTo(Stepper.Status.EXITED);
            assertThat(trace.exitStatus()).as("exit status of %s", program).isEqualTo(machine.exitCode() & 255);
            assertThat(trace.written(1))
                    .as("memory at the end of %s", program)
                    .isEqualTo(machine.memory(GuestProgram.DATA, GuestProgram.DATA_SIZE))
                    .isEqualTo(machine.written(1));
            return result.instructions();
        }
    }
}
