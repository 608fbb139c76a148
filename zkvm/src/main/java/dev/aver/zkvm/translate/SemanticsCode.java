package dev.aver.zkvm.translate;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Semantics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The methods of {@link Semantics} as code to paste. A method that is one expression is copied instruction by
 * instruction, its parameters replaced by the operands, so that the JIT has nothing to inline; any other is called. So
 * translated code computes what Semantics says, in whatever way it says it.
 */
final class SemanticsCode {
    private static final ClassDesc SEMANTICS = ClassDesc.of(Semantics.class.getName());
    private static final MethodTypeDesc UNARY = MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long);
    private static final MethodTypeDesc BINARY =
            MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_long);
    private static final MethodTypeDesc CONDITION =
            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_long, ConstantDescs.CD_long);

    /** Slot of the second parameter: a long takes two. */
    private static final int SECOND = 2;

    /** Instructions up to the return, by method name, of the methods that are one expression. */
    private final Map<String, List<Instruction>> expressions = new HashMap<>();
    /** Instructions up to and including the branch to "false", of the methods that are one comparison. */
    private final Map<String, List<Instruction>> comparisons = new HashMap<>();

    SemanticsCode() {
        ClassModel model = ClassFile.of(
                        ClassFile.DebugElementsOption.DROP_DEBUG, ClassFile.LineNumbersOption.DROP_LINE_NUMBERS)
                .parse(bytes());
        for (MethodModel method : model.methods()) {
            method.code().ifPresent(code -> {
                List<Instruction> body = new ArrayList<>();
                for (CodeElement element : code) {
                    if (element instanceof Instruction instruction) {
                        body.add(instruction);
                    }
                }
                classify(method.methodName().stringValue(), body);
            });
        }
    }

    private static byte[] bytes() {
        try (InputStream in = Semantics.class.getResourceAsStream("Semantics.class")) {
            if (in == null) {
                throw new AssertionError("the machine's own class file is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void classify(String name, List<Instruction> body) {
        int straight = 0;
        while (straight < body.size() && isExpression(body.get(straight))) {
            straight++;
        }
        List<Opcode> rest = body.subList(straight, body.size()).stream()
                .map(Instruction::opcode)
                .toList();
        if (rest.equals(List.of(Opcode.LRETURN))) {
            expressions.put(name, List.copyOf(body.subList(0, straight)));
        } else if (rest.size() == 5
                && body.get(straight) instanceof BranchInstruction
                && rest.subList(1, 5).equals(List.of(Opcode.ICONST_1, Opcode.GOTO, Opcode.ICONST_0, Opcode.IRETURN))) {
            comparisons.put(name, List.copyOf(body.subList(0, straight + 1)));
        }
    }

    private static boolean isExpression(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction load -> load.typeKind() == TypeKind.LONG && load.slot() <= SECOND;
            case OperatorInstruction o -> true;
            case ConvertInstruction c -> true;
            case ConstantInstruction c -> true;
            case InvokeInstruction invoke -> invoke.opcode() == Opcode.INVOKESTATIC;
            default -> false;
        };
    }

    /** Pushes an operand: a long. */
    @FunctionalInterface
    interface Operand {
        void push(CodeBuilder code);
    }

    /** Emits the computation of an operation that computes only; leaves its result on the stack. */
    void compute(CodeBuilder code, Op op, Operand a, Operand b) {
        String name = methodName(op);
        List<Instruction> expression = expressions.get(name);
        if (expression == null) {
            a.push(code);
            b.push(code);
            code.invokestatic(SEMANTICS, name, BINARY);
        } else {
            paste(code, expression, a, b);
        }
    }

    /** Emits what turns the zero-extended bytes that {@code raw} pushes, once, into what a load puts into rd. */
    void extend(CodeBuilder code, Op op, Operand raw) {
        switch (op) {
            case LB, LH, LW -> {
                String name = methodName(op);
                List<Instruction> expression = expressions.get(name);
                if (expression == null) {
                    raw.push(code);
                    code.invokestatic(SEMANTICS, name, UNARY);
                } else {
                    paste(code, expression, raw, raw);
                }
            }
            default -> raw.push(code);
        }
    }

    /** Emits a jump to {@code otherwise} where a branch is not taken. */
    void unlessTaken(CodeBuilder code, Op op, Operand a, Operand b, java.lang.classfile.Label otherwise) {
        String name = methodName(op);
        List<Instruction> comparison = comparisons.get(name);
        if (comparison == null) {
            a.push(code);
            b.push(code);
            code.invokestatic(SEMANTICS, name, CONDITION);
            code.ifeq(otherwise);
        } else {
            paste(code, comparison.subList(0, comparison.size() - 1), a, b);
            code.branch(comparison.getLast().opcode(), otherwise);
        }
    }

    private static void paste(CodeBuilder code, List<Instruction> body, Operand a, Operand b) {
        for (Instruction instruction : body) {
            if (instruction instanceof LoadInstruction load) {
                (load.slot() == SECOND ? b : a).push(code);
            } else {
                code.with(instruction);
            }
        }
    }

    /** Semantics names its methods after the register form. */
    private static String methodName(Op op) {
        String name = op.name().toLowerCase(Locale.ROOT);
        return switch (op.format()) {
            case I, SHIFT -> op.chip().name().startsWith("LOAD") ? name : name.replaceFirst("i(u|w|)$", "$1");
            default -> name;
        };
    }
}
