/**
 * What a run hands back besides its output: the {@link dev.aver.cli.report.RunReport}, as JSON (docs/run-report.md) and
 * as text, and the profile in speedscope's format.
 */
@NullMarked
package dev.aver.cli.report;

import org.jspecify.annotations.NullMarked;
