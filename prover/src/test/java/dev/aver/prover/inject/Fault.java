package dev.aver.prover.inject;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.record.EventTable;
import dev.aver.zkvm.record.HaltEvent;
import dev.aver.zkvm.record.RefreshTable;
import dev.aver.zkvm.record.SegmentRecord;
import java.util.EnumSet;
import java.util.Set;

/**
 * The kinds of faults. Each executes one instruction wrongly, or writes down something else than what happened; the
 * machine then goes on from the faulty state, so that everything behind fits.
 */
enum Fault {
    /** rd receives another value. */
    RESULT(writers()) {
        @Override
        void inject(Attempt a) {
            a.step();
            long wrong = a.wrong(a.events.rd[a.event]);
            a.events.rd[a.event] = wrong;
            a.x()[a.rd()] = wrong;
        }
    },
    /** An operand is another value than its register holds. */
    OPERAND(readers()) {
        @Override
        void inject(Attempt a) {
            int slot = slot(a);
            int register = a.reads(slot);
            long held = a.x()[register];
            boolean call = a.op == Op.ECALL && register == SystemCall.A7;
            long wrong = call
                    ? new long[] {SystemCall.WRITE, SystemCall.EXIT, SystemCall.EXIT_GROUP}[a.pick(0, 1, 2)]
                    : isAddress(a, slot) ? held + a.pick(-8, -4, -1, 1, 2, 8, 16) : a.wrong(held);
            if (wrong == held) throw new Attempt.Impossible("the same");
            a.x()[register] = wrong;
            a.step();
            if (a.rd() != register) a.x()[register] = held;
        }
    },
    /** An operand is what its register held before, with the time that belongs to it. */
    STALE_OPERAND(readers()) {
        @Override
        void inject(Attempt a) {
            int slot = slot(a);
            int register = a.reads(slot);
            long held = a.x()[register];
            int time = a.recorder.staleTime(register);
            a.x()[register] = a.recorder.staleValue(register);
            a.step();
            if (a.chip == Chip.HALT) throw new Attempt.Impossible("a halt");
            if (a.rd() != register) a.x()[register] = held;
            if (a.honest == Chip.WRITE && slot == 2 || slot == 1) a.events.rs2Time[a.event] = time;
            else a.events.rs1Time[a.event] = time;
        }
    },
    /** Another register is read or written. */
    REGISTER(fetchers()) {
        @Override
        void inject(Attempt a) {
            other(a, 0);
        }
    },
    /** Another immediate, constant, offset or target. */
    IMMEDIATE(EnumSet.range(Chip.ADD, Chip.STORE_CROSS)) {
        @Override
        void inject(Attempt a) {
            other(a, 1);
        }
    },
    /** Another operation. */
    OPERATION(fetchers()) {
        @Override
        void inject(Attempt a) {
            other(a, 2);
        }
    },
    /** A word is read that memory does not hold. */
    WORD_READ(memory()) {
        @Override
        void inject(Attempt a) {
            long address = word(a);
            long held = a.recorder.machine().memory.load64(address);
            long wrong = a.wrong(held);
            a.recorder.machine().memory.store64(address, wrong);
            a.step();
            if (a.events.word.length == 0) a.recorder.machine().memory.store64(address, held);
        }
    },
    /** Something else is written: other bytes, wrong ones, or nothing. */
    WORD_WRITTEN(memory()) {
        @Override
        void inject(Attempt a) {
            long address = a.address();
            boolean second = a.random.nextBoolean();
            a.step();
            if (a.events.word2.length > 0 && second) {
                long wrong = wrongWord(a, a.events.word2Before[a.event], a.events.word2[a.event]);
                a.events.word2[a.event] = wrong;
                a.recorder.machine().memory.store64((address & -8) + 8, wrong);
            } else {
                boolean writes = a.events.word.length > 0;
                long wrong = writes
                        ? wrongWord(a, a.events.wordBefore[a.event], a.events.word[a.event])
                        : a.wrong(a.events.wordBefore[a.event]);
                if (writes) a.events.word[a.event] = wrong;
                a.recorder.machine().memory.store64(address & -8, wrong);
            }
        }
    },
    /** Another word is accessed than the address says. */
    ADDRESS(memory()) {
        @Override
        void inject(Attempt a) {
            int register = ProgramTable.rs1(a.fields);
            long held = a.x()[register];
            long by = 8L * a.pick(-2, -1, 1, 2, 3);
            a.x()[register] = held + by;
            a.step();
            if (a.rd() != register) a.x()[register] = held;
            a.events.rs1[a.event] = held;
            // The row then has the other word's index, or the same with a part of it in the wrong limb.
            if (a.honest != Chip.ATOMIC && a.random.nextInt(8) != 0) {
                int move = a.pick(0, 0, 1, -1);
                long low =
                        ((held + by + a.table.imm(a.row) & 0xffff) >> 3) - ((held + a.table.imm(a.row) & 0xffff) >> 3);
                a.edit("word low", low + (move << 13));
                a.edit(
                        "address high",
                        -move + (held + by + a.table.imm(a.row) >> 16) - (held + a.table.imm(a.row) >> 16));
            }
        }
    },
    /** The right word under another name: a part of its index in the wrong limb. */
    ADDRESS_LIMBS(EnumSet.range(Chip.LOAD_DOUBLE, Chip.STORE_CROSS)) {
        @Override
        void inject(Attempt a) {
            a.step();
            int move = a.pick(1, -1);
            a.edit("word low", move << 13);
            a.edit("address high", -move);
        }
    },
    /** The instruction behind is another one: a branch is inverted, the next one left out or this one repeated. */
    NEXT_ROW(EnumSet.range(Chip.ADD, Chip.HALT)) {
        @Override
        void inject(Attempt a) {
            a.step();
            int next = a.recorder.machine().row;
            int target = a.table.target(a.row);
            int to = target != 0 && a.random.nextInt(3) == 0
                    ? target
                    : switch (a.random.nextInt(8)) {
                        case 0 -> next + 1;
                        case 1 -> next - 1;
                        case 2 -> next + 2;
                        case 3 -> a.row;
                        case 4 -> a.row + ProgramTable.length(a.fields) / 2;
                        case 5 -> a.random.nextInt(a.table.rows());
                        default -> next + 4;
                    };
            if (to == next) throw new Attempt.Impossible("the same");
            a.recorder.machine().row = to;
            int by = to - next;
            if (a.honest == Chip.BRANCH) {
                a.events.next[a.event] = to;
                switch (a.random.nextInt(4)) {
                    case 0 -> {}
                    case 1 -> a.edit("target", by);
                    default -> a.flip("taken");
                }
            } else if (a.honest == Chip.JUMP) {
                a.events.next[a.event] = to;
                if (a.op == Op.JALR && a.random.nextInt(4) == 0) a.edit("odd", -2L * by);
                if (a.random.nextInt(4) != 0)
                    a.edit(a.op == Op.JALR ? a.random.nextBoolean() ? "half" : "target" : "target", by);
            } else if (a.honest != Chip.HALT && a.random.nextInt(4) != 0) {
                a.edit("step", by);
            }
        }
    },
    /** An access is written down at another time than that of its cycle and slot. */
    ACCESS_TIME(registers()) {
        @Override
        void inject(Attempt a) {
            int register = register(a);
            a.step();
            int[] times = a.recorder.registerTimes();
            int time = times[register];
            times[register] = Math.max(0, time + a.pick(-time, -4, -1, 1, 2, 4, 100, 1 << 15));
        }
    },
    /** The access before was at another time than it was. */
    PREVIOUS_TIME(registers()) {
        @Override
        void inject(Attempt a) {
            int register = register(a);
            a.step();
            if (a.chip == Chip.HALT) {
                HaltEvent h = a.recorder.record().halt();
                a.recorder.halt(halt(h, h.number(), h.numberTime() + a.pick(-4, -1, 1, 4), h.code(), h.digest()));
                return;
            }
            int[][] columns = {
                a.events.rs1Time,
                a.events.rs2Time,
                a.events.rdTime,
                a.events.wordTime,
                a.events.word2Time,
                a.events.reservationTime
            };
            int[] column = columns[a.random.nextInt(columns.length)];
            if (column.length == 0) column = a.events.rdTime.length == 0 ? a.events.rs1Time : a.events.rdTime;
            boolean used = column == a.events.rs1Time
                    ? a.reads(0) >= 0
                    : column == a.events.rs2Time
                            ? a.reads(a.honest == Chip.WRITE ? 2 : 1) >= 0
                            : column != a.events.reservationTime
                                    || a.op == Op.LR_W
                                    || a.op == Op.LR_D
                                    || a.op == Op.SC_W
                                    || a.op == Op.SC_D;
            if (!used) throw new Attempt.Impossible("not accessed");
            int now = 4 * a.events.clk[a.event];
            int wrong = a.random.nextInt(3) == 0 ? now + a.pick(0, 1, 2, 3, 4) : column[a.event] + a.pick(-4, -1, 1, 4);
            if (wrong == column[a.event]) throw new Attempt.Impossible("the same");
            column[a.event] = wrong;
        }
    },
    /** A register is read after its next access, which then is before: a value could come from the future. */
    READ_ORDER(without(Chip.CONST, Chip.JUMP, Chip.WRITE, Chip.HALT)) {
        @Override
        void inject(Attempt a) {
            int slot = a.random.nextInt(2);
            int register = a.reads(slot);
            if (register < 0 || a.rd() == register || a.reads(1 - slot) == register)
                throw new Attempt.Impossible("no read, or more than that");
            a.step();
            a.afterwards.add(record -> {
                int time = 4 * a.events.clk[a.event] + slot;
                Access next = Access.after(record, time);
                if (next == null || next.slot() > 1) throw new Attempt.Impossible("not read again");
                Access last = Access.after(record, next.time());
                int[] times = slot == 0 ? a.events.rs1Time : a.events.rs2Time;
                next.times()[next.event()] = times[a.event];
                times[a.event] = next.time();
                if (last != null) last.times()[last.event()] = time;
                else if (record.lastTimes()[lastPage(record) + register] == next.time())
                    record.lastTimes()[lastPage(record) + register] = time;
                else throw new Attempt.Impossible("accessed in another way");
            });
        }
    },
    /** The clock stands still, goes back, or skips a cycle. */
    CLOCK(EnumSet.range(Chip.ADD, Chip.HALT)) {
        @Override
        void inject(Attempt a) {
            if (a.recorder.clock() < 3) throw new Attempt.Impossible("too early");
            a.recorder.moveClock(a.pick(-2, -1, -1, 1, 1, 2, 1000));
            a.step();
        }
    },
    /** The instruction takes effect, but is not written down. */
    NOT_RECORDED(EnumSet.range(Chip.ADD, Chip.WRITE)) {
        @Override
        void inject(Attempt a) {
            a.step();
            a.recorder.dropRow(a.chip);
            if (a.random.nextBoolean()) a.recorder.moveClock(-1);
            a.events = null;
        }
    },
    /** write returns another count. */
    WRITE_COUNT(EnumSet.of(Chip.WRITE)) {
        @Override
        void inject(Attempt a) {
            a.step();
            long wrong = a.wrong(a.events.rd[a.event]);
            a.events.rd[a.event] = wrong;
            if (a.random.nextBoolean()) a.events.rs2[a.event] = wrong;
            a.x()[SystemCall.A0] = wrong;
        }
    },
    /** An SC that must fail succeeds, or the other way around. */
    SC_FLIPPED(EnumSet.of(Chip.ATOMIC)) {
        @Override
        void inject(Attempt a) {
            if (a.op != Op.SC_W && a.op != Op.SC_D) throw new Attempt.Impossible("not an sc");
            long address = a.address();
            long operand = a.x()[ProgramTable.rs2(a.fields)];
            a.step();
            boolean success = a.events.rd[a.event] == 0;
            long before = a.events.wordBefore[a.event];
            int shift = 8 * ((int) address & 7);
            long mask = (a.op == Op.SC_W ? 0xffff_ffffL : -1L) << shift;
            long after = success ? before : before & ~mask | operand << shift & mask;
            boolean stores = a.random.nextInt(4) != 0;
            if (stores) {
                a.events.word[a.event] = after;
                a.recorder.machine().memory.store64(address & -8, after);
            }
            boolean tells = !stores || a.random.nextInt(4) != 0;
            if (tells) {
                a.x()[a.rd()] = success ? 1 : 0;
                a.edit("result[0]", success ? 1 : -1);
            }
            if (a.random.nextInt(4) != 0) a.flip("fails");
        }
    },
    /** The run ends with another code, number or digest than the machine holds. */
    HALT_RESULT(EnumSet.of(Chip.HALT)) {
        @Override
        void inject(Attempt a) {
            a.step();
            HaltEvent h = a.recorder.record().halt();
            long[] digest = h.digest().clone();
            long number = h.number();
            long code = h.code();
            switch (a.random.nextInt(3)) {
                case 0 -> code = a.wrong(code);
                case 1 -> {
                    if (digest.length == 0) throw new Attempt.Impossible("no digest");
                    int word = a.random.nextInt(4);
                    digest[word] = a.wrong(digest[word]);
                }
                default -> number = number == SystemCall.EXIT ? SystemCall.EXIT_GROUP : SystemCall.EXIT;
            }
            a.recorder.halt(halt(h, number, h.numberTime(), code, digest));
        }
    },
    /** The run does not end where it does. */
    NO_HALT(EnumSet.of(Chip.HALT)) {
        @Override
        void inject(Attempt a) {
            a.step();
            a.recorder.dropHalt();
            a.chip = null;
            if (a.random.nextBoolean()) a.recorder.machine().row = a.row + a.pick(0, 2, -2);
        }
    },
    /** The run ends where it does not. */
    EARLY_HALT(EnumSet.range(Chip.ADD, Chip.WRITE)) {
        @Override
        void inject(Attempt a) {
            a.recorder.moveClock(1);
            int numberTime = a.recorder.access(SystemCall.A7, 0);
            int codeTime = a.recorder.access(SystemCall.A0, 1);
            long number = a.random.nextInt(4) == 0 ? a.x()[SystemCall.A7] : SystemCall.EXIT;
            long code = a.random.nextBoolean() ? a.x()[SystemCall.A0] : 0;
            a.recorder.halt(new HaltEvent(
                    a.row, a.recorder.clock(), number, numberTime, code, codeTime, 0, 0, new long[0], new int[0]));
            a.chip = Chip.HALT;
        }
    },
    /** A refresh that a later access relies on is left out. */
    REFRESH_OMITTED(registers()) {
        @Override
        void inject(Attempt a) {
            refresh(a);
            a.recorder.dropRefresh();
        }
    },
    /** A refresh is written down twice. */
    REFRESH_TWICE(registers()) {
        @Override
        void inject(Attempt a) {
            int i = refresh(a);
            RefreshTable r = a.recorder.record().refreshes();
            int later = a.random.nextInt(2);
            a.recorder.addRefresh(r.register[i], r.value[i], later == 0 ? r.before[i] : r.time[i], r.time[i] + later);
        }
    },
    /** A refresh changes the value, of this register or another. */
    REFRESH_VALUE(readers()) {
        @Override
        void inject(Attempt a) {
            int register = a.reads(slot(a));
            long held = a.x()[register];
            boolean address = isAddress(a, 0) || a.op == Op.ECALL;
            long wrong = address ? held + a.pick(-8, 8) : a.wrong(held);
            a.x()[register] = wrong;
            int i = refresh(a);
            RefreshTable r = a.recorder.record().refreshes();
            if (a.random.nextBoolean()) {
                if (r.register[i] == register) r.value[i] = held;
                else r.register[i] = register;
            }
        }
    },
    /** A refresh at another time, or of a tuple of another time. */
    REFRESH_TIME(registers()) {
        @Override
        void inject(Attempt a) {
            int i = refresh(a);
            RefreshTable r = a.recorder.record().refreshes();
            if (a.random.nextBoolean()) r.time[i] += a.pick(-4, -1, 1, 2, 4, 1 << 16, 1 << 24);
            else r.before[i] += a.pick(-4, -1, 1, 4, 1 << 15);
        }
    },
    /** A word or register is not what the segment before left. */
    PAGE_START(EnumSet.range(Chip.ADD, Chip.HALT)) {
        @Override
        void inject(Attempt a) {
            a.forgesTree = a.random.nextBoolean();
            long wrong = a.random.nextLong();
            if (a.random.nextInt(4) == 0) {
                int register = a.random.nextInt(1, ProgramTable.REGISTERS);
                if (a.recorder.registerTimes()[register] != 0) throw new Attempt.Impossible("accessed");
                a.x()[register] = wrong;
                a.afterwards.add(record -> record.firstWords()[lastPage(record) + register] = wrong);
            } else {
                long address = 0x20000 + 8 * a.random.nextInt(64);
                int time = a.recorder.machine().memory.swapTime(address, 0);
                a.recorder.machine().memory.swapTime(address, time);
                if (time != 0) throw new Attempt.Impossible("accessed");
                a.recorder.machine().memory.store64(address, wrong);
                a.afterwards.add(record -> {
                    for (int i = 0; i < record.pageIds().length; i++)
                        if (record.pageIds()[i] == (int) (address >> MemoryMap.PAGE_BITS))
                            record.firstWords()[i * MemoryMap.PAGE_WORDS + (int) (address >> 3 & 63)] = wrong;
                });
            }
            a.step();
        }
    },
    /** A word or register afterwards is not what the machine left, or not from when it left it. */
    PAGE_END(EnumSet.range(Chip.ADD, Chip.HALT)) {
        @Override
        void inject(Attempt a) {
            a.step();
            int kind = a.random.nextInt(4);
            int pick = a.random.nextInt(1 << 20);
            int by = a.pick(-1, 1, 4);
            a.afterwards.add(record -> {
                int word =
                        kind == 0 ? lastPage(record) + pick % ProgramTable.REGISTERS : pick % record.lastWords().length;
                if (kind == 1) record.lastTimes()[word] += by;
                else record.lastWords()[word] = a.wrong(record.lastWords()[word]);
            });
        }
    };

