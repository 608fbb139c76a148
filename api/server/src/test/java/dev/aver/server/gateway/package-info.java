/** The gateway from outside, in front of a service that keeps everything in memory. */
@NullMarked
package dev.aver.server.gateway;

import org.jspecify.annotations.NullMarked;
