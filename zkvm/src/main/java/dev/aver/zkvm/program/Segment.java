package dev.aver.zkvm.program;

/**
 * A checked, non-empty PT_LOAD: the file bytes [fileOffset, fileOffset + fileSize) stand at {@code address}, zeros
 * follow up to memorySize. It lies in the program half and its file bytes lie in the file.
 *
 * @param headerOffset file offset of its program header
 * @param address first address
 * @param memorySize bytes in memory, at least 1
 * @param fileOffset file offset of its content
 * @param fileSize bytes of content, at most memorySize
 * @param executable whether it has PF_X
 */
public record Segment(
        int headerOffset, long address, long memorySize, int fileOffset, int fileSize, boolean executable) {

    /** One past the last address. */
    public long end() {
        return address + memorySize;
    }
}
