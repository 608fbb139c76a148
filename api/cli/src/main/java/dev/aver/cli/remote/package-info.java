/** {@code aver remote}: another machine's proving server, through the client. */
@NullMarked
package dev.aver.cli.remote;

import org.jspecify.annotations.NullMarked;
