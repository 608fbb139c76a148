/**
 * What a prover needs from a run. A {@link dev.aver.zkvm.record.SegmentSnapshot} is enough to execute one segment
 * again, alone; {@link dev.aver.zkvm.record.SegmentRecorder} does that and writes down every event as flat columns, one
 * {@link dev.aver.zkvm.record.EventTable} per chip, in a {@link dev.aver.zkvm.record.SegmentRecord}.
 */
@NullMarked
package dev.aver.zkvm.record;

import org.jspecify.annotations.NullMarked;
