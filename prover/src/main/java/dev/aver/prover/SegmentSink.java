package dev.aver.prover;

import dev.aver.verifier.Receipt;
import java.io.IOException;

/** Takes the segments of a receipt, in order, each as soon as it is proven: so that nobody has to hold them all. */
@FunctionalInterface
public interface SegmentSink {
    /** Takes the next segment. */
    void accept(Receipt.Segment segment) throws IOException;
}
