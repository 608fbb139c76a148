/**
 * The {@code aver} command, a thin layer over the library: one class per verb, registered in {@link dev.aver.cli.Main}.
 * Standard output belongs to the guest program; what Aver itself has to say goes to standard error.
 */
@NullMarked
package dev.aver.cli;

import org.jspecify.annotations.NullMarked;
