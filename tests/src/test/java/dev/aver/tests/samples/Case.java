package dev.aver.tests.samples;

import dev.aver.zkvm.Input;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One line of a manifest: a program, an input and the answer, which was computed without running the program.
 *
 * @param name for people
 * @param elf the prebuilt program
 * @param checksum SHA-256 of the file, hexadecimal
 * @param input file with the input
 * @param exit exit code as an unsigned number, or "trap"
 * @param stdout what fd 1 receives
 * @param journal the journal
 */
record Case(String name, Path elf, String checksum, Path input, String exit, byte[] stdout, byte[] journal) {
    /** The folder of the guests, from this module's or the project's folder. */
    static final Path GUEST =
            Files.isDirectory(Path.of("zkvm/guest")) ? Path.of("zkvm/guest") : Path.of("../zkvm/guest");

    static final List<String> MANIFESTS = List.of("samples/manifest.tsv", "rust/samples/manifest.tsv");

    static List<Case> all(String manifest) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(GUEST.resolve(manifest))) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] field = line.split("\t", -1);
            cases.add(new Case(
                    field[0],
                    GUEST.resolve(field[1]),
                    field[2],
                    GUEST.resolve(field[3]),
                    field[4],
                    field[5].equals("-") ? new byte[0] : Files.readAllBytes(GUEST.resolve(field[5])),
                    field[6].equals("-") ? new byte[0] : HexFormat.of().parseHex(field[6])));
        }
        return cases;
    }

    static List<Case> all() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String manifest : MANIFESTS) {
            cases.addAll(all(manifest));
        }
        return cases;
    }

    Program program() throws IOException, InvalidProgramException {
        return Program.fromElf(elf);
    }

    Input readInput() throws IOException {
        return Input.of(input);
    }

    @Override
    public String toString() {
        return name;
    }
}
