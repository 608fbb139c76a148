package dev.aver.prover.inject;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.field.KoalaBear;

/** 64 bits for each tuple on a bus: a multiset of tuples is a sum of them. */
final class Fingerprint {
    private Fingerprint() {}

    static long start(Bus bus) {
        return mix(bus.number());
    }

    /** Adds an element in Montgomery form. */
    static long next(long fingerprint, int element) {
        return mix(fingerprint ^ element * 0x9E3779B97F4A7C15L);
    }

    static long end(long fingerprint) {
        return mix(fingerprint);
    }

    /** The fingerprint of a tuple of canonical elements. */
    static long of(Bus bus, long... tuple) {
        long fingerprint = start(bus);
        for (long element : tuple) fingerprint = next(fingerprint, KoalaBear.ofLong(element));
        return end(fingerprint);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) + 0x632BE59BD9B4E019L;
    }
}
