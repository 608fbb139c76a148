/**
 * The proving service itself: {@link dev.aver.server.engine.Engine}. A submission becomes a row, then a
 * {@link dev.aver.server.engine.LiveJob}; workers execute it, which tells what proving takes, and prove it when there
 * is memory for it, in an order that is fair to accounts. Whatever happens to the process, the rows and the finished
 * segments say where to go on.
 */
@NullMarked
package dev.aver.server.engine;

import org.jspecify.annotations.NullMarked;
