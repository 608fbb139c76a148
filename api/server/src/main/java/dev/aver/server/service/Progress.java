package dev.aver.server.service;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where a running job stands.
 *
 * @param phase the step it is at, as {@code ProgressListener.Phase} calls it in lower case, or "execute"
 * @param segmentsDone how many are proven
 * @param segments how many there are, once known
 * @param cyclesDone cycles of the segments that are proven
 * @param cycles of the run, 0 until known
 * @param kHz cycles proven in a millisecond, on average so far
 * @param secondsLeft expected, once known
 * @param memoryPredicted bytes admitted for it
 * @param memoryResident bytes that the process has, all its jobs together; 0 if that is not known
 * @param at when this was so
 */
public record Progress(
        Optional<String> phase,
        int segmentsDone,
        OptionalInt segments,
        long cyclesDone,
        long cycles,
        double kHz,
        OptionalDouble secondsLeft,
        long memoryPredicted,
        long memoryResident,
        Instant at) {}
