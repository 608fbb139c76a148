package dev.aver.cli.inspect;

/**
 * Says which part of the RISC-V architecture an encoding that RV64IMAC does not have probably belongs to, by its major
 * opcode (unprivileged ISA, "RV32/64G Instruction Set Listings" and the opcode map). A hint for people: nothing depends
 * on it.
 */
final class ExtensionHint {
    private static final String RESERVED = "a reserved encoding, or data";

    private ExtensionHint() {}

    /**
     * The hint.
     *
     * @param bits the encoding, 16 or 32 bits
     * @param length in bytes
     */
    static String of(int bits, int length) {
        return switch (length) {
            case 2 -> compressed(bits);
            case 4 -> word(bits);
            default -> "an encoding longer than 32 bits, or data";
        };
    }

    private static String compressed(int bits) {
        return switch (bits & 0xe003) {
            case 0x2000, 0x2002 -> "D: double-precision load";
            case 0xa000, 0xa002 -> "D: double-precision store (or Zcmp, Zcmt)";
            case 0x8000 -> "Zcb";
            case 0x6001 -> (bits & 0x107c) == 0 && (bits & 0xf80) < 0x800 && (bits & 0x80) != 0 ? "Zcmop" : RESERVED;
            case 0x8001 -> (bits & 0x1c00) == 0x1c00 ? "Zcb" : RESERVED;
            default -> RESERVED;
        };
    }

    private static String word(int bits) {
        int funct3 = bits >>> 12 & 7;
        return switch (bits & 0x7f) {
            case 0x07, 0x27 -> floatMemory(funct3);
            case 0x43, 0x47, 0x4b, 0x4f, 0x53 -> floatWidth(bits >>> 25 & 3);
            case 0x57 -> "V: vector";
            case 0x77 -> "vector cryptography (Zvk*)";
            case 0x0b, 0x2b, 0x5b, 0x7b -> "a custom extension";
            case 0x73 -> system(bits, funct3);
            case 0x0f -> funct3 == 2 ? "Zicbom, Zicboz, Zicbop: cache management" : RESERVED;
            case 0x2f -> funct3 == 2 || funct3 == 3 ? "Zacas: compare and swap" : "Zabha: byte and halfword atomics";
            case 0x13, 0x1b, 0x33, 0x3b -> arithmetic(bits, funct3);
            default -> RESERVED;
        };
    }

    private static String floatMemory(int width) {
        return switch (width) {
            case 1 -> "Zfh: half-precision load or store";
            case 2 -> "F: single-precision load or store";
            case 3 -> "D: double-precision load or store";
            case 4 -> "Q: quad-precision load or store";
            default -> "V: vector load or store";
        };
    }

    private static String floatWidth(int format) {
        return switch (format) {
            case 0 -> "F: single-precision arithmetic";
            case 1 -> "D: double-precision arithmetic";
            case 2 -> "Zfh: half-precision arithmetic";
            default -> "Q: quad-precision arithmetic";
        };
    }

    private static String system(int bits, int funct3) {
        if (funct3 == 0) {
            return "a privileged instruction";
        }
        return funct3 == 4
                ? "H: hypervisor load or store, or Zimop"
                : "Zicsr: access to CSR 0x" + Integer.toHexString(bits >>> 20);
    }

    /** OP, OP-IMM and their 32-bit forms with function codes that I and M leave free. */
    private static String arithmetic(int bits, int funct3) {
        int funct7 = bits >>> 25;
        boolean register = (bits & 0x20) != 0;
        if (register && funct7 == 0x07 && (funct3 == 5 || funct3 == 7)) {
            return "Zicond: conditional zero";
        }
        if (register && funct7 == 0x05) {
            return funct3 < 4 ? "Zbc: carry-less multiplication" : "Zbb: minimum or maximum";
        }
        return switch (funct7 & 0x7e) {
            case 0x04 -> "Zba or Zbb: add.uw, slli.uw, zext.h";
            case 0x08 -> register ? "Zbkb, Zbkx" : "Zknh: SHA-2";
            case 0x10 -> register ? "Zba: shift and add" : RESERVED;
            case 0x14, 0x24, 0x34 -> "Zbs or Zbb: single bits, orc.b, rev8";
            case 0x20 -> register ? "Zbb: andn, orn, xnor" : RESERVED;
            case 0x30 -> "Zbb: rotate, count, extend";
            default -> "another extension (Zb*, Zk*), " + RESERVED;
        };
    }
}
