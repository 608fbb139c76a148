/** {@code aver verify}: the verb, and the verdict that it gives for people and for programs. */
@NullMarked
package dev.aver.cli.verify;

import org.jspecify.annotations.NullMarked;
