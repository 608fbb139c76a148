/** Who may come in: rates by address and by account, how many at once, and whose key it is. */
@NullMarked
package dev.aver.server.gateway.limit;

import org.jspecify.annotations.NullMarked;
