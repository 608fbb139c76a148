package dev.aver.zkvm.record;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.machine.Host;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.machine.TrapException;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import java.util.Arrays;

/**
 * Records the first segment of a run instruction by instruction, with the recorder's own rows, and lets a test change
 * the machine and what is written down in between: what a cheating prover can do. Without changes the record is an
 * honest one, except that some registers are refreshed before they have to be, which is always allowed.
 */
public final class CheatingRecorder {
    private final ProgramTable table;
    private final Memory memory;
    private final Memory.Source source;
    private final SegmentRecord record = new SegmentRecord();
    private Machine machine;
    private Events events;

    /** A recorder of runs of this program on the empty input. */
    public CheatingRecorder(Program program, ProgramTable table) {
        this.table = table;
        source = Memory.initial(program.image(), new byte[0]);
        memory = Memory.withTimes(source);
        machine = new Machine(memory, Host.NONE, table.entryRow());
        events = new Events(machine, record);
    }

    /** Starts over, for a segment of at most so many cycles. */
    public void begin(int cycles) {
        memory.clear();
        machine = new Machine(memory, Host.NONE, table.entryRow());
        for (int i = 0; i < Chip.INSTRUCTION_CHIPS; i++) {
            record.table(Chip.of(i)).reset(i == Chip.HALT.ordinal() ? 0 : cycles);
        }
        record.refreshes.size = 0;
        record.halt = null;
        record.startRow = machine.row;
        events = new Events(machine, record);
    }

    /**
     * Executes and records one instruction, as a program table has it.
     *
     * @return whether it did: not after a halt, and not where it traps, which records nothing
     */
    public boolean step(ProgramTable instructions) {
        if (record.halt != null) {
            return false;
        }
        try {
            return new Interpreter(instructions, machine, events).run(1) == 1;
        } catch (TrapException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    /** The record so far, and after {@link #end} the whole of it. */
    public SegmentRecord record() {
        return record;
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** When each register was accessed last. */
    public int[] registerTimes() {
        return events.registerTime;
    }

    /** What a register held before the access before its last one, and when that was. */
    public long staleValue(int register) {
        return events.staleValue[register];
    }

    /** The time that belongs to {@link #staleValue}. */
    public int staleTime(int register) {
        return events.staleTime[register];
    }

    /** The cycle of the last instruction. */
    public int clock() {
        return events.clk;
    }

    /** Sets the clock forward or back. */
    public void moveClock(int cycles) {
        events.clk += cycles;
        events.now += 4 * cycles;
    }

    /** Refreshes the next register that is accessed, if that was not in the slot before. */
    public void refreshNext() {
        events.refreshNext = true;
    }

    /** Appends a refresh. */
    public void addRefresh(int register, long value, int before, int time) {
        record.refreshes.add(register, value, before, time);
    }

    /** Forgets the last refresh. */
    public void dropRefresh() {
        record.refreshes.size--;
    }

    /** Forgets the last row of a table. */
    public void dropRow(Chip chip) {
        record.table(chip).size--;
    }

    /** Claims that the run ended. */
    public void halt(HaltEvent halt) {
        record.halt = halt;
        machine.row = 0;
    }

    /** Forgets that the run ended. */
    public void dropHalt() {
        record.halt = null;
    }

    /** Accesses a register in a slot of the current cycle, and returns when it was accessed before. */
    public int access(int register, int slot) {
        return events.access(register, slot);
    }

    /** Ends the segment: writes down where it ends, and the pages. */
    public SegmentRecord end() {
        record.endRow = machine.row;
        record.cycles = events.clk;
        int[] pages = new int[memory.touchedCount()];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = memory.touched(i);
        }
        Arrays.sort(pages);
        record.makeRoom(pages.length + 1);
        byte[] first = new byte[MemoryMap.PAGE_SIZE];
        for (int i = 0; i < pages.length; i++) {
            Arrays.fill(first, (byte) 0);
            source.load(pages[i], first);
            record.pageIds[i] = pages[i];
            memory.collect(
                    pages[i], first, record.firstWords, record.lastWords, record.lastTimes, i * MemoryMap.PAGE_WORDS);
        }
        record.setRegisterPage(new long[ProgramTable.REGISTERS], machine.x, events.registerTime);
        return record;
    }

    /** The recorder's, with more refreshes than necessary. */
    private static final class Events extends SegmentRecorder.Events {
        private final long[] staleValue = new long[ProgramTable.REGISTERS];
        private final int[] staleTime = new int[ProgramTable.REGISTERS];
        private final long[] lastValue = new long[ProgramTable.REGISTERS];
        private final int[] lastTime = new int[ProgramTable.REGISTERS];
        private boolean refreshNext;

        Events(Machine machine, SegmentRecord record) {
            super(machine, record);
        }

        @Override
        int access(int register, int slot) {
            int before = registerTime[register];
            staleValue[register] = lastValue[register];
            staleTime[register] = lastTime[register];
            lastValue[register] = x[register];
            lastTime[register] = before;
            int time = now + slot;
            boolean refresh = refreshNext || (time * 31 + register) % 29 == 0;
            if (!refresh || time - before < 2) {
                return super.access(register, slot);
            }
            refreshNext = false;
            registerTime[register] = time;
            record.refreshes.add(register, x[register], before, time - 1);
            return time - 1;
        }
    }
}
