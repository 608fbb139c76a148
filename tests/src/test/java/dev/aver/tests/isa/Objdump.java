package dev.aver.tests.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** GNU objdump, told that the code is RV64IMAC with FENCE.I and nothing else. */
final class Objdump {

    private final Path directory;

    /** @param directory where files may be put */
    Objdump(Path directory) {
        this.directory = directory;
    }

    /**
     * What objdump prints for each word, which lies at address 4·index.
     *
     * @param words 32-bit encodings, or compressed ones that fill the upper half themselves with a compressed one
     * @return mnemonic and operands with one space between, comments left out; {@code .2byte …} and {@code .4byte …}
     *     where objdump knows no instruction
     */
    String[] disassemble(int[] words) throws IOException, InterruptedException {
        ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        code.asIntBuffer().put(words);
        Files.write(directory.resolve("code.bin"), code.array());
        Files.writeString(
                directory.resolve("code.s"), ".attribute arch,\"rv64imac_zifencei\"\n.text\n.incbin \"code.bin\"\n");
        run("riscv64-unknown-elf-as", "-march=rv64imac", "code.s", "-o", "code.o");
        // The assembler marks included bytes as data, which objdump would then not disassemble.
        run("riscv64-unknown-elf-objcopy", "--strip-all", "code.o");
        run("riscv64-unknown-elf-objdump", "-d", "-z", "-M", "no-aliases", "code.o");
        String[] texts = new String[words.length];
        try (BufferedReader lines = Files.newBufferedReader(directory.resolve("output"))) {
            lines.lines().forEach(line -> keep(line, texts));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return texts;
    }

    /** A line is {@code address: <tab> bytes <tab> mnemonic <tab> operands # comment}. */
    private static void keep(String line, String[] texts) {
        String[] columns = line.split("\t", 4);
        if (columns.length < 3 || !columns[0].endsWith(":")) {
            return;
        }
        int address = Integer.parseInt(columns[0].strip().replace(":", ""), 16);
        if (address % 4 == 0) {
            String operands = columns.length == 4 ? columns[3].replaceFirst(" #.*| <.*", "") : "";
            texts[address / 4] = (columns[2] + " " + operands).strip();
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("output").toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor())
                .as(() -> String.join(" ", command) + ": " + read(directory.resolve("errors")))
                .isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
