package dev.aver.prover.trace;

import static dev.aver.prover.trace.ChipAttack.accepts;
import static dev.aver.prover.trace.ChipAttack.everyCellCounts;
import static dev.aver.prover.trace.ChipAttack.rejects;

import dev.aver.circuits.chips.HaltChip;
import dev.aver.zkvm.record.HaltEvent;
import dev.aver.zkvm.testing.Assembler;
import dev.aver.zkvm.testing.ElfBuilder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class HaltChipTest {
    private static final int DIGEST = 0x20000;
    private static final byte[] EMPTY_JOURNAL =
            HexFormat.of().parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private final HaltChip chip = new HaltChip();
    private final Recording exit =
            Recording.of(new Assembler().li(10, 0x1_2345_6789L).ecall(93).build(), 1 << 14);
    private final Recording group =
            Recording.of(new Assembler().li(10, -1).ecall(94).build(), 1 << 14);
    private final Recording halt = Recording.of(
            new Assembler().li(10, 7).li(11, DIGEST).ecall(0x1000).build(new ElfBuilder().data(DIGEST, EMPTY_JOURNAL)),
            1 << 14);

    private Trace trace(Recording recording) {
        HaltEvent event = recording.segments().getLast().halt();
        return HaltTrace.of(chip, event, recording.program());
    }

    private static LookupKeys keys(Recording recording) {
        return new LookupKeys(recording.program());
    }

    @Test
    void acceptsEveryWayToEnd() {
        accepts(trace(exit), keys(exit));
        accepts(trace(group), keys(group));
        accepts(trace(halt), keys(halt));
        accepts(HaltTrace.of(chip, null, exit.program()), keys(exit));
    }

    @Test
    void noCellCanBeChanged() {
        everyCellCounts(trace(halt), keys(halt), 1, (column, row) -> false, 1);
        // An exit reads no a1 and no memory, so neither a1 nor the times of the words mean anything.
        everyCellCounts(
                trace(exit),
                keys(exit),
                1,
                (column, row) -> column.startsWith("a1")
                        || (column.startsWith("digest") && (column.contains("before") || column.contains("rest"))),
                2);
    }

    @Test
    void oneRowIsOneCall() {
        Trace forged = trace(exit);
        forged.set(chip.exitGroup, 0, 1);
        forged.set(chip.number.value()[0], 0, 93 + 94 - 0x1000);
        rejects(forged, keys(exit), "a row is one call");
    }

    @Test
    void anExitsJournalIsEmpty() {
        Trace forged = trace(exit);
        forged.set(chip.digest[2].was()[1], 0, 1);
        rejects(forged, keys(exit), "an exit's journal is empty");
    }

    @Test
    void theNumberHasSixtyFourBits() {
        Trace forged = trace(exit);
        forged.set(chip.number.value()[3], 0, 1);
        rejects(forged, keys(exit), "a7 has no further bits");
    }

    @Test
    void theDigestIsAlignedAndBelowTheEnd() {
        Trace high = trace(halt);
        high.set(chip.address.value()[2], 0, 1);
        rejects(high, keys(halt), "the digest is below 2^32");
        Trace odd = trace(halt);
        odd.set(chip.address.value()[0], 0, 4);
        rejects(odd, keys(halt), "is not a key");
    }
}
