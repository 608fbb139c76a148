package dev.aver.prover.trace;

import dev.aver.circuits.chips.Machine;
import dev.aver.zkvm.isa.Chip;
import java.util.EnumMap;
import java.util.Map;

/** The fillers of all instruction chips' tables. */
final class InstructionTraces {
    private InstructionTraces() {}

    /** A filler for each chip whose rows are instructions, but HALT, whose event is none of a table. */
    static Map<Chip, ChipTrace> of(Machine machine) {
        Map<Chip, ChipTrace> fillers = new EnumMap<>(Chip.class);
        fillers.put(Chip.ADD, new AddTrace(machine.add));
        fillers.put(Chip.CONST, new ConstTrace(machine.constant));
        fillers.put(Chip.BITWISE, new BitwiseTrace(machine.bitwise));
        fillers.put(Chip.SLT, new SltTrace(machine.slt));
        fillers.put(Chip.BRANCH, new BranchTrace(machine.branch));
        fillers.put(Chip.JUMP, new JumpTrace(machine.jump));
        fillers.put(Chip.SHIFT, new ShiftTrace(machine.shift));
        fillers.put(Chip.LOAD_DOUBLE, new LoadDoubleTrace(machine.loadDouble));
        fillers.put(Chip.LOAD, new LoadTrace(machine.load));
        fillers.put(Chip.LOAD_CROSS, new LoadCrossTrace(machine.loadCross));
        fillers.put(Chip.STORE_DOUBLE, new StoreDoubleTrace(machine.storeDouble));
        fillers.put(Chip.STORE, new StoreTrace(machine.store));
        fillers.put(Chip.STORE_CROSS, new StoreCrossTrace(machine.storeCross));
        fillers.put(Chip.MUL, new MulTrace(machine.mul));
        fillers.put(Chip.DIV, new DivTrace(machine.div));
        fillers.put(Chip.ATOMIC, new AtomicTrace(machine.atomic));
        fillers.put(Chip.WRITE, new WriteTrace(machine.write));
        return fillers;
    }
}
