/**
 * Whether a table determines what its rows say: the same inputs, two different outputs, searched by an SMT solver
 * (docs/protocol.md, on what is attacked by tests). A row is translated to equations over the integers: a constraint
 * holds modulo p, and most of them, by what is looked up about their parts, over the integers.
 */
@NullMarked
package dev.aver.tests.determinism;

import org.jspecify.annotations.NullMarked;
