package dev.aver.prover.inject;

import dev.aver.circuits.field.KoalaBear;

/** A forged row whose cells are written by the names of their columns. */
final class NamedRow {
    final ForgedRow row;

    NamedRow(ForgedRow row) {
        this.row = row;
    }

    /** A column's place. */
    int column(String name) {
        int column = row.air.columns().indexOf(name);
        if (column < 0) throw new IllegalArgumentException(row.air.name() + " has no column " + name);
        return column;
    }

    /** A cell, in Montgomery form. */
    int get(String name) {
        return row.get(column(name));
    }

    /** Writes an element in Montgomery form. */
    NamedRow put(String name, int element) {
        row.set(column(name), element);
        return this;
    }

    /** Writes a number modulo p. */
    NamedRow set(String name, long value) {
        return put(name, KoalaBear.ofLong(value));
    }

    /** Writes the cells of this name from 0 on. */
    NamedRow limbs(String name, long... limbs) {
        for (int i = 0; i < limbs.length; i++) set(name + "[" + i + "]", limbs[i]);
        return this;
    }
}
