package dev.aver.circuits.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A polynomial over the integers modulo p, in schoolbook arithmetic on canonical numbers.
 *
 * @param coefficients canonical, lowest first, the last not 0; empty for the polynomial 0. Treated as immutable
 */
public record Polynomial(long[] coefficients) {
    private static final long P = 0x7f000001L;

    /** The polynomial with these coefficients, lowest first; any integers. */
    public static Polynomial of(long... coefficients) {
        int length = coefficients.length;
        while (length > 0 && Math.floorMod(coefficients[length - 1], P) == 0) length--;
        long[] canonical = new long[length];
        for (int i = 0; i < length; i++) canonical[i] = Math.floorMod(coefficients[i], P);
        return new Polynomial(canonical);
    }

    /** Its degree; −1 for 0. */
    public int degree() {
        return coefficients.length - 1;
    }

    /** The coefficient of x^i, 0 above the degree. */
    public long coefficient(int i) {
        return i <= degree() ? coefficients[i] : 0;
    }

    /** this + b · factor. */
    public Polynomial plus(Polynomial b, long factor) {
        long[] sum = new long[Math.max(degree(), b.degree()) + 1];
        for (int i = 0; i < sum.length; i++) sum[i] = (coefficient(i) + b.coefficient(i) * factor) % P;
        return of(sum);
    }

    /** this · b. */
    public Polynomial times(Polynomial b) {
        if (degree() < 0 || b.degree() < 0) return of();
        long[] product = new long[degree() + b.degree() + 1];
        for (int i = 0; i <= degree(); i++) {
            for (int j = 0; j <= b.degree(); j++) {
                product[i + j] = (product[i + j] + coefficients[i] * b.coefficients[j]) % P;
            }
        }
        return of(product);
    }

    /** The remainder of this divided by {@code modulus}, which is not 0. */
    public Polynomial modulo(Polynomial modulus) {
        long[] rest = coefficients.clone();
        long lead = inverse(modulus.coefficient(modulus.degree()));
        for (int top = rest.length - 1; top >= modulus.degree(); top--) {
            long factor = rest[top] * lead % P;
            for (int i = 0; i <= modulus.degree(); i++) {
                int at = top - modulus.degree() + i;
                rest[at] = Math.floorMod(rest[at] - factor * modulus.coefficients[i] % P, P);
            }
        }
        return of(rest);
    }

    /** This to the power of {@code exponent} modulo {@code modulus}. */
    public Polynomial pow(BigInteger exponent, Polynomial modulus) {
        Polynomial power = of(1);
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            power = power.times(power).modulo(modulus);
            if (exponent.testBit(bit)) power = power.times(this).modulo(modulus);
        }
        return power;
    }

    /** A greatest common divisor. */
    public Polynomial gcd(Polynomial b) {
        Polynomial a = this;
        while (b.degree() >= 0) {
            Polynomial rest = a.modulo(b);
            a = b;
            b = rest;
        }
        return a;
    }

    /** Whether this is irreducible: Rabin's test. */
    public boolean isIrreducible() {
        Polynomial x = of(0, 1);
        List<Polynomial> frobenius = new ArrayList<>(List.of(x));
        for (int i = 1; i <= degree(); i++) {
            frobenius.add(frobenius.get(i - 1).pow(BigInteger.valueOf(P), this));
        }
        if (!frobenius.get(degree()).equals(x)) return false;
        for (int prime = 2; prime <= degree(); prime++) {
            if (degree() % prime != 0 || !BigInteger.valueOf(prime).isProbablePrime(50)) continue;
            Polynomial difference = frobenius.get(degree() / prime).plus(x, P - 1);
            if (gcd(difference).degree() != 0) return false;
        }
        return true;
    }

    /** 1 / a modulo p. */
    public static long inverse(long a) {
        return BigInteger.valueOf(a).modInverse(BigInteger.valueOf(P)).longValueExact();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polynomial(long[] others) && Arrays.equals(coefficients, others);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coefficients);
    }

    @Override
    public String toString() {
        return Arrays.toString(coefficients);
    }
}
