package dev.aver.server.engine;

import dev.aver.server.blob.MasterKey;
import dev.aver.server.store.Quota;
import dev.aver.server.store.Retention;
import dev.aver.zkvm.Limits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an engine may use, and how it treats jobs.
 *
 * @param directory where everything is kept; made if it is not there
 * @param key encrypts private inputs and what is derived from them; it is to be kept elsewhere than backups
 * @param memory bytes of heap that proofs may take together, by their prediction
 * @param provers how many proofs run at once, if they fit
 * @param executors how many programs run at once; each takes up to {@code limits.memory} beside the proofs
 * @param segmentCycles the most cycles of a segment, a power of two from 2^14 to 2^21
 * @param backend which kernels: "auto", "scalar" or "simd"
 * @param limits of every run, and of uploads
 * @param programBytes the longest ELF file
 * @param receiptBytes the longest receipt that is verified for a caller
 * @param jobTime how long a job may run in one attempt
 * @param queue unfinished jobs of all accounts together
 * @param quota of each account
 * @param retention how long things are kept
 * @param diskFloor bytes of disk that are kept free
 * @param strikes how often in a row the process may die with a job before the job is given up
 * @param busyTimeout how long to wait for another process that holds the database
 */
public record EngineOptions(
        Path directory,
        MasterKey key,
        long memory,
        int provers,
        int executors,
        int segmentCycles,
        String backend,
        Limits limits,
        int programBytes,
        int receiptBytes,
        Duration jobTime,
        int queue,
        Quota quota,
        Retention retention,
        long diskFloor,
        int strikes,
        Duration busyTimeout) {

    /** @throws IllegalArgumentException if there is no worker, or no memory */
    public EngineOptions {
        if (provers < 1 || executors < 1 || strikes < 1) {
            throw new IllegalArgumentException("provers, executors and strikes are at least 1");
        }
        if (memory < 1 || diskFloor < 0) throw new IllegalArgumentException("memory and disk space are not negative");
    }

    /** Two proofs at once within these bytes, and moderate limits for everything else. */
    public static EngineOptions standard(Path directory, MasterKey key, long memory) {
        return new EngineOptions(
                directory,
                key,
                memory,
                2,
                1,
                1 << 21,
                "auto",
                Limits.standard().withCycles(1L << 36),
                64 << 20,
                64 << 20,
                Duration.ofHours(24),
                10_000,
                new Quota(1_000, 1L << 42, 64L << 30),
                new Retention(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90)),
                1L << 30,
                3,
                Duration.ofSeconds(5));
    }

    /** This with other numbers of workers. */
    public EngineOptions withWorkers(int proverCount, int executorCount) {
        return new EngineOptions(
                directory,
                key,
                memory,
                proverCount,
                executorCount,
                segmentCycles,
                backend,
                limits,
                programBytes,
                receiptBytes,
                jobTime,
                queue,
                quota,
                retention,
                diskFloor,
                strikes,
                busyTimeout);
    }

    /** This with another way to prove. */
    public EngineOptions withProving(int cyclesOfSegment, String kernels) {
        return new EngineOptions(
                directory,
                key,
                memory,
                provers,
                executors,
                cyclesOfSegment,
                kernels,
                limits,
                programBytes,
                receiptBytes,
                jobTime,
                queue,
                quota,
                retention,
                diskFloor,
                strikes,
                busyTimeout);
    }

    /** This with other limits on what is run, uploaded and verified, and for how long. */
    public EngineOptions withLimits(Limits runs, int program, int receipt, Duration time) {
        return new EngineOptions(
                directory,
                key,
                memory,
                provers,
                executors,
                segmentCycles,
                backend,
                runs,
                program,
                receipt,
                time,
                queue,
                quota,
                retention,
                diskFloor,
                strikes,
                busyTimeout);
    }

    /** This with other limits on how much is accepted. */
    public EngineOptions withQuota(int queueLength, Quota eachAccount) {
        return new EngineOptions(
                directory,
                key,
                memory,
                provers,
                executors,
                segmentCycles,
                backend,
                limits,
                programBytes,
                receiptBytes,
                jobTime,
                queueLength,
                eachAccount,
                retention,
                diskFloor,
                strikes,
                busyTimeout);
    }

    /** This with another way to treat storage. */
    public EngineOptions withStorage(Retention kept, long floor, Duration timeout) {
        return new EngineOptions(
                directory,
                key,
                memory,
                provers,
                executors,
                segmentCycles,
                backend,
                limits,
                programBytes,
                receiptBytes,
                jobTime,
                queue,
                quota,
                kept,
                floor,
                strikes,
                timeout);
    }

    /** This giving up a job after so many deaths of the process. */
    public EngineOptions withStrikes(int most) {
        return new EngineOptions(
                directory,
                key,
                memory,
                provers,
                executors,
                segmentCycles,
                backend,
                limits,
                programBytes,
                receiptBytes,
                jobTime,
                queue,
                quota,
                retention,
                diskFloor,
                most,
                busyTimeout);
    }

    /** This with other memory for proofs. */
    public EngineOptions withMemory(long bytes) {
        return new EngineOptions(
                directory,
                key,
                bytes,
                provers,
                executors,
                segmentCycles,
                backend,
                limits,
                programBytes,
                receiptBytes,
                jobTime,
                queue,
                quota,
                retention,
                diskFloor,
                strikes,
                busyTimeout);
    }
}
