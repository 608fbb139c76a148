package dev.aver.tests.determinism;

import dev.aver.circuits.field.KoalaBear;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A polynomial over K in atoms, which have numbers.
 *
 * @param terms from products of atoms, as ascending strings of their numbers, to coefficients in (−p/2, p/2), none 0
 */
record Poly(Map<List<Integer>, Long> terms) {
    static final long P = KoalaBear.P;

    static Poly constant(long value) {
        return new Poly(Map.of()).with(List.of(), value);
    }

    static Poly atom(int atom) {
        return new Poly(Map.of()).with(List.of(atom), 1);
    }

    /** The number of smallest absolute value that is congruent to this one. */
    static long centered(long value) {
        long residue = Math.floorMod(value, P);
        return residue > P / 2 ? residue - P : residue;
    }

    /** This polynomial with numbers in place of some atoms. */
    Poly with(Map<Integer, Poly> numbers) {
        if (terms.keySet().stream().flatMap(List::stream).noneMatch(numbers::containsKey)) return this;
        Poly sum = constant(0);
        for (Map.Entry<List<Integer>, Long> term : terms.entrySet()) {
            Poly product = constant(term.getValue());
            for (int atom : term.getKey()) product = product.times(numbers.getOrDefault(atom, atom(atom)));
            sum = sum.plus(product);
        }
        return sum;
    }

    private Poly with(List<Integer> product, long coefficient) {
        Map<List<Integer>, Long> sum = new TreeMap<>(Poly::compare);
        sum.putAll(terms);
        add(sum, product, coefficient);
        return new Poly(sum);
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        if (a.size() != b.size()) return a.size() - b.size();
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i))) return a.get(i) - b.get(i);
        }
        return 0;
    }

    private static void add(Map<List<Integer>, Long> sum, List<Integer> product, long coefficient) {
        long added = centered(sum.getOrDefault(product, 0L) + centered(coefficient));
        if (added == 0) sum.remove(product);
        else sum.put(product, added);
    }

    Poly plus(Poly other) {
        Map<List<Integer>, Long> sum = new TreeMap<>(Poly::compare);
        sum.putAll(terms);
        other.terms.forEach((product, coefficient) -> add(sum, product, coefficient));
        return new Poly(sum);
    }

    Poly minus(Poly other) {
        return plus(other.scale(-1));
    }

    Poly scale(long factor) {
        return times(constant(factor));
    }

    Poly times(Poly other) {
        Map<List<Integer>, Long> sum = new TreeMap<>(Poly::compare);
        terms.forEach((a, x) -> other.terms.forEach((b, y) -> {
            List<Integer> product = new ArrayList<>(a);
            product.addAll(b);
            Collections.sort(product);
            add(sum, List.copyOf(product), x * y);
        }));
        return new Poly(sum);
    }

    boolean isConstant() {
        return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(List.<Integer>of()));
    }

    /** The constant term. */
    long constantTerm() {
        return terms.getOrDefault(List.<Integer>of(), 0L);
    }
}
