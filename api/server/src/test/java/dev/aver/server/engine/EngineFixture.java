package dev.aver.server.engine;

import dev.aver.server.blob.MasterKey;
import dev.aver.server.service.Caller;
import dev.aver.server.service.Job;
import dev.aver.server.service.JobKind;
import dev.aver.server.service.JobState;
import dev.aver.server.service.Scope;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.Submission;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What tests of the engine share. */
final class EngineFixture {
    static final MasterKey KEY = MasterKey.parse("42".repeat(32)).orElseThrow();
    static final Caller ALICE = new Caller("alice", "a1", Set.of(Scope.SUBMIT, Scope.READ));
    static final Caller BOB = new Caller("bob", "b1", Set.of(Scope.SUBMIT, Scope.READ));
    static final Caller ADMIN = new Caller("root", "r1", Set.of(Scope.ADMIN));

    private EngineFixture() {}

    static EngineOptions options(Path directory) {
        EngineOptions options = EngineOptions.standard(directory, KEY, 2L << 30).withProving(1 << 14, "auto");
        return options.withStorage(options.retention(), 0, Duration.ofMillis(500));
    }

    static Engine open(EngineOptions options) throws IOException {
        return Engine.open(options, EngineListener.NONE, InstantSource.system());
    }

    static Engine open(Path directory) throws IOException {
        return open(options(directory));
    }

    static InputStream bytes(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** Counts down from so many, in two instructions each, and exits with {@code code}. */
    static byte[] countdown(int from, int code) {
        Assembler program = new Assembler()
                .li(5, from)
                .imm(Op.ADDI, 5, 5, -1)
                .branch(Op.BNE, 5, 0, -4)
                .li(6, code)
                .exit(6);
        return elf(program);
    }

    /** Never ends by itself. */
    static byte[] endless() {
        return elf(new Assembler().branch(Op.BEQ, 0, 0, 0));
    }

    static byte[] trap() {
        return elf(new Assembler().op(Op.EBREAK, 0, 0, 0, 0));
    }

    private static byte[] elf(Assembler program) {
        ElfBuilder file = new ElfBuilder();
        program.build(file);
        return file.build();
    }

    static String register(Engine engine, byte[] elf) throws ServiceException, IOException {
        return engine.registerProgram(ALICE, bytes(elf), "").id();
    }

    /** A job that was accepted. */
    static Job queued(String id, String account, Submission submission) {
        return new Job(
                id,
                account,
                submission,
                false,
                JobState.QUEUED,
                1,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Submission submission(JobKind kind, String program) {
        return new Submission(
                kind,
                program,
                Optional.empty(),
                "poseidon2",
                100,
                false,
                OptionalLong.empty(),
                5,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                "");
    }

    static Submission execute(String program) {
        return submission(JobKind.EXECUTE, program);
    }

    static Submission prove(String program) {
        return submission(JobKind.PROVE, program);
    }

    static Submission withInput(Submission s, String input, boolean acceptNotHiding, boolean deleteWhenDone) {
        return new Submission(
                s.kind(),
                s.program(),
                Optional.of(input),
                s.suite(),
                s.securityBits(),
                s.bindInput(),
                s.maxCycles(),
                s.priority(),
                s.deadline(),
                acceptNotHiding,
                deleteWhenDone,
                s.idempotencyKey(),
                s.label());
    }

    static Submission withKey(Submission s, String key, String label) {
        return new Submission(
                s.kind(),
                s.program(),
                s.input(),
                s.suite(),
                s.securityBits(),
                s.bindInput(),
                s.maxCycles(),
                s.priority(),
                s.deadline(),
                s.acceptNotHiding(),
                s.deleteWhenDone(),
                Optional.of(key),
                label);
    }

    static Submission withDeadline(Submission s, Instant deadline) {
        return new Submission(
                s.kind(),
                s.program(),
                s.input(),
                s.suite(),
                s.securityBits(),
                s.bindInput(),
                s.maxCycles(),
                s.priority(),
                Optional.of(deadline),
                s.acceptNotHiding(),
                s.deleteWhenDone(),
                s.idempotencyKey(),
                s.label());
    }

    static Submission withMaxCycles(Submission s, long cycles) {
        return new Submission(
                s.kind(),
                s.program(),
                s.input(),
                s.suite(),
                s.securityBits(),
                s.bindInput(),
                OptionalLong.of(cycles),
                s.priority(),
                s.deadline(),
                s.acceptNotHiding(),
                s.deleteWhenDone(),
                s.idempotencyKey(),
                s.label());
    }

    /** Waits for the job's end. */
    static Job end(Engine engine, String id) throws Exception {
        Instant late = Instant.now().plusSeconds(300);
        Job job = engine.job(ADMIN, id);
        while (!job.state().isFinal()) {
            if (Instant.now().isAfter(late)) throw new AssertionError("it does not end: " + job);
            job = engine.await(ADMIN, id, job.version(), Duration.ofSeconds(10));
        }
        return job;
    }
}
