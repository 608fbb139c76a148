package dev.aver.server.store;

import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditFilter;
import dev.aver.server.service.JobFilter;
import dev.aver.server.service.Page;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.storage.StorageException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Programs, inputs, jobs, keys and the audit log. Every method that changes something is one transaction; one that
 * throws changed nothing. What it changed survives the process from then on. It survives the machine too, but for what
 * workers note of a job that is not final, {@link #beginExecution}, {@link #planned}, {@link #begin}, {@link #advanced}
 * and {@link #release}: that is on the disk with the next change of any other kind, and without it the job is done
 * again from where it was. Safe for many threads.
 */
public interface Store extends AutoCloseable {
    /** Registers a program unless it is there, and gives what is there then. */
    ProgramRow addProgram(ProgramRow program, AuditEntry audit) throws StorageException;

    /** A program. */
    Optional<ProgramRow> program(String id) throws StorageException;

    /**
     * All programs, newest first.
     *
     * @param token from an earlier page
     * @throws BadTokenException if it is not
     */
    Page<RegisteredProgram> programs(int size, Optional<String> token) throws StorageException, BadTokenException;

    /** Adds an input, unless the account would then have more than so many bytes stored. */
    boolean addInput(InputRow input, long mostBytes, AuditEntry audit) throws StorageException;

    /** An input, also one that was deleted. */
    Optional<InputRow> input(String id) throws StorageException;

    /**
     * Accepts a job, or says why not.
     *
     * @param mostJobs unfinished ones of all accounts
     */
    Acceptance accept(NewJob job, Quota quota, int mostJobs, AuditEntry audit) throws StorageException;

    /** The job, or the conflict, that a submission's idempotency key stands for already. */
    Optional<Acceptance> earlier(NewJob job) throws StorageException;

    /** A job. */
    Optional<JobRow> job(String id) throws StorageException;

    /** Jobs, newest first, without journals and security reports; {@code token} as for programs. */
    Page<JobRow> jobs(JobFilter filter, int size, Optional<String> token) throws StorageException, BadTokenException;

    /** Jobs that are not final, oldest first. */
    List<JobRow> unfinished() throws StorageException;

    /** A worker takes a job to run its program for a plan; false if it is final. */
    boolean beginExecution(String id) throws StorageException;

    /**
     * What a job will take is known, and its cycles count toward its account's day; the worker lets go of it.
     *
     * @param mostCyclesADay refuses, and changes nothing, if the account's day would exceed this
     */
    boolean planned(String id, JobRow.Planned plan, Instant now, long mostCyclesADay) throws StorageException;

    /**
     * A worker takes a queued or running job: it is running, with an attempt more; false if it is final.
     *
     * @param version the job's from here on
     */
    boolean begin(String id, Instant now, long version) throws StorageException;

    /** A segment's proof is durable: the job is no danger to the process, whatever came before. */
    void advanced(String id, int segmentsDone, long cyclesDone, double kHz) throws StorageException;

    /** The worker lets go of a job that is not final. */
    void release(String id) throws StorageException;

    /** Notes that a job is to be cancelled by the worker that has it; false if it is final. */
    boolean requestStop(String id, AuditEntry audit) throws StorageException;

    /**
     * Makes a job final. False, and nothing changed, if it is already: whoever comes first decides.
     *
     * @param audit of who did it, if someone did
     */
    boolean finish(String id, JobEnd end, Optional<AuditEntry> audit) throws StorageException;

    /**
     * At a start: jobs that a worker had get a strike more; none is any worker's then, and the versions of those that
     * are not final are above all that the process before can have given out. Call before any worker is.
     */
    void strike() throws StorageException;

    /** Deletes what is older than the retention allows and marks inputs that nothing needs; gives how many rows. */
    int expire(Retention retention, Instant now) throws StorageException;

    /** Every blob that some row refers to. */
    Set<String> blobs() throws StorageException;

    /** Adds a key. */
    void addKey(KeyRow key, AuditEntry audit) throws StorageException;

    /** All keys, revoked and expired ones too. */
    List<KeyRow> keys() throws StorageException;

    /** Ends a key at a time, if it would not end before. False if there is none. */
    boolean endKey(String id, Instant end, AuditEntry audit) throws StorageException;

    /**
     * Adds a key that another one gives way to, which ends at a time, if it would not end before. False, and nothing
     * changed, if there is none.
     */
    boolean replaceKey(String old, Instant end, KeyRow key, List<AuditEntry> audit) throws StorageException;

    /** Notes what someone did, for good. */
    void audit(AuditEntry entry) throws StorageException;

    /** The audit log, newest first; {@code token} as for programs. */
    Page<AuditEntry> auditLog(AuditFilter filter, int size, Optional<String> token)
            throws StorageException, BadTokenException;

    /** Writes a consistent copy of everything to a new file, while work goes on. */
    void backup(Path file) throws StorageException;

    /** Tries a write and undoes it: whether the database takes any. */
    void probe() throws StorageException;

    @Override
    void close();
}
