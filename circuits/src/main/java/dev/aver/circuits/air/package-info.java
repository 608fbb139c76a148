/**
 * The language in which tables are specified (docs/protocol.md, section 7). An {@link dev.aver.circuits.air.AirBuilder}
 * collects columns, constraints and bus messages into an {@link dev.aver.circuits.air.Air}, whose expression graph is
 * the only definition: a {@link dev.aver.circuits.air.Tape} of it is what provers and verifiers evaluate.
 */
@NullMarked
package dev.aver.circuits.air;

import org.jspecify.annotations.NullMarked;