    private final Set<Chip> chips;

    Fault(Set<Chip> chips) {
        this.chips = chips;
    }

    /** The chips whose instructions can have the fault. */
    Set<Chip> chips() {
        return chips;
    }

    /**
     * Makes the attempt's instruction execute with the fault.
     *
     * @throws Attempt.Impossible if it cannot be
     */
    abstract void inject(Attempt a);

    private static Set<Chip> all() {
        return EnumSet.range(Chip.ADD, Chip.HALT);
    }

    private static Set<Chip> without(Chip... chips) {
        Set<Chip> set = all();
        for (Chip chip : chips) set.remove(chip);
        return set;
    }

    private static Set<Chip> writers() {
        return without(Chip.BRANCH, Chip.STORE_DOUBLE, Chip.STORE, Chip.STORE_CROSS, Chip.HALT);
    }

    private static Set<Chip> readers() {
        return without(Chip.CONST, Chip.HALT);
    }

    private static Set<Chip> fetchers() {
        return without(Chip.WRITE, Chip.HALT);
    }

    private static Set<Chip> memory() {
        Set<Chip> set = EnumSet.range(Chip.LOAD_DOUBLE, Chip.STORE_CROSS);
        set.add(Chip.ATOMIC);
        return set;
    }

    private static Set<Chip> registers() {
        return all();
    }

