package dev.aver.cli.bench;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.aver.cli.CliException;
import dev.aver.cli.Environment;
import dev.aver.cli.ExitStatus;
import dev.aver.cli.UserFiles;
import dev.aver.zkvm.Console;
import dev.aver.zkvm.Executor;
import dev.aver.zkvm.Input;
import dev.aver.zkvm.Limits;
import dev.aver.zkvm.segment.SegmentRule;
import dev.aver.zkvm.translate.Translator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aver bench}: proves and verifies the samples, and says what it took. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Proves and verifies samples, and says what it took.",
            "",
            "Each proof and each verification is a process of its own, started as a user starts it.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "  0:every sample was proven, and its receipt accepted",
            "  1:one was not; a line on standard error says which and why",
            "120:the command line is wrong",
            "121:a file cannot be read or written"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final int SCHEMA_VERSION = 1;
    private static final String TIMELINE = "timeline";

    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "SAMPLE",
            description =
                    "A case, such as fibonacci/n1000, or a program, such as fibonacci, whose longest case is meant."
                            + " Default: every program.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--samples", paramLabel = "DIR", description = "Where the samples are. Default: Aver's own.")
    private @Nullable Path folder;

    @Option(names = "--memory", paramLabel = "SIZE", description = "As for aver prove.")
    private @Nullable String memory;

    @Option(names = "--segment-cycles", paramLabel = "N", description = "As for aver prove.")
    private @Nullable String segmentCycles;

    @Option(names = "--hash", paramLabel = "H", description = "As for aver prove.")
    private @Nullable String hash;

    @Option(names = "--backend", paramLabel = "B", description = "As for aver prove.")
    private @Nullable String backend;

    @Option(
            names = "--trace",
            paramLabel = "F",
            description = "Writes a timeline of all proofs, as aver prove --trace does of one.")
    private @Nullable Path trace;

    @Option(names = "--json", description = "Prints JSON, with everything that aver prove and aver verify say.")
    private boolean json;

    /** The verb, in this process. */
    public BenchCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CliException, IOException, InterruptedException {
        Path launcher = environment
                .launcher()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "bench starts Aver again, and needs to be started by the launcher, ./aver"));
        if (trace != null) {
            UserFiles.checkOutputs(List.of(), List.of(trace));
        }
        Path guests = folder == null ? launcher.resolveSibling("zkvm").resolve("guest") : folder;
        List<Sample> samples = chosen(Sample.all(guests));
        Path scratch = Files.createTempDirectory("aver-bench");
        try {
            return measure(samples, launcher, scratch);
        } finally {
            for (String left : List.of("receipt", "err", TIMELINE)) {
                Files.deleteIfExists(scratch.resolve(left));
            }
            Files.delete(scratch);
        }
    }

    private int measure(List<Sample> samples, Path launcher, Path scratch)
            throws CliException, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Measurement> measurements = new ArrayList<>();
        List<String> timelines = new ArrayList<>();
        if (!json) {
            out.println(format(
                    ROOT,
                    "%-24s %12s %4s %8s %8s %9s %11s %10s %5s",
                    "sample",
                    "cycles",
                    "segs",
                    "prove s",
                    "kHz",
                    "cells/cyc",
                    "peak MiB",
                    "proof KiB",
                    "verify s"));
        }
        for (Sample sample : samples) {
            Measurement measurement =
                    Measurement.of(sample, launcher, options(scratch), scratch, environment.nanoTime());
            measurements.add(measurement);
            Path timeline = scratch.resolve(TIMELINE);
            if (Files.exists(timeline)) {
                timelines.add(Files.readString(timeline));
                Files.delete(timeline);
            }
            if (!measurement.succeeded()) {
                spec.commandLine().getErr().println("aver: " + measurement.failure());
            } else if (!json) {
                print(measurement, out);
            }
            out.flush();
        }
        if (trace != null) {
            UserFiles.write(trace, to -> Timelines.join(timelines, to));
        }
        if (json) {
            write(measurements, out);
            out.flush();
        }
        return measurements.stream().allMatch(Measurement::succeeded) ? 0 : ExitStatus.REJECTED.code();
    }

    private List<String> options(Path scratch) {
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        given.put("--memory", memory);
        given.put("--segment-cycles", segmentCycles);
        given.put("--hash", hash);
        given.put("--backend", backend);
        given.put("--trace", trace == null ? null : scratch.resolve(TIMELINE).toString());
        List<String> options = new ArrayList<>();
        given.forEach((option, value) -> {
            if (value != null) {
                options.add(option);
                options.add(value);
            }
        });
        return options;
    }

    private List<Sample> chosen(List<Sample> all) throws CliException {
        List<String> wanted = names.isEmpty()
                ? all.stream().map(Sample::programName).distinct().toList()
                : names;
        List<Sample> chosen = new ArrayList<>();
        for (String name : wanted) {
            List<Sample> matching = all.stream()
                    .filter(sample ->
                            sample.name().equals(name) || sample.programName().equals(name))
                    .toList();
            if (matching.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no sample is named " + name + "; there are "
                                + String.join(
                                        ", ",
                                        all.stream()
                                                .map(Sample::programName)
                                                .distinct()
                                                .toList()));
            }
            chosen.add(longest(matching));
        }
        return chosen;
    }

    private static Sample longest(List<Sample> cases) throws CliException {
        Sample longest = cases.getFirst();
        long most = -1;
        for (Sample sample : cases.size() == 1 ? List.<Sample>of() : cases) {
            long cycles = new Executor(
                            UserFiles.readProgram(sample.program()),
                            Limits.standard(),
                            SegmentRule.standard(),
                            Translator.factory())
                    .run(Input.of(UserFiles.read(sample.input(), UserFiles.LONGEST)), Console.NONE)
                    .cycles();
            if (cycles > most) {
                most = cycles;
                longest = sample;
            }
        }
        return longest;
    }

    private static void print(Measurement measurement, PrintWriter out) throws IOException {
        Map<String, Double> proof = measurement.prove().numbers();
        out.println(format(
                ROOT,
                "%-24s %,12.0f %4.0f %8.1f %8.1f %9.1f %,11.0f %,10.0f %5.2f",
                measurement.sample().name(),
                proof.getOrDefault("cycles", 0.0),
                proof.getOrDefault("segments", 0.0),
                proof.getOrDefault("wallSeconds", 0.0),
                proof.getOrDefault("kHz", 0.0),
                proof.getOrDefault("paddedCellsPerCycle", 0.0),
                proof.getOrDefault("peakRssBytes", 0.0) / (1 << 20),
                proof.getOrDefault("proofBytes", 0.0) / (1 << 10),
                measurement.verifySeconds()));
        StringJoiner phases = new StringJoiner(", ", "    ", "");
        proof.forEach((key, value) -> {
            if (key.startsWith("phases.")) {
                phases.add(format(ROOT, "%s %.1f s", key.substring("phases.".length()), value));
            }
        });
        out.println(phases);
    }

    private static void write(List<Measurement> measurements, PrintWriter out) throws IOException {
        JsonFactory factory = new JsonFactory();
        try (JsonGenerator generator = factory.createGenerator(out)
                .useDefaultPrettyPrinter()
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            generator.writeStartObject();
            generator.writeNumberField("schemaVersion", SCHEMA_VERSION);
            generator.writeArrayFieldStart("samples");
            for (Measurement measurement : measurements) {
                generator.writeStartObject();
                generator.writeStringField("sample", measurement.sample().name());
                generator.writeBooleanField("succeeded", measurement.succeeded());
                generator.writeNumberField("verifySeconds", Math.round(measurement.verifySeconds() * 1e6) / 1e6);
                copy("prove", measurement.prove(), factory, generator);
                if (measurement.prove().status() == 0) {
                    copy("verify", measurement.verify(), factory, generator);
                }
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    private static void copy(String key, Child child, JsonFactory factory, JsonGenerator to) throws IOException {
        to.writeFieldName(key);
        try (JsonParser parser = factory.createParser(child.json())) {
            if (parser.nextToken() == null) {
                to.writeNull();
            } else {
                to.copyCurrentStructure(parser);
            }
        }
    }
}
