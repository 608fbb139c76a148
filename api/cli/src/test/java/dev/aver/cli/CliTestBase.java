package dev.aver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.testing.Code;
import dev.aver.zkvm.testing.ElfBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command in this process, on streams of its own, in a directory of its own. */
public abstract class CliTestBase {
    /** Address of data that {@link #halting} adds. */
    private static final long DATA = 0x20000;

    @TempDir
    protected Path directory;

    protected byte[] standardInput = new byte[0];

    /** What a run left behind. */
    protected record Result(int status, byte[] outBytes, String err) {
        public String out() {
            return new String(outBytes, UTF_8);
        }
    }

    protected Result aver(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = aver(out, err, arguments);
        return new Result(status, out.toByteArray(), err.toString(UTF_8));
    }

    protected int aver(OutputStream out, OutputStream err, Object... arguments) {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        // A clock that ticks a millisecond whenever it is read.
        long[] now = {0};
        return Main.run(
                words.toArray(String[]::new),
                new Environment(
                        new ByteArrayInputStream(standardInput),
                        out,
                        err,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        () -> now[0] += 1_000_000));
    }

    protected Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    protected Path program(ElfBuilder elf) throws IOException {
        return write("program.elf", elf.build());
    }

    protected Path program(Code code) throws IOException {
        return program(code.elf());
    }

    /** A program that writes {@code text} to a descriptor and exits. */
    protected Path writing(int fd, String text, int exitCode) throws IOException {
        return program(new Code()
                .at("_start")
                .write(fd, "text", text.length())
                .exit(exitCode)
                .at("text")
                .string(text));
    }

    /** A program that writes {@code journal} to fd 3 and halts with the digest of {@code claimed}. */
    protected Path halting(String journal, String claimed, int exitCode) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(claimed.getBytes(UTF_8));
        Code code = new Code().at("_start").write(3, "text", journal.length());
        code.li(Code.A0, exitCode).op(Op.LUI, Code.A1, 0, 0, DATA).op(Op.LUI, Code.A7, 0, 0, 0x1000);
        code.op(Op.ECALL, 0, 0, 0, 0).at("text").string(journal);
        return program(code.elf().data(DATA, digest));
    }

    protected static Map<String, Object> json(Path file) throws IOException {
        return JSON.std.mapFrom(Files.readString(file));
    }
}