    private static int lastPage(SegmentRecord record) {
        return (record.pageIds().length - 1) * MemoryMap.PAGE_WORDS;
    }

    /** A slot in which the instruction reads a register. */
    private static int slot(Attempt a) {
        int slot = a.random.nextInt(3);
        for (int i = 0; i < 3; i++) if (a.reads((slot + i) % 3) >= 0) return (slot + i) % 3;
        throw new Attempt.Impossible("reads nothing");
    }

    /** A register that the instruction accesses. */
    private static int register(Attempt a) {
        return a.rd() >= 0 && a.random.nextBoolean() ? a.rd() : a.reads(0) >= 0 ? a.reads(0) : Math.max(a.rd(), 0);
    }

    private static boolean isAddress(Attempt a, int slot) {
        return slot == 0 && (memory().contains(a.honest) || a.honest == Chip.JUMP);
    }

    /** The first or second word that is accessed. */
    private static long word(Attempt a) {
        boolean crosses = a.honest == Chip.LOAD_CROSS || a.honest == Chip.STORE_CROSS;
        return (a.address() & -8) + (crosses && a.random.nextBoolean() ? 8 : 0);
    }

    private static long wrongWord(Attempt a, long before, long after) {
        long wrong = a.random.nextInt(4) == 0 ? before : after ^ 0xffL << 8 * a.random.nextInt(8);
        if (a.random.nextInt(3) == 0) wrong = a.wrong(after);
        return wrong == after ? a.wrong(after) : wrong;
    }

