package dev.aver.prover;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Limits;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to prove.
 *
 * @param suite what commitments and transcripts hash with
 * @param securityBits provable bits that the receipt has to have, at most 128
 * @param memory bytes that the process may take; segments are made short enough for it
 * @param segmentCycles the most cycles of a segment, a power of two from 2^14 to 2^21
 * @param backend which kernels: "auto", "scalar" or "simd"
 * @param bindInput whether others are to be able to compute the input's digest: no salt
 * @param seed makes salts a function of it, so that the same options give the same bytes; without it they are random
 * @param checkpoint a directory where finished segments are kept, so that an interrupted proof goes on from there
 * @param limits of the run
 * @param console where the guest's fd 1 and 2 go
 * @param progress told what is happening
 */
public record ProverOptions(
        HashSuite suite,
        int securityBits,
        long memory,
        int segmentCycles,
        String backend,
        boolean bindInput,
        OptionalLong seed,
        Optional<Path> checkpoint,
        Limits limits,
        Console console,
        ProgressListener progress) {
    /**
     * The default: Poseidon2, 128 bits, 8 GiB or what there is, segments of 2^21 cycles, the fastest kernels, random
     * salt.
     */
    public static ProverOptions standard() {
        return new ProverOptions(
                HashSuite.POSEIDON2,
                128,
                Math.min(8L << 30, available()),
                1 << 21,
                "auto",
                false,
                OptionalLong.empty(),
                Optional.empty(),
                Limits.standard(),
                Console.NONE,
                ProgressListener.NONE);
    }

    /** Bytes that a proof in this process can take: the heap at its longest, and what a JVM takes besides. */
    public static long available() {
        return Runtime.getRuntime().maxMemory() + MemoryModel.BESIDES_HEAP;
    }

    /** This with another suite. */
    public ProverOptions withSuite(HashSuite value) {
        return new ProverOptions(
                value,
                securityBits,
                memory,
                segmentCycles,
                backend,
                bindInput,
                seed,
                checkpoint,
                limits,
                console,
                progress);
    }

    /** This with another memory limit. */
    public ProverOptions withMemory(long value) {
        return new ProverOptions(
                suite,
                securityBits,
                value,
                segmentCycles,
                backend,
                bindInput,
                seed,
                checkpoint,
                limits,
                console,
                progress);
    }

    /** This with other segments. */
    public ProverOptions withSegmentCycles(int value) {
        return new ProverOptions(
                suite, securityBits, memory, value, backend, bindInput, seed, checkpoint, limits, console, progress);
    }

    /** This with other kernels. */
    public ProverOptions withBackend(String value) {
        return new ProverOptions(
                suite,
                securityBits,
                memory,
                segmentCycles,
                value,
                bindInput,
                seed,
                checkpoint,
                limits,
                console,
                progress);
    }

    /** This with or without salt. */
    public ProverOptions withBindInput(boolean value) {
        return new ProverOptions(
                suite,
                securityBits,
                memory,
                segmentCycles,
                backend,
                value,
                seed,
                checkpoint,
                limits,
                console,
                progress);
    }

    /** This with salts made from a seed. */
    public ProverOptions withSeed(long value) {
        return new ProverOptions(
                suite,
                securityBits,
                memory,
                segmentCycles,
                backend,
                bindInput,
                OptionalLong.of(value),
                checkpoint,
                limits,
                console,
                progress);
    }

    /** This with a directory for finished segments. */
    public ProverOptions withCheckpoint(Path value) {
        return new ProverOptions(
                suite,
                securityBits,
                memory,
                segmentCycles,
                backend,
                bindInput,
                seed,
                Optional.of(value),
                limits,
                console,
                progress);
    }

    /** This with other limits. */
    public ProverOptions withLimits(Limits value) {
        return new ProverOptions(
                suite,
                securityBits,
                memory,
                segmentCycles,
                backend,
                bindInput,
                seed,
                checkpoint,
                value,
                console,
                progress);
    }

    /** This with a console. */
    public ProverOptions withConsole(Console value) {
        return new ProverOptions(
                suite,
                securityBits,
                memory,
                segmentCycles,
                backend,
                bindInput,
                seed,
                checkpoint,
                limits,
                value,
                progress);
    }

    /** This with a listener. */
    public ProverOptions withProgress(ProgressListener value) {
        return new ProverOptions(
                suite,
                securityBits,
                memory,
                segmentCycles,
                backend,
                bindInput,
                seed,
                checkpoint,
                limits,
                console,
                value);
    }
}
