package dev.aver.cli.bench;

import dev.aver.cli.CliException;
import dev.aver.cli.ExitStatus;
import dev.aver.cli.UserFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample program with one of its inputs.
 *
 * @param name as in {@code fibonacci/default}: the program, and the case
 * @param program the program's file
 * @param input the input's file
 */
record Sample(String name, Path program, Path input) {
    private static final List<String> MANIFESTS = List.of("samples/manifest.tsv", "rust/samples/manifest.tsv");
    private static final int MAX_MANIFEST = 1 << 20;
    private static final String TRAP = "trap";

    /** All that end by themselves, from the manifests in the folder of the guests, in their order. */
    static List<Sample> all(Path folder) throws CliException {
        List<Sample> samples = new ArrayList<>();
        for (String name : MANIFESTS) {
            Path manifest = folder.resolve(name);
            String text = new String(UserFiles.read(manifest, MAX_MANIFEST), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (line.startsWith("#")) {
                    continue;
                }
                // Case, program, its digest, input, exit code, standard output, journal.
                String[] field = line.split("\t", -1);
                if (field.length != 7 || !field[0].contains("/")) {
                    throw new CliException(ExitStatus.FILE, manifest + " is not a list of samples: " + line);
                }
                // The manifests list the machine's self tests too.
                if (!field[4].equals(TRAP) && field[3].contains("samples/")) {
                    samples.add(new Sample(field[0], folder.resolve(field[1]), folder.resolve(field[3])));
                }
            }
        }
        return samples;
    }

    /** The program's name: that of the sample up to the slash. */
    String programName() {
        return name.substring(0, name.indexOf('/'));
    }
}
