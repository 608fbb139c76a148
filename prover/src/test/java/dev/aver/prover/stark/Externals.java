package dev.aver.prover.stark;

import dev.aver.circuits.air.Bus;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.trace.SegmentTraces;
import dev.aver.prover.trace.TraceChecker.External;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.record.HaltEvent;
import dev.aver.zkvm.record.SegmentRecord;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the verifier says on the buses about an honest segment. */
public final class Externals {
    private Externals() {}

    /**
     * Where the record ends, as an element: a fault may lead to before the program, which no receipt could say, but
     * nothing in the trace is to rely on that.
     */
    public static int endRow(SegmentRecord record) {
        return Math.floorMod(record.endRow(), KoalaBear.P);
    }

    /** What it says of this record, and of a segment with these roots. */
    public static List<External> of(SegmentRecord record, SegmentTraces.Segment segment) throws Exception {
        List<External> externals = new ArrayList<>();
        HaltEvent halt = record.halt();
        externals.add(new External(Bus.STATE, 1, record.startRow(), 1, 0));
        externals.add(new External(Bus.STATE, -1, endRow(record), record.cycles() + 1, halt == null ? 0 : 1));
        int[] root = IntStream.concat(
                        IntStream.of(0, 0),
                        IntStream.concat(IntStream.of(segment.rootBefore()), IntStream.of(segment.rootAfter()))
                                .map(KoalaBear::canonical))
                .toArray();
        externals.add(new External(Bus.NODE, 1, root));
        if (halt != null) {
            int[] result = new int[18];
            result[0] = (int) halt.code() & 0xffff;
            result[1] = (int) (halt.code() >>> 16) & 0xffff;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(new byte[0]);
            for (int i = 0; i < 16; i++) {
                result[2 + i] = halt.number() == SystemCall.HALT
                        ? (int) (halt.digest()[i / 4] >>> (16 * (i % 4))) & 0xffff
                        : (digest[2 * i] & 0xff) | (digest[2 * i + 1] & 0xff) << 8;
            }
            externals.add(new External(Bus.RESULT, -1, result));
        }
        return externals;
    }
}
