package dev.aver.zkvm.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import java.util.HashSet;
import java.util.Set;

/**
 * Offline memory checking over a record's columns: the set of tuples that accesses and the start produce equals the set
 * that accesses and the end consume. Written from docs/protocol.md, not from the recorder.
 */
final class BusCheck {
    private static final long REGISTER_SPACE = 1L << 40;

    private record Tuple(long address, long value, int time) {}

    private final SegmentRecord record;
    private final ProgramTable table;
    private final Set<Tuple> produced = new HashSet<>();
    private final Set<Tuple> consumed = new HashSet<>();

    BusCheck(SegmentRecord record, ProgramTable table) {
        this.record = record;
        this.table = table;
    }

    void balance() {
        for (int i = 0; i < record.pageIds().length; i++) {
            boolean registers = record.pageIds()[i] == MemoryMap.REGISTER_PAGE;
            for (int w = 0; w < MemoryMap.PAGE_WORDS; w++) {
                long address =
                        registers ? REGISTER_SPACE + w : ((long) record.pageIds()[i] << MemoryMap.PAGE_BITS) + 8L * w;
                int at = i * MemoryMap.PAGE_WORDS + w;
                produce(address, record.firstWords()[at], 0);
                consume(address, record.lastWords()[at], record.lastTimes()[at]);
            }
        }
        for (int c = 0; c < Chip.HALT.ordinal(); c++) {
            EventTable t = record.table(Chip.of(c));
            for (int i = 0; i < t.size(); i++) {
                if (t.chip == Chip.WRITE) {
                    write(t, i);
                } else {
                    instruction(t, i);
                }
            }
        }
        RefreshTable r = record.refreshes();
        for (int i = 0; i < r.size(); i++) {
            assertThat(r.time[i]).isGreaterThan(r.before[i]).isLessThan(1 << 24);
            consume(REGISTER_SPACE + r.register[i], r.value[i], r.before[i]);
            produce(REGISTER_SPACE + r.register[i], r.value[i], r.time[i]);
        }
        halt();
        Set<Tuple> both = new HashSet<>(produced);
        both.retainAll(consumed);
        produced.removeAll(both);
        consumed.removeAll(both);
        assertThat(produced.stream().limit(5)).as("produced, not consumed").isEmpty();
        assertThat(consumed.stream().limit(5)).as("consumed, not produced").isEmpty();
    }

    private void instruction(EventTable t, int i) {
        int fields = table.fields(t.row[i]);
        Op op = ProgramTable.op(fields);
        int now = 4 * t.clk[i];
        if (t.chip != Chip.CONST && op != Op.JAL) {
            register(ProgramTable.rs1(fields), t.rs1[i], t.rs1Time[i], t.rs1[i], now);
        }
        boolean usesRs2 = switch (op.format()) {
            case R, S, B -> true;
            case AMO -> op != Op.LR_W && op != Op.LR_D;
            default -> false;
        };
        if (usesRs2) {
            register(ProgramTable.rs2(fields), t.rs2[i], t.rs2Time[i], t.rs2[i], now + 1);
        }
        if (op.format() != Op.Format.S && op.format() != Op.Format.B) {
            register(ProgramTable.rd(fields), t.rdBefore[i], t.rdTime[i], t.rd[i], now + 3);
        }
        boolean loads = switch (t.chip) {
            case LOAD, LOAD_DOUBLE, LOAD_CROSS -> true;
            default -> false;
        };
        if (loads || t.word.length > 0) {
            long address = t.rs1[i] + table.imm(t.row[i]);
            long word = address & -8;
            memory(word, t.wordBefore[i], t.wordTime[i], loads ? t.wordBefore[i] : t.word[i], now + 2);
            if (t.word2Before.length > 0) {
                assertThat(address & 7).isNotZero();
                memory(word + 8, t.word2Before[i], t.word2Time[i], loads ? t.word2Before[i] : t.word2[i], now + 2);
            }
        }
        if (op == Op.LR_W || op == Op.LR_D || op == Op.SC_W || op == Op.SC_D) {
            register(ProgramTable.RESERVATION, t.reservationBefore[i], t.reservationTime[i], t.reservation[i], now + 2);
        }
    }

    private void write(EventTable t, int i) {
        int now = 4 * t.clk[i];
        register(SystemCall.A7, t.rs1[i], t.rs1Time[i], t.rs1[i], now);
        register(SystemCall.A0, t.rdBefore[i], t.rdTime[i], t.rd[i], now + 1);
        register(SystemCall.A2, t.rs2[i], t.rs2Time[i], t.rs2[i], now + 2);
    }

    private void halt() {
        HaltEvent h = record.halt();
        if (h == null) {
            return;
        }
        int now = 4 * h.clk();
        assertThat(h.clk()).isEqualTo(record.cycles());
        register(SystemCall.A7, h.number(), h.numberTime(), h.number(), now);
        register(SystemCall.A0, h.code(), h.codeTime(), h.code(), now + 1);
        if (h.digestAddress() != 0) {
            register(SystemCall.A1, h.digestAddress(), h.digestAddressTime(), h.digestAddress(), now + 2);
            for (int k = 0; k < 4; k++) {
                memory(h.digestAddress() + 8L * k, h.digest()[k], h.digestTimes()[k], h.digest()[k], now + 2);
            }
        }
    }

    private void register(int index, long before, int beforeTime, long after, int time) {
        // One 16-bit lookup.
        assertThat(time - beforeTime - 1).isBetween(0, (1 << 16) - 1);
        consume(REGISTER_SPACE + index, before, beforeTime);
        produce(REGISTER_SPACE + index, after, time);
    }

    private void memory(long address, long before, int beforeTime, long after, int time) {
        assertThat(beforeTime).isLessThan(time);
        consume(address, before, beforeTime);
        produce(address, after, time);
    }

    private void produce(long address, long value, int time) {
        assertThat(produced.add(new Tuple(address, value, time))).isTrue();
    }

    private void consume(long address, long value, int time) {
        assertThat(consumed.add(new Tuple(address, value, time))).isTrue();
    }
}
