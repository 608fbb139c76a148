package dev.aver.server.engine;

import dev.aver.server.blob.MasterKey;
import dev.aver.server.store.Quota;
import dev.aver.server.store.Retention;
import dev.aver.zkvm.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What an engine may use, and how it treats jobs. Immutable. */
public final class EngineOptions {
    private final Path directory;
    private final MasterKey key;
    private long memory;
    private int provers = 2;
    private int executors = 1;
    private int segmentCycles = 1 << 21;
    private String backend = "auto";
    private Limits limits = Limits.standard().withCycles(1L << 36);
    private int programBytes = 64 << 20;
    private int receiptBytes = 64 << 20;
    private Duration jobTime = Duration.ofHours(24);
    private int queue = 10_000;
    private Quota quota = new Quota(1_000, 1L << 42, 64L << 30);
    private Retention retention = new Retention(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90));
    private long diskFloor = 1L << 30;
    private int strikes = 3;
    private Duration busyTimeout = Duration.ofSeconds(5);
    private Optional<Path> backups = Optional.empty();

    private EngineOptions(Path directory, MasterKey key, long memory) {
        this.directory = directory;
        this.key = key;
        this.memory = memory;
    }

    /** Two proofs at once within these bytes, and moderate limits for everything else. */
    public static EngineOptions standard(Path directory, MasterKey key, long memory) {
        return new EngineOptions(directory, key, memory);
    }

    private EngineOptions with(Consumer<EngineOptions> change) {
        EngineOptions copy = new EngineOptions(directory, key, memory);
        copy.provers = provers;
        copy.executors = executors;
        copy.segmentCycles = segmentCycles;
        copy.backend = backend;
        copy.limits = limits;
        copy.programBytes = programBytes;
        copy.receiptBytes = receiptBytes;
        copy.jobTime = jobTime;
        copy.queue = queue;
        copy.quota = quota;
        copy.retention = retention;
        copy.diskFloor = diskFloor;
        copy.strikes = strikes;
        copy.busyTimeout = busyTimeout;
        copy.backups = backups;
        change.accept(copy);
        if (copy.provers < 1 || copy.executors < 1 || copy.strikes < 1) {
            throw new IllegalArgumentException("provers, executors and strikes are at least 1");
        }
        if (copy.memory < 1 || copy.diskFloor < 0) {
            throw new IllegalArgumentException("memory and disk space are not negative");
        }
        return copy;
    }

    /** Where everything is kept; made if it is not there. */
    public Path directory() {
        return directory;
    }

    /** Encrypts private inputs and what is derived from them; it is to be kept elsewhere than backups. */
    public MasterKey key() {
        return key;
    }

    /** Bytes that proofs may take together, by their prediction. */
    public long memory() {
        return memory;
    }

    /**
     * This with other memory for proofs.
     *
     * @throws IllegalArgumentException if it is none
     */
    public EngineOptions withMemory(long bytes) {
        return with(copy -> copy.memory = bytes);
    }

    /** How many proofs run at once, if they fit. */
    public int provers() {
        return provers;
    }

    /** How many programs run at once; each takes up to {@code limits.memory} beside the proofs. */
    public int executors() {
        return executors;
    }

    /**
     * This with other numbers of workers.
     *
     * @throws IllegalArgumentException if one is 0
     */
    public EngineOptions withWorkers(int proverCount, int executorCount) {
        return with(copy -> {
            copy.provers = proverCount;
            copy.executors = executorCount;
        });
    }

    /** The most cycles of a segment, a power of two from 2^14 to 2^21. */
    public int segmentCycles() {
        return segmentCycles;
    }

    /** Which kernels: "auto", "scalar" or "simd". */
    public String backend() {
        return backend;
    }

    /** This with another way to prove. */
    public EngineOptions withProving(int cyclesOfSegment, String kernels) {
        return with(copy -> {
            copy.segmentCycles = cyclesOfSegment;
            copy.backend = kernels;
        });
    }

    /** Of every run, and of uploads. */
    public Limits limits() {
        return limits;
    }

    /** The longest ELF file. */
    public int programBytes() {
        return programBytes;
    }

    /** The longest receipt that is verified for a caller. */
    public int receiptBytes() {
        return receiptBytes;
    }

    /** How long a job may run in one attempt. */
    public Duration jobTime() {
        return jobTime;
    }

    /** This with other limits on what is run, uploaded and verified, and for how long. */
    public EngineOptions withLimits(Limits runs, int program, int receipt, Duration time) {
        return with(copy -> {
            copy.limits = runs;
            copy.programBytes = program;
            copy.receiptBytes = receipt;
            copy.jobTime = time;
        });
    }

    /** Unfinished jobs of all accounts together. */
    public int queue() {
        return queue;
    }

    /** Of each account. */
    public Quota quota() {
        return quota;
    }

    /** This with other limits on how much is accepted. */
    public EngineOptions withQuota(int queueLength, Quota eachAccount) {
        return with(copy -> {
            copy.queue = queueLength;
            copy.quota = eachAccount;
        });
    }

    /** How long things are kept. */
    public Retention retention() {
        return retention;
    }

    /** Bytes of disk that are kept free. */
    public long diskFloor() {
        return diskFloor;
    }

    /** How often in a row the process may die with a job before the job is given up. */
    public int strikes() {
        return strikes;
    }

    /**
     * This giving up a job after so many deaths of the process.
     *
     * @throws IllegalArgumentException if it is 0
     */
    public EngineOptions withStrikes(int most) {
        return with(copy -> copy.strikes = most);
    }

    /** How long to wait for another process that holds the database. */
    public Duration busyTimeout() {
        return busyTimeout;
    }

    /**
     * This with another way to treat storage.
     *
     * @throws IllegalArgumentException if the floor is negative
     */
    public EngineOptions withStorage(Retention kept, long floor, Duration timeout) {
        return with(copy -> {
            copy.retention = kept;
            copy.diskFloor = floor;
            copy.busyTimeout = timeout;
        });
    }

    /** The directory below which backups go; without one there are none. */
    public Optional<Path> backups() {
        return backups;
    }

    /** This with a directory for backups. */
    public EngineOptions withBackups(Optional<Path> value) {
        return with(copy -> copy.backups = value);
    }
}
