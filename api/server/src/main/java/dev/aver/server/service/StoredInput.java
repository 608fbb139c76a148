package dev.aver.server.service;

import java.time.Instant;

/**
 * An input that was uploaded.
 *
 * @param id random, 128 bits in hexadecimal
 * @param bytes its size
 * @param secret whether it is private: encrypted at rest, and jobs with it are private
 * @param uploaded when
 */
public record StoredInput(String id, long bytes, boolean secret, Instant uploaded) {}
