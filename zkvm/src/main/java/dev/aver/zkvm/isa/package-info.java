/** The instruction set: its operations, their decoded form, and the chip that proves each. */
@NullMarked
package dev.aver.zkvm.isa;

import org.jspecify.annotations.NullMarked;
