package dev.aver.cli.inspect;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.image.ImageId;
import dev.aver.cli.report.RunReportJson;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.program.Segment;
import java.util.List;
import java.util.Optional;

/**
 * Everything that {@code aver inspect} tells about a file.
 *
 * @param path as given
 * @param fileBytes its length
 * @param sha256 its digest, 64 hexadecimal digits
 * @param segments loadable segments, by address
 * @param program what the machine sees, and the symbols
 * @param survey its instructions
 * @param imageId what claims name it by; empty if it is too large for a proof
 */
record Inspection(
        String path,
        long fileBytes,
        String sha256,
        List<Segment> segments,
        Program program,
        CodeSurvey survey,
        Optional<ImageId> imageId) {

    static Inspection of(String path, byte[] file) throws InvalidProgramException {
        Program program = Program.fromElf(file);
        return new Inspection(
                path,
                file.length,
                RunReportJson.sha256(file),
                Program.segments(file),
                program,
                CodeSurvey.of(program),
                imageId(program));
    }

    private static Optional<ImageId> imageId(Program program) {
        boolean provable = ProgramChip.logHeight(ProgramTable.of(program)) <= Machine.MAX_LOG_HEIGHT;
        return provable ? Optional.of(ImageId.of(program)) : Optional.empty();
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
