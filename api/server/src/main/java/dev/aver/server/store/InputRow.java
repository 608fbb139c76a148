package dev.aver.server.store;

import dev.aver.server.service.StoredInput;

/**
 * An input, whose it is and where.
 *
 * @param deleted whether only this row is left of it
 */
public record InputRow(StoredInput input, String account, String blob, boolean deleted) {}
