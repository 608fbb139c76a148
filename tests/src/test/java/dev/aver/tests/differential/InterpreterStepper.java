package dev.aver.tests.differential;

import dev.aver.zkvm.machine.Host;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Machine;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.machine.TrapException;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import java.io.ByteArrayOutputStream;

/** The interpreter, one instruction at a time. {@link Mutant} loads copies of this class over broken machines. */
public final class InterpreterStepper implements Stepper {

    private final ProgramTable table;
    private final Machine machine;
    private final Interpreter interpreter;
    private final Output output = new Output();

    /** @param elf the file's bytes */
    public InterpreterStepper(byte[] elf, byte[] input) throws InvalidProgramException {
        Program program = Program.fromElf(elf);
        table = ProgramTable.of(program);
        Memory memory = new Memory(Memory.initial(program.image(), input), Long.MAX_VALUE, (pageId, content) -> {});
        machine = new Machine(memory, output, table.entryRow());
        interpreter = new Interpreter(table, machine, null);
    }

    @Override
    public Status step() {
        try {
            interpreter.run(1);
        } catch (TrapException trap) {
            return Status.TRAPPED;
        }
        return machine.halt == null ? Status.RUNNING : Status.EXITED;
    }

    @Override
    public long pc() {
        return table.address(machine.row);
    }

    @Override
    public long reg(int number) {
        return machine.x[number];
    }

    @Override
    public int exitCode() {
        Machine.Halt halt = machine.halt;
        if (halt == null) {
            throw new IllegalStateException("still running");
        }
        return halt.exitCode();
    }

    @Override
    public byte[] written(int fd) {
        return output.streams[fd].toByteArray();
    }

    @Override
    public byte[] memory(long address, int size) {
        byte[] bytes = new byte[size];
        if (!machine.memory.peek(address, bytes, 0, size)) {
            throw new IllegalArgumentException("not mapped: 0x" + Long.toHexString(address));
        }
        return bytes;
    }

    /** Keeps what is written to descriptors 1 to 3. */
    private static final class Output implements Host {

        final ByteArrayOutputStream[] streams = {
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream()
        };

        @Override
        public void write(long fd, long address, long count, Memory memory) {
            byte[] bytes = new byte[(int) count];
            if (fd >= 1 && fd <= 3 && memory.peek(address, bytes, 0, bytes.length)) {
                streams[(int) fd].write(bytes, 0, bytes.length);
            }
        }
    }
}
