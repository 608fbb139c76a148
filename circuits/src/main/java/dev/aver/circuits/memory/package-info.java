/**
 * Memory with the registers as one digest (docs/protocol.md, section 3): {@link dev.aver.circuits.memory.MemoryTree},
 * its leaves {@link dev.aver.circuits.memory.PageDigest}, and what an update touches,
 * {@link dev.aver.circuits.memory.TouchedNodes}.
 */
@NullMarked
package dev.aver.circuits.memory;

import org.jspecify.annotations.NullMarked;
