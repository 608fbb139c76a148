/**
 * Hot code as JVM bytecode. {@link dev.aver.zkvm.translate.Translator} is the engine: it interprets until a block is
 * hot, then has a {@link dev.aver.zkvm.translate.Region} made of it and what it reaches:
 * {@link dev.aver.zkvm.translate.RegionPlan} chooses the blocks, {@link dev.aver.zkvm.translate.RegionWriter} writes
 * one JVM method for them, in which guest registers are local variables and costs are counted per path. What
 * instructions compute still stands in {@link dev.aver.zkvm.machine.Semantics} alone.
 */
@NullMarked
package dev.aver.zkvm.translate;

import org.jspecify.annotations.NullMarked;
