/**
 * A program as the machine sees it. {@link dev.aver.zkvm.program.Program} is read from a static RISC-V ELF file into a
 * canonical form: entry, {@link dev.aver.zkvm.program.CodeRange code}, {@link dev.aver.zkvm.program.MemoryImage memory
 * image}; {@link dev.aver.zkvm.program.SymbolTable symbols} only help people. {@link dev.aver.zkvm.program.MemoryMap}
 * says where everything is. Files that cannot run are refused with an
 * {@link dev.aver.zkvm.program.InvalidProgramException} that names the place, the value and the way out.
 */
@NullMarked
package dev.aver.zkvm.program;

import org.jspecify.annotations.NullMarked;
