package dev.aver.zkvm.machine;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.isa.SystemCall;
import dev.aver.zkvm.program.MemoryMap;
import dev.aver.zkvm.program.ProgramTable;
import org.jspecify.annotations.Nullable;

/**
 * Executes instructions one by one: the specification that translated code is compared with, the fallback for what is
 * not hot, and the engine of recording and profiling (with a {@link Tracer}).
 */
public final class Interpreter implements Engine {
    private final ProgramTable table;
    private final Machine machine;
    private final Memory memory;
    private final long[] x;
    private final @Nullable Tracer tracer;

    /**
     * An engine for one machine.
     *
     * @param tracer told of every instruction, or null
     */
    public Interpreter(ProgramTable table, Machine machine, @Nullable Tracer tracer) {
        this.table = table;
        this.machine = machine;
        this.memory = machine.memory;
        this.x = machine.x;
        this.tracer = tracer;
    }

    @Override
    public int run(int limit) {
        int row = machine.row;
        int rows = table.rows();
        int[] counts = machine.rows;
        long used = 0;
        int done = 0;
        try {
            while (done < limit) {
                if (Integer.compareUnsigned(row, rows) >= 0) {
                    throw new TrapException(TrapCause.FETCH, table.address(row));
                }
                int fields = table.fields(row);
                if (fields == 0) {
                    throw undecodable(row);
                }
                Op op = ProgramTable.op(fields);
                Chip chip = op.chip();
                int next = row + (ProgramTable.length(fields) >> 1);
                switch (chip) {
                    case ADD, CONST, BITWISE, SLT, SHIFT, MUL, DIV -> alu(op, row, fields);
                    case LOAD, LOAD_DOUBLE -> load(op, row, fields);
                    case STORE, STORE_DOUBLE -> store(op, row, fields);
                    case BRANCH -> next = branch(op, row, fields, next);
                    case JUMP -> next = jump(op, row, fields);
                    case ATOMIC -> atomic(op, row, fields);
                    default -> {
                        chip = systemCall(row);
                        if (chip == Chip.HALT) {
                            next = 0;
                        }
                    }
                }
                used |= table.uses(row);
                counts[chip.ordinal()]++;
                row = next;
                done++;
                if (chip == Chip.HALT) {
                    break;
                }
            }
        } finally {
            machine.row = row;
            machine.used |= used;
        }
        return done;
    }

    /** Why a row without an operation cannot execute. */
    private TrapException undecodable(int row) {
        if (!table.code().executable(row)) {
            return new TrapException(TrapCause.FETCH, table.address(row));
        }
        Instruction instruction = ProgramTable.decode(table.code(), row);
        if (instruction != null) {
            return new TrapException(TrapCause.BREAKPOINT, table.address(row));
        }
        int low = table.code().halfword(row);
        if ((low & 3) != 3) {
            return new TrapException(TrapCause.ILLEGAL_INSTRUCTION, low);
        }
        return table.code().executable(row + 1)
                ? new TrapException(
                        TrapCause.ILLEGAL_INSTRUCTION,
                        low | ((long) table.code().halfword(row + 1) << 16))
                : new TrapException(TrapCause.FETCH, table.address(row + 1));
    }

    private void alu(Op op, int row, int fields) {
        // One of rs2 and the immediate is zero.
        long b = x[ProgramTable.rs2(fields)] + table.imm(row);
        long result = Semantics.alu(op, x[ProgramTable.rs1(fields)], b);
        if (tracer != null) {
            tracer.alu(row, fields, result);
        }
        x[ProgramTable.rd(fields)] = result;
    }

    private int branch(Op op, int row, int fields, int fallThrough) {
        boolean taken = Semantics.taken(op, x[ProgramTable.rs1(fields)], x[ProgramTable.rs2(fields)]);
        int next = taken ? table.target(row) : fallThrough;
        if (tracer != null) {
            tracer.branch(row, fields, next);
        }
        return next;
    }

    private int jump(Op op, int row, int fields) {
        int next;
        if (op == Op.JAL) {
            next = table.target(row);
        } else {
            next = jumpRow(x[ProgramTable.rs1(fields)] + table.imm(row), table.base());
        }
        long link = table.address(row) + ProgramTable.length(fields);
        if (tracer != null) {
            tracer.jump(row, fields, link, next);
        }
        x[ProgramTable.rd(fields)] = link;
        return next;
    }

    /**
     * The row that a JALR goes to.
     *
     * @param sum rs1 plus the immediate
     * @param base address of row 0
     */
    public static int jumpRow(long sum, long base) {
        long target = sum & -2;
        if (target < 0 || target >= MemoryMap.INPUT_START) {
            throw new TrapException(TrapCause.JUMP_TARGET, target);
        }
        return (int) ((target - base) >> 1);
    }