    /** Executes what a program has there whose instructions are changed in one way. */
    private static void other(Attempt a, int way) {
        ProgramTable other = a.others.get(3 * a.random.nextInt(a.others.size() / 3) + way);
        boolean same = other.fields(a.row) == a.fields
                && other.imm(a.row) == a.table.imm(a.row)
                && other.target(a.row) == a.table.target(a.row);
        if (same || other.fields(a.row) == 0) throw new Attempt.Impossible("the same, or nothing");
        a.filler = other;
        a.step(other);
    }

    /** Executes the instruction with a refresh of what it accesses first; returns the refresh's row. */
    private static int refresh(Attempt a) {
        int size = a.recorder.record().refreshes().size();
        a.recorder.refreshNext();
        a.step();
        if (a.recorder.record().refreshes().size() != size + 1) throw new Attempt.Impossible("no refresh, or two");
        return size;
    }

    /**
     * An access of a register by an instruction other than a system call.
     *
     * @param times the column in which its previous access's time stands
     * @param time of the access
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Access(int[] times, int event, int slot, int time) {
        /** The access whose previous one was at this time; null if there is none. */
        static Access after(SegmentRecord record, int time) {
            for (Chip chip : EnumSet.range(Chip.ADD, Chip.ATOMIC)) {
                EventTable events = record.table(chip);
                int[][] columns = {events.rs1Time, events.rs2Time, {}, events.rdTime};
                for (int slot = 0; slot < 4; slot++) {
                    for (int i = 0; i < Math.min(events.size(), columns[slot].length); i++) {
                        if (columns[slot][i] == time)
                            return new Access(columns[slot], i, slot, 4 * events.clk[i] + slot);
                    }
                }
            }
            return null;
        }
    }

    private static HaltEvent halt(HaltEvent h, long number, int numberTime, long code, long[] digest) {
        return new HaltEvent(
                h.row(),
                h.clk(),
                number,
                numberTime,
                code,
                h.codeTime(),
                h.digestAddress(),
                h.digestAddressTime(),
                digest,
                h.digestTimes());
    }
}
