/**
 * The machine itself. {@link dev.aver.zkvm.machine.Semantics} says what each instruction computes,
 * {@link dev.aver.zkvm.machine.Interpreter} executes by it, {@link dev.aver.zkvm.machine.Machine} and
 * {@link dev.aver.zkvm.machine.Memory} are the state, {@link dev.aver.zkvm.machine.TrapCause} lists why it stops.
 * Engines are interchangeable; a {@link dev.aver.zkvm.machine.Tracer} watches the interpreter.
 */
@NullMarked
package dev.aver.zkvm.machine;

import org.jspecify.annotations.NullMarked;
