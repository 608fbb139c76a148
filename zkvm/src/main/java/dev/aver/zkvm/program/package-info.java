/** Programs: the memory map, and ELF files loaded into a canonical form. */
@NullMarked
package dev.aver.zkvm.program;

import org.jspecify.annotations.NullMarked;
