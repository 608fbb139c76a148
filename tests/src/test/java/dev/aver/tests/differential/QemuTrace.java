package dev.aver.tests.differential;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A run under user-mode qemu that prints its state before every instruction, read while it runs.
 *
 * <p>qemu prints records of fixed size: a line with the pc, then eight lines of four registers. So a record is compared
 * with the one before it as bytes, and only what changed is read as numbers.
 */
final class QemuTrace implements Trace, AutoCloseable {

    /**
     * RV64IMAC with FENCE.I and nothing else: an instruction that the machine does not have must trap. The numbers 3
     * and 9 are spoken for before qemu opens its log, or the log would take 3 and the guest's journal would corrupt it;
     * the log goes through 9 into this process, and the guest's output into files.
     */
    private static final String COMMAND = """
            ulimit -c 0; exec qemu-riscv64 \
            -cpu rv64,f=off,d=off,Zicsr=off,Zifencei=on,zba=off,zbb=off,zbc=off,zbs=off \
            -singlestep -d cpu -D /dev/fd/9 "$0" 9>&1 >"$0.1" 2>"$0.2" 3>"$0.3" </dev/null""";

    private static final int PC_AT = 10;
    private static final int PC_LINE = PC_AT + 16 + 1;
    /** Four times blank, name and value, each 10 + 16 characters, and the end of line. */
    private static final int REGISTER_LINE = 4 * 26 + 1;

    private static final int RECORD = PC_LINE + 8 * REGISTER_LINE;

    private final Path program;
    private final Process process;
    private final InputStream log;
    private final byte[] buffer = new byte[RECORD * 1024];
    private int start;
    private int end;
    private byte[] record = new byte[RECORD];
    private byte[] previous = new byte[RECORD];
    private long pc;
    private final long[] registers = new long[32];

    private QemuTrace(Path program, Process process) {
        this.program = program;
        this.process = process;
        this.log = process.getInputStream();
    }

    /**
     * Starts qemu.
     *
     * @param directory where files may be put
     */
    static QemuTrace start(byte[] elf, Path directory) throws IOException {
        Path program = Files.createTempFile(directory, "guest", ".elf");
        Files.write(program, elf);
        program.toFile().setExecutable(true);
        Process process = new ProcessBuilder("/bin/sh", "-c", COMMAND, program.toString()).start();
        return new QemuTrace(program, process);
    }

    @Override
    public boolean next() throws IOException {
        if (!fill()) {
            return false;
        }
        byte[] last = previous;
        previous = record;
        record = last;
        System.arraycopy(buffer, start, record, 0, RECORD);
        start += RECORD;
        if (record[1] != 'p' || record[2] != 'c' || record[RECORD - 1] != '\n') {
            throw new IOException("not a qemu record: " + new String(record, StandardCharsets.ISO_8859_1));
        }
        pc = hexadecimal(record, PC_AT);
        readChanged();
        return true;
    }

    private void readChanged() throws IOException {
        int at = PC_LINE;
        while (at < RECORD) {
            int mismatch = Arrays.mismatch(record, at, RECORD, previous, at, RECORD);
            if (mismatch < 0) {
                return;
            }
            int line = (at + mismatch - PC_LINE) / REGISTER_LINE;
            int column = Math.min((at + mismatch - PC_LINE) % REGISTER_LINE / 26, 3);
            int field = PC_LINE + line * REGISTER_LINE + column * 26;
            registers[4 * line + column] = hexadecimal(record, field + 10);
            at = field + 26 + column / 3; // the last field's end of line, too
        }
    }

    /** Makes a whole record available; false at the end. */
    private boolean fill() throws IOException {
        if (end - start >= RECORD) {
            return true;
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        while (end < RECORD) {
            int read = log.read(buffer, end, buffer.length - end);
            if (read < 0) {
                if (end != 0) {
                    throw new EOFException("qemu's log ends within a record, after "
                            + new String(buffer, 0, end, StandardCharsets.ISO_8859_1) + "; its stderr: "
                            + new String(written(2), StandardCharsets.ISO_8859_1));
                }
                return false;
            }
            end += read;
        }
        return true;
    }

    private static long hexadecimal(byte[] text, int at) throws IOException {
        long value = 0;
        for (int i = at; i < at + 16; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                throw new IOException("not a number: " + new String(text, at, 16, StandardCharsets.ISO_8859_1));
            }
            value = value << 4 | digit;
        }
        return value;
    }

    @Override
    public long pc() {
        return pc;
    }

    @Override
    public long[] registers() {
        return registers;
    }

    /** Goes to the end of the trace. */
    void skip() throws IOException {
        log.transferTo(OutputStream.nullOutputStream());
    }

    /**
     * How the process ended, once the trace has: the guest's exit code modulo 256, or 128 plus the signal that killed
     * it.
     */
    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    /** What the guest wrote to file descriptor 1, 2 or 3 so far. */
    byte[] written(int fd) throws IOException {
        return Files.readAllBytes(Path.of(program + "." + fd));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        log.close();
        Files.deleteIfExists(program);
        for (int fd = 1; fd <= 3; fd++) {
            Files.deleteIfExists(Path.of(program + "." + fd));
        }
    }
}
