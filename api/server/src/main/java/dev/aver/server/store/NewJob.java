package dev.aver.server.store;

import dev.aver.server.service.Submission;
import java.time.Instant;

/** A job to be accepted. */
public record NewJob(String id, String account, Submission submission, Instant created) {}
