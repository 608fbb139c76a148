/**
 * {@code aver bench}: proves and verifies the samples, each in a process of its own as a user would, and says what it
 * took.
 */
@NullMarked
package dev.aver.cli.bench;

import org.jspecify.annotations.NullMarked;
