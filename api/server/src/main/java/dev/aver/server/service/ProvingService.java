package dev.aver.server.service;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * What the server does. Calls may block on storage and are made on virtual threads, many at once. Each checks the
 * caller's scope and ownership itself, so that no transport can forget it; what belongs to another account does not
 * exist. A call that returns has been made durable.
 */
public interface ProvingService {
    /**
     * Registers a program; again, it gives the same.
     *
     * @param elf read to its end, but not further than the limit
     * @param name shown in listings, at most 128 characters, or empty
     * @throws IOException if {@code elf} cannot be read
     */
    RegisteredProgram registerProgram(Caller caller, InputStream elf, String name) throws ServiceException, IOException;

    /** A program. */
    RegisteredProgram program(Caller caller, String id) throws ServiceException;

    /** All programs, newest first. */
    Page<RegisteredProgram> programs(Caller caller, int pageSize, Optional<String> token) throws ServiceException;

    /**
     * Keeps an input until jobs with it have ended and the retention policy lets go of it.
     *
     * @param secret whether it is private
     * @throws IOException if {@code input} cannot be read
     */
    StoredInput upload(Caller caller, InputStream input, boolean secret) throws ServiceException, IOException;

    /** Accepts a job, or says why not. */
    Job submit(Caller caller, Submission submission) throws ServiceException;

    /** A job. */
    Job job(Caller caller, String id) throws ServiceException;

    /** The caller's jobs, without their journals and security reports. */
    Page<Job> jobs(Caller caller, JobFilter filter, int pageSize, Optional<String> token) throws ServiceException;

    /** A job, as soon as its version is above this or it is final, or as it is when the time is up. */
    Job await(Caller caller, String id, long version, Duration atMost) throws ServiceException, InterruptedException;

    /** Asks a job to stop; one that is final stays as it is. */
    Job cancel(Caller caller, String id) throws ServiceException;

    /** A completed job's receipt. */
    Content receipt(Caller caller, String id) throws ServiceException;

    /** A completed execution's profile, in speedscope's format; kept with execution jobs. */
    Content profile(Caller caller, String id) throws ServiceException;

    /**
     * Verifies a receipt.
     *
     * @param receipt read to its end, but not further than the limit
     * @param imageId what it has to be about, in hexadecimal
     * @throws IOException if {@code receipt} cannot be read
     */
    Verdict verify(Caller caller, InputStream receipt, String imageId) throws ServiceException, IOException;
}
