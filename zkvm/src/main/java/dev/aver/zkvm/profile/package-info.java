/**
 * Where a program's cycles go. A {@link dev.aver.zkvm.profile.Profiler} watches the interpreter, follows calls and
 * returns, and adds every cycle to a node of a call tree; a {@link dev.aver.zkvm.profile.Profile} is the finished tree,
 * ready to be written in a viewer's format. Regions that the guest marks appear in it by name.
 */
@NullMarked
package dev.aver.zkvm.profile;

import org.jspecify.annotations.NullMarked;
