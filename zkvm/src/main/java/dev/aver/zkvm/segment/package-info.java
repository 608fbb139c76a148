/**
 * Cutting a run into segments by what they cost. {@link dev.aver.zkvm.segment.SegmentMeter} counts rows of every chip
 * as the run goes, {@link dev.aver.zkvm.segment.SegmentRule} says where to cut,
 * {@link dev.aver.zkvm.segment.SegmentCost} is the bill of one segment, padding included.
 */
@NullMarked
package dev.aver.zkvm.segment;

import org.jspecify.annotations.NullMarked;
