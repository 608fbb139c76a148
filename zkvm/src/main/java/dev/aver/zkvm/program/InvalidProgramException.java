package dev.aver.zkvm.program;

/**
 * A file that the machine refuses to load. The message names the field, its file offset, what was found, what was
 * expected and the way out; the same parts are available one by one.
 */
public final class InvalidProgramException extends Exception {
    /** Why a file is refused. Names are stable: reports and exit messages carry them. */
    public enum Reason {
        /** Larger than {@link Program#MAX_FILE}. */
        TOO_LARGE("remove debug sections (strip --strip-debug)"),
        /** No ELF magic. */
        NOT_ELF("give the linked RISC-V ELF file, not a source, archive or raw binary"),
        /** The file ends before something that its headers promise. */
        TRUNCATED("copy or link the file again"),
        /** Not ELF64. */
        WRONG_CLASS("recompile with -march=rv64imac -mabi=lp64"),
        /** Not little-endian. */
        WRONG_BYTE_ORDER("recompile for little-endian RISC-V (-mlittle-endian)"),
        /** An ELF version, header size or entry size that does not exist. */
        MALFORMED_HEADER("link the file again with a stock linker"),
        /** Not RISC-V. */
        WRONG_MACHINE(
                "compile with a RISC-V toolchain, for example riscv64-unknown-elf-gcc -march=rv64imac -mabi=lp64"),
        /** An object file that was never linked. */
        NOT_LINKED("link it: the linker must produce an executable (ET_EXEC)"),
        /** A shared object or position-independent executable. */
        POSITION_INDEPENDENT("link with -static -no-pie (Rust: -C relocation-model=static)"),
        /** Neither of the above, nor an executable. */
        NOT_EXECUTABLE("give a statically linked executable (ET_EXEC)"),
        /** A float ABI, the embedded ABI, or flags this version does not know. */
        UNSUPPORTED_ABI("recompile with -march=rv64imac -mabi=lp64"),
        /** Needs a dynamic linker. */
        DYNAMIC("link with -static -no-pie"),
        /** No, too many, or misplaced program headers. */
        PROGRAM_HEADERS("link the file again with a stock linker script"),
        /** A segment whose own fields contradict each other. */
        MALFORMED_SEGMENT("link the file again with a stock linker"),
        /** A segment outside the program half. */
        SEGMENT_PLACE("link every section between 0x1000 and 0x80000000, for example with -Wl,-Ttext-segment=0x10000"),
        /** Two segments claim the same byte. */
        SEGMENT_OVERLAP("correct the linker script so that each address belongs to one segment"),
        /** No executable bytes. */
        NO_CODE("put the code in an executable segment (section flags \"ax\")"),
        /** Executable bytes farther apart than the program table is long. */
        CODE_TOO_LARGE("link executable sections within 16 MiB and data in segments without the execute flag"),
        /** The entry point is odd or not executable. */
        BAD_ENTRY("define _start in an executable section and name it with -e _start or ENTRY(_start)");

        private final String wayOut;

        Reason(String wayOut) {
            this.wayOut = wayOut;
        }

        /** What the user can do about it: an imperative sentence without a full stop. */
        public String wayOut() {
            return wayOut;
        }
    }

    private final Reason reason;
    private final long offset;
    private final String field;
    private final String found;
    private final String expected;

    InvalidProgramException(Reason reason, long offset, String field, String found, String expected) {
        super("%s at file offset 0x%x: found %s, expected %s; %s"
                .formatted(field, offset, found, expected, reason.wayOut));
        this.reason = reason;
        this.offset = offset;
        this.field = field;
        this.found = found;
        this.expected = expected;
    }

    /** Why, for programs. */
    public Reason reason() {
        return reason;
    }

    /** Byte offset in the file of the offending field. */
    public long offset() {
        return offset;
    }

    /** The offending field, by its name in the ELF specification, for example {@code e_flags} or {@code p_vaddr}. */
    public String field() {
        return field;
    }

    /** The value found. */
    public String found() {
        return found;
    }

    /** What would have been accepted. */
    public String expected() {
        return expected;
    }

    /** What the user can do about it; {@link Reason#wayOut()}. */
    public String wayOut() {
        return reason.wayOut;
    }
}
