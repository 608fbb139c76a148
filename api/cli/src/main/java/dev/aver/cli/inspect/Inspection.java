package dev.aver.cli.inspect;

import dev.aver.cli.report.RunReportJson;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.Segment;
import java.util.List;

/**
 * Everything that {@code aver inspect} tells about a file.
 *
 * @param path as given
 * @param fileBytes its length
 * @param sha256 its digest, 64 hexadecimal digits
 * @param segments loadable segments, by address
 * @param program what the machine sees, and the symbols
 * @param survey its instructions
 */
record Inspection(
        String path, long fileBytes, String sha256, List<Segment> segments, Program program, CodeSurvey survey) {

    static Inspection of(String path, byte[] file) throws InvalidProgramException {
        Program program = Program.fromElf(file);
        return new Inspection(
                path, file.length, RunReportJson.sha256(file), Program.segments(file), program, CodeSurvey.of(program));
    }

    /** Bytes that the segments take in memory, zeros included. */
    long memoryBytes() {
        return segments.stream().mapToLong(Segment::memorySize).sum();
    }

    /** One past the last address of the last segment: where stock heaps begin. */
    long memoryEnd() {
        return segments.getLast().end();
    }

    /** Bytes of the file that no segment loads: headers, symbols, debug information. The machine never sees them. */
    long unloadedBytes() {
        return Math.max(
                0, fileBytes - segments.stream().mapToLong(Segment::fileSize).sum());
    }
}
