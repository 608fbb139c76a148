/** Settings, from where they come, and what is refused. */
@NullMarked
package dev.aver.server.config;

import org.jspecify.annotations.NullMarked;
