package dev.aver.cli.inspect;

import dev.aver.zkvm.isa.Instruction;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.program.CodeRange;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.program.SymbolTable.Symbol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The instructions of a program, found by walking each function, and the code at the entry point, from its start from
 * one instruction to the next; where there are no functions, all executable bytes in order. The program table decodes
 * at every second byte, so it cannot tell which rows are meant as instructions; this walk is a good guess at it. It can
 * err: constants that stand among instructions are walked over like them.
 *
 * @param counts instructions per operation, by ordinal; traps not counted
 * @param compressed how many of these are 2 bytes long
 * @param traps places that trap on purpose: ebreak, and the two encodings that assemblers call unimp
 * @param unsupported what does not decode, by address
 * @param walkedBytes executable bytes in all of these
 * @param otherBytes executable bytes that no walk reached: padding, constants, code without a symbol
 */
record CodeSurvey(
        long[] counts, long compressed, long traps, List<Unsupported> unsupported, long walkedBytes, long otherBytes) {

    /** {@code csrrw x0, cycle, x0}: what assemblers emit for unimp where there are no compressed instructions. */
    private static final int UNIMP = 0xc000_1073;

    /**
     * Something in an instruction's place that the machine does not decode.
     *
     * @param address where it is
     * @param bits the encoding, in the low 16 or 32 bits; of a longer one the first 32
     * @param length its length in bytes by the manual's length encoding
     * @param function its function and offset, or its address
     * @param hint what it probably belongs to
     */
    record Unsupported(long address, int bits, int length, String function, String hint) {}

    static CodeSurvey of(Program program) {
        return new Walk(program).survey();
    }

    /** Number of instructions. */
    long instructions() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static final class Walk {
        private final Program program;
        private final CodeRange code;
        private final BitSet walked;
        private final long[] counts = new long[Op.values().length];
        private final List<Unsupported> unsupported = new ArrayList<>();
        private long compressed;
        private long traps;

        Walk(Program program) {
            this.program = program;
            this.code = program.code();
            this.walked = new BitSet(code.rows());
        }

        CodeSurvey survey() {
            List<Symbol> functions = program.symbols().functions();
            BitSet starts = new BitSet(code.rows());
            for (Symbol function : functions) {
                starts.set(row(function.address()));
            }
            int entry = row(program.entry());
            starts.set(entry);
            if (functions.isEmpty()) {
                walk(0, code.rows(), starts);
            } else {
                for (Symbol function : functions) {
                    walk(row(function.address()), row(function.address() + function.size()), starts);
                }
                walk(entry, code.rows(), starts);
            }
            unsupported.sort((a, b) -> Long.compare(a.address, b.address));
            int executable = 0;
            for (int row = 0; row < code.rows(); row++) {
                executable += code.executable(row) ? 1 : 0;
            }
            long walkedBytes = 2L * walked.cardinality();
            return new CodeSurvey(
                    counts, compressed, traps, List.copyOf(unsupported), walkedBytes, 2L * executable - walkedBytes);
        }

        private int row(long address) {
            return (int) Math.min((address - code.base()) >> 1, code.rows());
        }

        /** Walks [from, to) and stops early where something was walked before or code ends; starts realign the walk. */
        private void walk(int from, int to, BitSet starts) {
            int row = from;
            while (row < to && !walked.get(row)) {
                if (!code.executable(row)) {
                    row++;
                    continue;
                }
                int next = row + take(row) / 2;
                int start = starts.nextSetBit(row + 1);
                if (start >= 0 && start < next) {
                    next = start;
                }
                next = Math.min(next, code.rows());
                walked.set(row, next);
                row = next;
            }
        }

        /** Counts what stands at a row and returns its length in bytes. */
        private int take(int row) {
            Instruction instruction = ProgramTable.decode(code, row);
            if (instruction != null) {
                if (instruction.op() == Op.EBREAK) {
                    traps++;
                } else {
                    counts[instruction.op().ordinal()]++;
                    compressed += instruction.length() == 2 ? 1 : 0;
                }
                return instruction.length();
            }
            int low = code.halfword(row);
            int length = length(low);
            int bits = length == 2 ? low : low | code.halfword(row + 1) << 16;
            if (low == 0 || bits == UNIMP) {
                traps++;
                return length;
            }
            long address = code.base() + 2L * row;
            unsupported.add(new Unsupported(
                    address, bits, length, program.symbols().describe(address), ExtensionHint.of(bits, length)));
            return length;
        }

        /** Unprivileged ISA, section 1.5: the low bits tell the length; above 32 bits they are conventions. */
        private static int length(int low) {
            if ((low & 0x3) != 0x3) {
                return 2;
            }
            if ((low & 0x1f) != 0x1f) {
                return 4;
            }
            return (low & 0x3f) == 0x1f ? 6 : (low & 0x7f) == 0x3f ? 8 : 2;
        }
    }
}
