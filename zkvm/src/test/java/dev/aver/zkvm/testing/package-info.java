/** What tests of several packages and modules share: programs assembled without a toolchain. */
@NullMarked
package dev.aver.zkvm.testing;

import org.jspecify.annotations.NullMarked;
