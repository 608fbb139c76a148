/** What operators see: metrics in Prometheus' text format, and logs with one JSON object a line. */
@NullMarked
package dev.aver.server.ops;

import org.jspecify.annotations.NullMarked;