    private void load(Op op, int row, int fields) {
        long address = x[ProgramTable.rs1(fields)] + table.imm(row);
        int size = accessSize(op);
        long raw = switch (size) {
            case 1 -> memory.load8(address);
            case 2 -> memory.load16(address);
            case 4 -> memory.load32(address);
            default -> memory.load64(address);
        };
        long result = Semantics.extend(op, raw);
        if (tracer != null) {
            tracer.load(row, fields, address, size, result);
        }
        x[ProgramTable.rd(fields)] = result;
    }

    private void store(Op op, int row, int fields) {
        long address = x[ProgramTable.rs1(fields)] + table.imm(row);
        long value = x[ProgramTable.rs2(fields)];
        int size = accessSize(op);
        if (tracer != null) {
            memory.touchForStore(address, size);
            tracer.store(row, fields, address, size, value);
        }
        switch (size) {
            case 1 -> memory.store8(address, value);
            case 2 -> memory.store16(address, value);
            case 4 -> memory.store32(address, value);
            default -> memory.store64(address, value);
        }
    }

    /** Bytes that a load or store accesses. */
    public static int accessSize(Op op) {
        return switch (op) {
            case LB, LBU, SB -> 1;
            case LH, LHU, SH -> 2;
            case LW, LWU, SW -> 4;
            case LD, SD -> 8;
            default -> throw new AssertionError(op);
        };
    }

    /** Executes the LR, SC or AMO of a row on the register file, without counting it: for translated code too. */
    public void atomic(int row) {
        int fields = table.fields(row);
        atomic(ProgramTable.op(fields), row, fields);
    }

    private void atomic(Op op, int row, int fields) {
        long address = x[ProgramTable.rs1(fields)];
        boolean isWord = isWord(op);
        int size = isWord ? 4 : 8;
        if ((address & (size - 1)) != 0) {
            throw new TrapException(TrapCause.ATOMIC_MISALIGNED, address);
        }
        boolean isLoad = op == Op.LR_W || op == Op.LR_D;
        if (!Memory.mapped(address, size)) {
            throw new TrapException(isLoad ? TrapCause.LOAD_ACCESS : TrapCause.STORE_ACCESS, address);
        }
        long old = isWord ? (int) memory.load32(address) : memory.load64(address);
        long operand = isWord ? (int) x[ProgramTable.rs2(fields)] : x[ProgramTable.rs2(fields)];
        long reservation = x[ProgramTable.RESERVATION];
        long stored = old;
        long result = old;
        switch (op) {
            case LR_W, LR_D -> reservation = address;
            case SC_W, SC_D -> {
                // A failed SC accesses memory too, and every SC ends the reservation.
                boolean success = reservation == address;
                stored = success ? operand : old;
                result = success ? 0 : 1;
                reservation = 0;
            }
            default -> stored = Semantics.amo(op, old, operand);
        }
        if (tracer != null) {
            tracer.atomic(row, fields, address, size, result, stored, reservation);
        }
        if (isWord) {
            memory.store32(address, stored);
        } else {
            memory.store64(address, stored);
        }
        x[ProgramTable.RESERVATION] = reservation;
        x[ProgramTable.rd(fields)] = result;
    }

    private static boolean isWord(Op op) {
        return switch (op) {
            case LR_W,
                    SC_W,
                    AMOSWAP_W,
                    AMOADD_W,
                    AMOXOR_W,
                    AMOAND_W,
                    AMOOR_W,
                    AMOMIN_W,
                    AMOMAX_W,
                    AMOMINU_W,
                    AMOMAXU_W -> true;
            default -> false;
        };
    }

    private Chip systemCall(int row) {
        long number = x[SystemCall.A7];
        if (number == SystemCall.WRITE) {
            long count = x[SystemCall.A2];
            if (tracer != null) {
                tracer.write(row, count);
            }
            machine.host.write(x[SystemCall.A0], x[SystemCall.A1], count, memory);
            machine.used |= (1L << SystemCall.A7) | (1L << SystemCall.A0) | (1L << SystemCall.A2);
            x[SystemCall.A0] = count;
            return Chip.WRITE;
        }
        long digest = 0;
        if (number == SystemCall.HALT) {
            digest = x[SystemCall.A1];
            if ((digest & 7) != 0 || !Memory.mapped(digest, SystemCall.DIGEST_SIZE)) {
                throw new TrapException(TrapCause.HALT_DIGEST, digest);
            }
            for (int i = 0; i < SystemCall.DIGEST_SIZE; i += 8) {
                memory.load64(digest + i);
            }
            machine.used |= (1L << SystemCall.A1);
        } else if (number != SystemCall.EXIT && number != SystemCall.EXIT_GROUP) {
            throw new TrapException(TrapCause.SYSTEM_CALL, number);
        }
        machine.used |= (1L << SystemCall.A7) | (1L << SystemCall.A0);
        if (tracer != null) {
            tracer.halt(row, digest);
        }
        machine.halt = new Machine.Halt((int) x[SystemCall.A0], digest);
        return Chip.HALT;
    }
}
