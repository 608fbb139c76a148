package dev.aver.prover.attack;

import dev.aver.circuits.field.KoalaBear;
import dev.aver.prover.backend.Backend;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A backend that changes one cell of one matrix just before it becomes codewords, and is honest otherwise. */
final class CheatingExtension implements InvocationHandler {
    /** A matrix that was extended. */
    record Matrix(int logHeight, int width) {}

    /** All since the last {@link #begin}. */
    final List<Matrix> matrices = new ArrayList<>();

    private final Backend honest;
    private int matrix;
    private int cell;
    private int by;

    CheatingExtension(Backend honest) {
        this.honest = honest;
    }

    /** The backend. */
    Backend backend() {
        return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, this);
    }

    /**
     * From now on matrices count from 0, and {@code by} is added to a cell of one of them.
     *
     * @param at column after column; below 0 for none
     */
    void begin(int number, int at, int element) {
        matrices.clear();
        matrix = number;
        cell = at;
        by = element;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("extend")) {
            int[] columns = (int[]) arguments[0];
            if (matrices.size() == matrix && cell >= 0) columns[cell] = KoalaBear.add(columns[cell], by);
            matrices.add(new Matrix((int) arguments[1], (int) arguments[2]));
        }
        try {
            return method.invoke(honest, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
