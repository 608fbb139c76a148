package dev.aver.prover.attack;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A backend that changes matrices just before they become codewords, and is honest otherwise. */
final class CheatingExtension implements InvocationHandler {
    /** What is done to the matrices of a proof. */
    interface Change {
        /** An honest proof. */
        Change NONE = (matrix, columns) -> {};

        /** Changes the elements of a matrix, column after column; its number counts from 0. */
        void to(int matrix, int[] columns);

        /** Adds {@code by} to one element. */
        static Change of(int number, int cell, int by) {
            return (matrix, columns) -> {
                if (matrix == number) columns[cell] = KoalaBear.add(columns[cell], by);
            };
        }
    }

    /** A matrix that was extended. */
    record Matrix(int logHeight, int width) {}

    /** All since the last {@link #begin}. */
    final List<Matrix> matrices = new ArrayList<>();

    private final Backend honest;
    private Change change = Change.NONE;

    CheatingExtension(Backend honest) {
        this.honest = honest;
    }

    /** The backend. */
    Backend backend() {
        return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, this);
    }

    /** From now on matrices count from 0, and this is done to them. */
    void begin(Change next) {
        matrices.clear();
        change = next;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("extend")) {
            change.to(matrices.size(), (int[]) arguments[0]);
            matrices.add(new Matrix((int) arguments[1], (int) arguments[2]));
        }
        try {
            return method.invoke(honest, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
