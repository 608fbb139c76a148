/** {@code aver serve}. */
@NullMarked
package dev.aver.cli.serve;

import org.jspecify.annotations.NullMarked;
