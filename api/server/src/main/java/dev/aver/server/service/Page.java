package dev.aver.server.service;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param items in order
 * @param nextToken asks for the next part; none at the end. Opaque, and of use only with the same filter
 */
public record Page<T>(List<T> items, Optional<String> nextToken) {
    public Page {
        items = List.copyOf(items);
    }
}
