package dev.aver.verifier.stark;

import dev.aver.circuits.air.Air;
import dev.aver.circuits.air.Bus;
import dev.aver.circuits.air.Constraint;
import dev.aver.circuits.air.Message;
import dev.aver.circuits.air.Tape;
import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.KoalaBear;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.zkvm.isa.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The machine's tables as the JSON file that docs/protocol.md, section 8, describes. */
final class TablesFile {
    private static final int LINE = 120;

    private final StringBuilder text = new StringBuilder();

    private TablesFile() {}

    /** The file's text. */
    static String of(Machine machine) {
        TablesFile file = new TablesFile();
        file.line("{");
        file.line("\"machine\": %d,".formatted(Machine.VERSION));
        file.line("\"p\": %d,".formatted(KoalaBear.P));
        file.line("\"widest\": %d,".formatted(Bus.WIDEST));
        file.strings("operations", enumNames(Tape.Op.values()));
        file.strings("rows", enumNames(Constraint.Where.values()));
        file.strings("opcodes", Arrays.stream(Op.values()).map(Op::mnemonic).toList());
        file.line("\"buses\": [");
        file.list(
                List.of(Bus.values()),
                bus -> file.text.append("{\"number\": %d, \"name\": \"%s\", \"kind\": \"%s\", \"width\": %d}"
                        .formatted(bus.number(), bus.name(), lower(bus.kind()), bus.width())));
        file.line("],");
        file.line("\"tables\": [");
        file.list(machine.tables(), file::table);
        file.line("],");
        file.line("\"fixed\": [");
        file.list(List.of(HashSuite.POSEIDON2, HashSuite.BLAKE3), file::fixed);
        file.line("]");
        file.line("}");
        return file.text.toString();
    }

    private void table(Machine.Table table) {
        Air air = table.air();
        Tape tape = air.tape();
        line("{\"name\": \"%s\",".formatted(air.name()));
        line("\"instances\": %d, \"mandatory\": %b, \"logHeight\": %d, \"cycles\": %d,"
                .formatted(table.instances(), table.mandatory(), table.logHeight(), table.cycles()));
        strings("preprocessed", air.preprocessed());
        strings("columns", air.columns());
        tape(tape);
        int[] output = {0};
        line("\"constraints\": [");
        list(
                air.constraints(),
                constraint -> text.append("{\"rows\": \"%s\", \"value\": %d, \"name\": \"%s\"}"
                        .formatted(lower(constraint.where()), tape.output(output[0]++), constraint.name())));
        line("],");
        line("\"messages\": [");
        list(air.messages(), message -> {
            text.append("{\"bus\": %d, \"answer\": %b, \"multiplicity\": %d, \"tuple\": %s}"
                    .formatted(
                            message.bus().number(),
                            answers(message),
                            tape.output(output[0]++),
                            IntStream.range(0, message.tuple().size())
                                    .map(i -> tape.output(output[0]++))
                                    .boxed()
                                    .toList()));
        });
        line("],");
        text.append("\"digest\": \"%s\"}".formatted(HexFormat.of().formatHex(air.digest())));
    }

    private static boolean answers(Message message) {
        boolean fixed = true;
        Tape tape = Tape.of(message.tuple());
        for (int v = 0; v < tape.size(); v++) fixed &= tape.op(v) == Tape.Op.PREPROCESSED;
        return message.bus().kind() == Bus.Kind.LOOKUP && fixed;
    }

    private void tape(Tape tape) {
        List<String> steps = new ArrayList<>();
        for (int v = 0; v < tape.size(); v++) {
            int a = tape.op(v) == Tape.Op.CONSTANT ? KoalaBear.canonical(tape.a(v)) : tape.a(v);
            boolean two = tape.op(v).compareTo(Tape.Op.ADD) >= 0;
            steps.add(
                    two
                            ? "[%d,%d,%d]".formatted(tape.op(v).ordinal(), a, tape.b(v))
                            : "[%d,%d]".formatted(tape.op(v).ordinal(), a));
        }
        wrapped("tape", steps);
    }

    private void fixed(HashSuite suite) {
        VerifyingKey key = FixedTables.key(suite);
        line("{\"suite\": \"%s\",".formatted(suite.name()));
        List<String> digests = new ArrayList<>();
        for (int at = 0; at < key.fixedCap().length; at += suite.digestLength()) {
            digests.add('"' + HexFormat.of().formatHex(suite.encode(key.fixedCap(), at)) + '"');
        }
        wrapped("cap", digests);
        text.append("\"key\": \"%s\"}".formatted(key.digest()));
    }

    private <T> void list(List<T> items, Consumer<T> write) {
        for (int i = 0; i < items.size(); i++) {
            write.accept(items.get(i));
            text.append(i + 1 < items.size() ? ",\n" : "\n");
        }
    }

    private void strings(String name, List<String> strings) {
        wrapped(name, strings.stream().map(string -> '"' + string + '"').toList());
    }

    /** A list over as many lines as it takes. */
    private void wrapped(String name, List<String> items) {
        text.append('"').append(name).append("\": [");
        int column = text.length() - text.lastIndexOf("\n");
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i) + (i + 1 < items.size() ? "," : "");
            if (column + item.length() > LINE) {
                text.append('\n');
                column = 0;
            } else if (i > 0) {
                text.append(' ');
                column++;
            }
            text.append(item);
            column += item.length();
        }
        text.append("],\n");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static List<String> enumNames(Enum<?>[] values) {
        return List.of(values).stream().map(TablesFile::lower).collect(Collectors.toList());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
