package dev.aver.server.service;

import java.util.Optional;
import java.util.Set;

/**
 * Which jobs to list, newest first.
 *
 * @param states these, or all if empty
 * @param program of this program
 * @param account of this account; administrators only, others see their own
 */
public record JobFilter(Set<JobState> states, Optional<String> program, Optional<String> account) {
    public JobFilter {
        states = Set.copyOf(states);
    }
}
