/**
 * {@code aver inspect}: what is in a program without running it. {@link dev.aver.cli.inspect.CodeSurvey} walks the code
 * and counts, {@link dev.aver.cli.inspect.ExtensionHint} guesses where an instruction that the machine does not have
 * comes from.
 */
@NullMarked
package dev.aver.cli.inspect;

import org.jspecify.annotations.NullMarked;
