package dev.aver.prover;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Limits;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** How to prove. Immutable: what is named {@code with…} gives other options that differ in one thing. */
public final class ProverOptions {
    private HashSuite suite = HashSuite.POSEIDON2;
    private int securityBits = 128;
    private long memory = Math.min(8L << 30, available());
    private int segmentCycles = 1 << 21;
    private String backend = "auto";
    private boolean bindInput = false;
    private OptionalLong seed = OptionalLong.empty();
    private Optional<SegmentStore> checkpoint = Optional.empty();
    private Limits limits = Limits.standard();
    private Console console = Console.NONE;
    private ProgressListener progress = ProgressListener.NONE;

    private ProverOptions() {}

    /**
     * The default: Poseidon2, 128 bits, 8 GiB or what there is, segments of 2^21 cycles, the fastest kernels, random
     * salt.
     */
    public static ProverOptions standard() {
        return new ProverOptions();
    }

    /** Memory, in bytes, that every proof needs, however short its run: with less, nothing can be proven. */
    public static long least() {
        return MemoryModel.LEAST;
    }

    /** Bytes that a proof in this process can take: the heap at its longest, and what a JVM takes besides. */
    public static long available() {
        return Runtime.getRuntime().maxMemory() + MemoryModel.BESIDES_HEAP;
    }

    private ProverOptions with(Consumer<ProverOptions> change) {
        ProverOptions copy = new ProverOptions();
        copy.suite = suite;
        copy.securityBits = securityBits;
        copy.memory = memory;
        copy.segmentCycles = segmentCycles;
        copy.backend = backend;
        copy.bindInput = bindInput;
        copy.seed = seed;
        copy.checkpoint = checkpoint;
        copy.limits = limits;
        copy.console = console;
        copy.progress = progress;
        change.accept(copy);
        return copy;
    }

    /** What commitments and transcripts hash with. */
    public HashSuite suite() {
        return suite;
    }

    /** This with another suite. */
    public ProverOptions withSuite(HashSuite value) {
        return with(copy -> copy.suite = value);
    }

    /** Provable bits that the receipt has to have, at most 128. */
    public int securityBits() {
        return securityBits;
    }

    /** This with other provable bits. */
    public ProverOptions withSecurityBits(int value) {
        return with(copy -> copy.securityBits = value);
    }

    /** Bytes that the process may take; segments are made short enough for it. */
    public long memory() {
        return memory;
    }

    /** This with another memory limit. */
    public ProverOptions withMemory(long value) {
        return with(copy -> copy.memory = value);
    }

    /** The most cycles of a segment, a power of two from 2^14 to 2^21. */
    public int segmentCycles() {
        return segmentCycles;
    }

    /** This with other segments. */
    public ProverOptions withSegmentCycles(int value) {
        return with(copy -> copy.segmentCycles = value);
    }

    /** Which kernels: "auto", "scalar" or "simd". */
    public String backend() {
        return backend;
    }

    /** This with other kernels. */
    public ProverOptions withBackend(String value) {
        return with(copy -> copy.backend = value);
    }

    /** Whether others are to be able to compute the input's digest: no salt. */
    public boolean bindInput() {
        return bindInput;
    }

    /** This with or without salt. */
    public ProverOptions withBindInput(boolean value) {
        return with(copy -> copy.bindInput = value);
    }

    /** Makes salts a function of it, so that the same options give the same bytes; without it they are random. */
    public OptionalLong seed() {
        return seed;
    }

    /** This with salts made from a seed. */
    public ProverOptions withSeed(long value) {
        return with(copy -> copy.seed = OptionalLong.of(value));
    }

    /** Where finished segments are kept, so that an interrupted proof goes on from there. */
    public Optional<SegmentStore> checkpoint() {
        return checkpoint;
    }

    /** This with a directory for finished segments. */
    public ProverOptions withCheckpoint(Path directory) {
        return withCheckpoint(SegmentStore.in(directory));
    }

    /** This with a place for finished segments. */
    public ProverOptions withCheckpoint(SegmentStore value) {
        return with(copy -> copy.checkpoint = Optional.of(value));
    }

    /** Limits of the run. */
    public Limits limits() {
        return limits;
    }

    /** This with other limits. */
    public ProverOptions withLimits(Limits value) {
        return with(copy -> copy.limits = value);
    }

    /** Where the guest's fd 1 and 2 go. */
    public Console console() {
        return console;
    }

    /** This with a console. */
    public ProverOptions withConsole(Console value) {
        return with(copy -> copy.console = value);
    }

    /** Told what is happening. */
    public ProgressListener progress() {
        return progress;
    }

    /** This with a listener. */
    public ProverOptions withProgress(ProgressListener value) {
        return with(copy -> copy.progress = value);
    }
}
