/** Aver as its users meet it: the {@code ./aver} command as a process, from a clone. */
@NullMarked
package dev.aver.tests.endtoend;

import org.jspecify.annotations.NullMarked;
