package dev.aver.tests.differential;

import dev.aver.zkvm.isa.Op;
import dev.aver.zkvm.machine.Semantics;
import dev.aver.zkvm.program.ProgramTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Set;

/**
 * A copy of the machine in which one operation is broken. The copy's classes are those of the machine, loaded again,
 * but for a few methods: each is renamed, and in its place stands one that calls it and hands arguments and result to
 * the method of {@link Breakage} with its name.
 */
final class Mutant extends ClassLoader {

    private static final ClassDesc BREAKAGE = ClassDesc.of(Breakage.class.getName());

    private static final Map<String, Set<String>> BROKEN_METHODS = Map.of(
            Semantics.class.getName(), Set.of("alu", "taken", "extend", "amo"),
            ProgramTable.class.getName(), Set.of("decode"));

    private final int breakage;

    private Mutant(int breakage) {
        super(Mutant.class.getClassLoader());
        this.breakage = breakage;
    }

    /** A copy in which nothing is broken. */
    static Mutant healthy() {
        return new Mutant(Integer.MAX_VALUE);
    }

    /** A copy in which an operation gives a wrong result each time. */
    static Mutant breaking(Op op) {
        return new Mutant(op.ordinal());
    }

    /** A copy in which an operation's result is wrong where its first operand is the smallest 32-bit number. */
    static Mutant breakingRarely(Op op) {
        return new Mutant(-1 - op.ordinal());
    }

    /** Its interpreter, about to run a program. */
    Stepper stepper(GuestProgram program) throws ReflectiveOperationException {
        return (Stepper) loadClass(InterpreterStepper.class.getName())
                .getConstructor(byte[].class, byte[].class)
                .newInstance(program.elf(), new byte[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (name.startsWith("dev.aver.zkvm.")
                    || name.startsWith(InterpreterStepper.class.getName())
                    || name.startsWith(Breakage.class.getName())) {
                byte[] bytes = bytes(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
            return super.loadClass(name, resolve);
        }
    }

    private byte[] bytes(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] original = in.readAllBytes();
            Set<String> methods = BROKEN_METHODS.get(name);
            return methods == null ? original : broken(original, methods);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] broken(byte[] original, Set<String> methods) {
        ClassFile classFile = ClassFile.of();
        ClassModel model = classFile.parse(original);
        return classFile.transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method
                    && methods.contains(method.methodName().stringValue())) {
                replace(builder, model.thisClass().asSymbol(), method);
            } else {
                builder.with(element);
            }
        });
    }

    private void replace(ClassBuilder builder, ClassDesc owner, MethodModel method) {
        String name = method.methodName().stringValue();
        String healthy = "healthy$" + name;
        MethodTypeDesc type = method.methodTypeSymbol();
        int flags = method.flags().flagsMask();
        builder.withMethod(healthy, type, flags, copy -> method.forEach(copy::with));
        builder.withMethodBody(name, type, flags, code -> {
            arguments(code, type);
            arguments(code, type);
            code.invokestatic(owner, healthy, type);
            code.loadConstant(breakage);
            code.invokestatic(
                    BREAKAGE,
                    name,
                    type.insertParameterTypes(type.parameterCount(), type.returnType(), ConstantDescs.CD_int));
            code.return_(TypeKind.from(type.returnType()));
        });
    }

    /** Pushes the arguments of a static method. */
    private static void arguments(CodeBuilder code, MethodTypeDesc type) {
        int slot = 0;
        for (ClassDesc parameter : type.parameterList()) {
            TypeKind kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
    }
}
