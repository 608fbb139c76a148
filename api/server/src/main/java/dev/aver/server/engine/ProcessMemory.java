package dev.aver.server.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the process takes. */
final class ProcessMemory {
    private ProcessMemory() {}

    /** Peak resident bytes since the start, as Linux counts them; where it does not, the heap's size now. */
    static long peakBytes() {
        return bytes("VmHWM:");
    }

    /** Resident bytes now, likewise. */
    static long residentBytes() {
        return bytes("VmRSS:");
    }

    private static long bytes(String figure) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith(figure)) return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux.
        }
        return Runtime.getRuntime().totalMemory();
    }
}
