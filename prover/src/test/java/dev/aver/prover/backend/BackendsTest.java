package dev.aver.prover.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.circuits.hash.HashSuite;
import dev.aver.prover.backend.simd.SimdBackend;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is chosen with the incubating module, which these tests run with, and without it. */
class BackendsTest {
    @Test
    void vectorsAreTakenWhereTheyAre() {
        Backends.Choice choice = Backends.pick("auto");
        assertThat(choice.backend()).isInstanceOf(SimdBackend.class);
        assertThat(choice.reason()).isEqualTo("simd: this JVM offers jdk.incubator.vector");
        assertThat(Backends.pick("simd").backend()).isInstanceOf(SimdBackend.class);
        assertThat(Backends.pick("scalar").backend()).isInstanceOf(ScalarBackend.class);
    }

    @Test
    void everythingElseWorksWithoutTheModule() throws IOException, InterruptedException {
        assertThat(without("auto")).isEqualTo("scalar: this JVM runs without jdk.incubator.vector");
        assertThat(without("scalar")).isEqualTo("scalar: asked for");
        assertThat(without("gpu")).contains("IllegalArgumentException", "scalar, simd or auto");
        assertThat(without("simd")).contains("IllegalArgumentException", "--add-modules jdk.incubator.vector");
    }

    private static String without(String option) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(BackendsTest.class, Backends.class, HashSuite.class),
                Pick.class.getName(),
                option);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    /** Where these come from: what runs tests may keep it out of the system properties. */
    private static String classPath(Class<?>... classes) {
        return Stream.of(classes)
                .map(type -> Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString())))
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A process that picks and says what. */
    static final class Pick {
        private Pick() {}

        public static void main(String[] option) {
            Backends.Choice choice = Backends.pick(option[0]);
            System.out.println(choice.reason());
        }
    }
}
