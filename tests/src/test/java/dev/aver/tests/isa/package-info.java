/** The decoder and disassembler against GNU objdump. */
@NullMarked
package dev.aver.tests.isa;

import org.jspecify.annotations.NullMarked;
