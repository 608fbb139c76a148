/**
 * The algebra of every proof (docs/protocol.md, section 1). {@link dev.aver.circuits.field.KoalaBear} is the base field
 * K, 31 bits, as static methods on {@code int}; {@link dev.aver.circuits.field.E6} is its extension E of degree 6,
 * 185.9 bits, from which challenges are drawn.
 *
 * <p>In memory an element is always in Montgomery form, in files, on wires and in transcripts always canonical.
 */
@NullMarked
package dev.aver.circuits.field;

import org.jspecify.annotations.NullMarked;
