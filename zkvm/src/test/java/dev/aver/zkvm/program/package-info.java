/** Tests of loading programs: what is accepted and how it looks, what is refused, and files made to do harm. */
@NullMarked
package dev.aver.zkvm.program;

import org.jspecify.annotations.NullMarked;
