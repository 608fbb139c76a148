package dev.aver.zkvm.translate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.aver.zkvm.isa.Chip;
import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Interpreter;
import dev.aver.zkvm.machine.Memory;
import dev.aver.zkvm.program.ProgramTable;
import dev.aver.zkvm.translate.SemanticsCode.Operand;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a region's class. Its one method loads the registers it uses into local variables, switches to the entry, and
 * runs the guest's control flow as its own: a jump inside the region is a jump, an indirect one goes back to the
 * switch, and what leaves the region goes to the exit, which stores registers and counts.
 *
 * <p>Each path checks its fuel once, at its start, and counts once on every way out of it.
 */
final class RegionWriter {
    private static final ClassDesc FRAME = ClassDesc.of(Frame.class.getName());
    private static final ClassDesc REGION = ClassDesc.of(Region.class.getName());
    private static final ClassDesc MEMORY = ClassDesc.of(Memory.class.getName());
    private static final ClassDesc INTERPRETER = ClassDesc.of(Interpreter.class.getName());
    private static final ClassDesc PAGES = ConstantDescs.CD_byte.arrayType(2);
    private static final ClassDesc LONGS = CD_long.arrayType();
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, FRAME);
    private static final MethodTypeDesc LOAD = MethodTypeDesc.of(CD_long, PAGES, CD_long);
    private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, PAGES, CD_long, CD_long);
    private static final MethodTypeDesc JUMP_ROW = MethodTypeDesc.of(CD_int, CD_long, CD_long);

    /** HotSpot does not compile longer methods. */
    private static final int MAX_BYTES = 8000;

    // Local variables; longs take two slots
    private static final int THIS = 0;
    private static final int FRAME_SLOT = 1;
    private static final int X = 2;
    private static final int MEMORY_SLOT = 3;
    private static final int LIVE = 4;
    private static final int ROW = 5;
    private static final int FUEL = 6;
    private static final int USED = 8;
    private static final int LANES = 10;
    private static final int REGISTERS = 16;

    private final ProgramTable table;
    private final RegionPlan plan;
    private final SemanticsCode semantics;
    private final CodeBuilder code;
    private final Map<Integer, Label> labels = new HashMap<>();
    private final Label dispatch;
    private final Label exit;

    private RegionWriter(ProgramTable table, RegionPlan plan, SemanticsCode semantics, CodeBuilder code) {
        this.table = table;
        this.plan = plan;
        this.semantics = semantics;
        this.code = code;
        this.dispatch = code.newLabel();
        this.exit = code.newLabel();
        plan.paths().keySet().forEach(row -> labels.put(row, code.newLabel()));
    }

    /** The class file of a region, or null where its method would be longer than {@link #MAX_BYTES}. */
    static byte @Nullable [] write(ProgramTable table, RegionPlan plan, SemanticsCode semantics) {
        String name = String.format("%s$%x", Region.class.getName(), table.address(plan.head()));
        byte[] file = ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        type -> type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                                .withSuperclass(REGION)
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(THIS)
                                                .invokespecial(REGION, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "run",
                                        RUN,
                                        ClassFile.ACC_FINAL,
                                        code -> new RegionWriter(table, plan, semantics, code).body()));
        return length(file) > MAX_BYTES ? null : file;
    }

    private static int length(byte[] file) {
        return ClassFile.of().parse(file).methods().stream()
                .flatMap(method -> method.findAttribute(Attributes.code()).stream())
                .mapToInt(CodeAttribute::codeLength)
                .max()
                .orElseThrow();
    }

    private void body() {
        long accessed = 0;
        for (Path path : plan.paths().values()) {
            accessed |= accessed(path);
        }
        long written = 0;
        for (Path path : plan.paths().values()) {
            written |= written(path);
        }
        enter(accessed | written);
        code.labelBinding(dispatch);
        List<SwitchCase> cases = new ArrayList<>();
        for (int entry : plan.entries()) {
            cases.add(SwitchCase.of(entry, label(entry)));
        }
        code.iload(ROW).lookupswitch(exit, cases);
        plan.paths().forEach(this::path);
        code.labelBinding(exit);
        leave(written);
    }

    private long accessed(@Nullable Path path) {
        return path == null ? 0 : accessed(path.taken()) | accessed(path.fall()) | registers(path.block(), false);
    }

    private long written(@Nullable Path path) {
        return path == null ? 0 : written(path.taken()) | written(path.fall()) | registers(path.block(), true);
    }

    /** The registers a block needs as local variables. x0 needs none: it is a constant. */
    private long registers(Block block, boolean writtenOnly) {
        long set = 0;
        int row = block.start();
        for (int i = 0; i < block.length(); i++) {
            int fields = table.fields(row);
            set |= 1L << ProgramTable.rd(fields);
            if (!writtenOnly) {
                set |= 1L << ProgramTable.rs1(fields) | 1L << ProgramTable.rs2(fields);
            }
            row += ProgramTable.length(fields) >> 1;
        }
        return set & ~1L;
    }

    private void enter(long registers) {
        code.aload(FRAME_SLOT).getfield(FRAME, "x", LONGS).astore(X);
        code.aload(FRAME_SLOT).getfield(FRAME, "memory", MEMORY).astore(MEMORY_SLOT);
        code.aload(FRAME_SLOT).getfield(FRAME, "live", PAGES).astore(LIVE);
        code.aload(FRAME_SLOT).getfield(FRAME, "row", CD_int).istore(ROW);
        code.aload(FRAME_SLOT).getfield(FRAME, "fuel", CD_int).istore(FUEL);
        code.aload(FRAME_SLOT).getfield(FRAME, "used", CD_long).lstore(USED);
        for (Lanes lanes : Lanes.values()) {
            code.aload(FRAME_SLOT).getfield(FRAME, field(lanes), CD_long).lstore(slot(lanes));
        }
        for (int register = ProgramTable.REGISTERS - 1; register > 0; register--) {
            if ((registers >> register & 1) != 0) {
                loadFromFile(register);
            }
        }
    }

    private void leave(long registers) {
        for (int register = ProgramTable.REGISTERS - 1; register > 0; register--) {
            if ((registers >> register & 1) != 0) {
                storeToFile(register);
            }
        }
        for (Lanes lanes : Lanes.values()) {
            code.aload(FRAME_SLOT).lload(slot(lanes)).putfield(FRAME, field(lanes), CD_long);
        }
        code.aload(FRAME_SLOT).lload(USED).putfield(FRAME, "used", CD_long);
        code.aload(FRAME_SLOT).iload(FUEL).putfield(FRAME, "fuel", CD_int);
        code.aload(FRAME_SLOT).iload(ROW).putfield(FRAME, "row", CD_int);
        code.return_();
    }

    private static String field(Lanes lanes) {
        return switch (lanes) {
            case A -> "a";
            case B -> "b";
            case C -> "c";
        };
    }

    private static int slot(Lanes lanes) {
        return LANES + 2 * lanes.ordinal();
    }

    private static int slot(int register) {
        return REGISTERS + 2 * register;
    }

    private void loadFromFile(int register) {
        code.aload(X).loadConstant(register).laload().lstore(slot(register));
    }

    private void storeToFile(int register) {
        if (register != 0) {
            code.aload(X).loadConstant(register).lload(slot(register)).lastore();
        }
    }

    private Label label(int row) {
        return Objects.requireNonNull(labels.get(row));
    }

    private void path(int row, Path path) {
        code.labelBinding(label(row));
        Label enough = code.newLabel();
        code.iload(FUEL).loadConstant(path.longest()).if_icmpge(enough);
        exit(row);
        code.labelBinding(enough);
        follow(path, Cost.NONE);
    }

    private void exit(int row) {
        code.loadConstant(row).istore(ROW).goto_(exit);
    }

    /** Emits a path's block and what follows it; {@code before} is what the path has cost so far. */
    private void follow(Path path, Cost before) {
        Block block = path.block();
        int row = block.start();
        Cost cost = before;
        for (int i = 0; i < block.length(); i++) {
            cost = cost.plus(table, row);
            if (row != block.last()) {
                straight(row);
                row += ProgramTable.length(table.fields(row)) >> 1;
            }
        }
        int fields = table.fields(row);
        Op op = ProgramTable.op(fields);
        if (op.chip() == Chip.BRANCH) {
            Label fall = code.newLabel();
            semantics.unlessTaken(
                    code, op, register(ProgramTable.rs1(fields)), register(ProgramTable.rs2(fields)), fall);
            goOn(path.taken(), table.target(row), cost);
            code.labelBinding(fall);
            goOn(path.fall(), block.next(), cost);
        } else if (op == Op.JAL) {
            code.loadConstant(link(row)).lstore(slot(ProgramTable.rd(fields)));
            goOn(path.taken(), table.target(row), cost);
        } else if (op == Op.JALR) {
            address(row);
            code.loadConstant(table.base())
                    .invokestatic(INTERPRETER, "jumpRow", JUMP_ROW)
                    .istore(ROW);
            code.loadConstant(link(row)).lstore(slot(ProgramTable.rd(fields)));
            count(cost);
            code.goto_(dispatch);
        } else {
            straight(row);
            goOn(path.fall(), block.next(), cost);
        }
    }

    private void goOn(@Nullable Path path, int row, Cost cost) {
        if (path != null) {
            follow(path, cost);
            return;
        }
        count(cost);
        Label label = labels.get(row);
        if (label != null) {
            code.goto_(label);
        } else {
            exit(row);
        }
    }

    private void count(Cost cost) {
        code.iinc(FUEL, -cost.instructions());
        for (Lanes lanes : Lanes.values()) {
            long packed = lanes.pack(cost.rows());
            if (packed != 0) {
                code.lload(slot(lanes)).loadConstant(packed).ladd().lstore(slot(lanes));
            }
        }
        code.lload(USED).loadConstant(cost.used()).lor().lstore(USED);
    }

    private long link(int row) {
        return table.address(row) + ProgramTable.length(table.fields(row));
    }

    /** Emits an instruction that does not jump. */
    private void straight(int row) {
        int fields = table.fields(row);
        Op op = ProgramTable.op(fields);
        int rd = ProgramTable.rd(fields);
        int rs1 = ProgramTable.rs1(fields);
        int rs2 = ProgramTable.rs2(fields);
        switch (op.chip()) {
            case CONST -> code.loadConstant(table.imm(row)).lstore(slot(rd));
            case LOAD, LOAD_DOUBLE -> {
                semantics.extend(code, op, builder -> {
                    builder.aload(MEMORY_SLOT).aload(LIVE);
                    address(row);
                    builder.invokevirtual(MEMORY, "load" + 8 * Interpreter.accessSize(op), LOAD);
                });
                code.lstore(slot(rd));
            }
            case STORE, STORE_DOUBLE -> {
                code.aload(MEMORY_SLOT).aload(LIVE);
                address(row);
                register(rs2).push(code);
                code.invokevirtual(MEMORY, "store" + 8 * Interpreter.accessSize(op), STORE);
            }
            case ATOMIC -> {
                storeToFile(rs1);
                storeToFile(rs2);
                code.aload(FRAME_SLOT)
                        .loadConstant(row)
                        .invokevirtual(FRAME, "atomic", MethodTypeDesc.of(CD_void, CD_int));
                loadFromFile(rd);
            }
            default -> {
                if (op.chip() == Chip.DIV) {
                    code.aload(FRAME_SLOT).invokevirtual(FRAME, "div", ConstantDescs.MTD_void);
                }
                Operand b =
                        op.format() == Op.Format.R ? register(rs2) : builder -> builder.loadConstant(table.imm(row));
                semantics.compute(code, op, register(rs1), b);
                code.lstore(slot(rd));
            }
        }
    }

    /** Pushes rs1 plus the immediate. */
    private void address(int row) {
        register(ProgramTable.rs1(table.fields(row))).push(code);
        long offset = table.imm(row);
        if (offset != 0) {
            code.loadConstant(offset).ladd();
        }
    }

    private static Operand register(int register) {
        return register == 0 ? CodeBuilder::lconst_0 : code -> code.lload(slot(register));
    }
}
