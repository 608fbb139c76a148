package dev.aver.prover.inject;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that stop nothing that others do not stop too, each with the reason. */
final class Redundant {
    private static final Map<String, String> REASONS = new LinkedHashMap<>();

    static {
        String selectors = "at most one selector is set: else one row would do two things";
        String opcodes =
                "the fetch: no sum of two or more of its opcodes, of as many as there are selectors, is the opcode of an "
                        + "operation that has no more fields; see NeededChecksTest";
        for (String table : new String[] {"atomic", "div", "mul", "store", "store cross"}) {
            put(table, selectors, opcodes);
        }
        String idle =
                "an access that every instruction has: where selectors add up to anything but 0 and 1 it is idle, which "
                        + "is no later than the access before, and yet later, since that is looked up";
        for (String table : new String[] {"add", "bitwise", "branch", "jump", "load", "load cross", "shift", "slt"}) {
            put(table, selectors, idle);
        }
        String stored =
                "each limb afterwards is what it was where no form of a store is selected, by a constraint of its own";
        for (int element = 2; element < 6; element++) {
            String keeps = " keeps element " + element + " of MEMORY: else padding could act";
            put("atomic", "an idle word" + keeps, stored);
            put("store", "an idle word" + keeps, stored);
            put("store cross", "an idle word" + keeps, stored);
            put("store cross", "an idle second word" + keeps, stored);
        }
        String page = "the boundary table: there is no page at such an address. It keeps the reason why addresses are "
                + "below 2^29 in the row itself";
        put("load", "message 12 on RANGE", page);
        put("load cross", "message 15 on RANGE", page);
        put("load double", "message 13 on RANGE", page);
        put("store", "message 13 on RANGE", page);
        put("store cross", "message 16 on RANGE", page);
        put("store double", "message 13 on RANGE", page);
        String empty = "nothing: the table has no form that it is about, so it is 0 = 0";
        put("load", "an ld has no unsigned form: its code would be that of sb", empty);
        put("load cross", "byte 1, if not loaded, repeats the sign: else it is the prover's choice", empty);
        put(
                "load cross",
                "sign is 0 or 1",
                "bytes 6 and 7: a form that extends a sign has 255 times the sign there, which is looked up as a byte, and "
                        + "the sign's proof leaves fractions with a denominator of 256 only");
        put(
                "atomic",
                "fails is 0 or 1",
                "an sc that fails a little, but not wholly, is held to both an equal address " + "and a different one");
        put(
                "atomic",
                "only an sc fails: else an amo could leave memory as it is",
                "the same two: in what is no sc, a failure asks for both an equal address and a different one");
        String highest =
                "their sum is a bit and the others are bits, so it is a small whole number; then all limbs above "
                        + "the lowest one pointed at are equal, as if only that were";
        put("branch", "differs at limb 3 is 0 or 1", highest);
        put("slt", "differs at limb 3 is 0 or 1", highest);
        put("div", "remainder differs in limb[3] is 0 or 1", highest);
        put(
                "div",
                "the remainder differs in one highest limb, unless by zero",
                "the lookup of the difference: if no limb is chosen it is 0, and with two the lower ones have to be equal "
                        + "from there on");
        put(
                "div",
                "above that limb, limb 0 is the divisor's",
                "that one limb is chosen: below none there is nothing left to compare, so it is 0 = 0");
        put(
                "halt",
                "is ecall is 0 or 1",
                "that it is a sum of three bits, is exit, is exit_group and what is left for halt: twice or three times "
                        + "the opcode of ecall is none");
        put(
                "div",
                "by zero is 0 or 1",
                "that rows less by zero is a bit: only in padding it may be -1, where it says nothing");
        put(
                "div",
                "by zero in no padding row",
                "as many limbs are chosen as there are rows less by zero, and a sum of bits is not -1");
        put(
                "div",
                "divisor's sign is 0 or 1",
                "both forms of the absolute value: with another sign the divisor is its own negative, 0 or 2^63, and the "
                        + "result too, so that it is right");
    }

    private Redundant() {}

    private static void put(String table, String check, String reason) {
        REASONS.put(table + ": " + check, reason);
    }

    static @Nullable String reason(String table, String check) {
        return REASONS.get(table + ": " + check);
    }

    static Set<String> all() {
        return REASONS.keySet();
    }
}
