package dev.aver.server.engine;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.chips.ProgramChip;
import dev.aver.circuits.hash.Sha256;
import dev.aver.circuits.image.ImageId;
import dev.aver.server.blob.BlobStore;
import dev.aver.server.blob.NewBlob;
import dev.aver.server.service.AuditEntry;
import dev.aver.server.service.AuditEntry.Action;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.RegisteredProgram;
import dev.aver.server.service.ServiceException;
import dev.aver.server.service.StoredInput;
import dev.aver.server.service.Verdict;
import dev.aver.server.store.InputRow;
import dev.aver.server.store.ProgramRow;
import dev.aver.server.store.Store;
import dev.aver.verifier.Claim;
import dev.aver.verifier.InvalidReceiptException;
import dev.aver.verifier.Policy;
import dev.aver.verifier.Receipt;
import dev.aver.verifier.Verifier;
import dev.aver.verifier.security.ReceiptSecurity;
import dev.aver.zkvm.program.InvalidProgramException;
import dev.aver.zkvm.program.Program;
import dev.aver.zkvm.program.ProgramTable;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What is uploaded: programs, inputs, and receipts to be verified. */
final class Catalog {
    /** Programs and receipts are held in memory, so few at once; others wait. */
    private static final int AT_ONCE = 2;

    private final EngineOptions options;
    private final Store store;
    private final BlobStore blobs;
    private final Supplier<Instant> now;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore heavy = new Semaphore(AT_ONCE);

    Catalog(EngineOptions options, Store store, BlobStore blobs, Supplier<Instant> now) {
        this.options = options;
        this.store = store;
        this.blobs = blobs;
        this.now = now;
    }

    /** A new random id. */
    String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Who did what, now. */
    AuditEntry audit(Caller caller, Action action, String subject) {
        return new AuditEntry(now.get(), caller.account(), caller.keyId(), action, subject);
    }

    RegisteredProgram register(Caller caller, InputStream elf, String name) throws ServiceException, IOException {
        Submissions.requireText("name", name);
        try (NewBlob blob = spool(elf, "a program", options.programBytes(), false)) {
            boolean kept = false;
            try {
                RegisteredProgram program = examined(blob, name);
                AuditEntry audit = audit(caller, Action.REGISTER_PROGRAM, program.id());
                ProgramRow stored = store.addProgram(new ProgramRow(program, blob.id()), audit);
                kept = stored.blob().equals(blob.id());
                return stored.program();
            } finally {
                if (!kept) blobs.delete(blob.id());
            }
        }
    }

    private RegisteredProgram examined(NewBlob blob, String name) throws ServiceException, IOException {
        heavy.acquireUninterruptibly();
        try {
            byte[] file = blobs.read(blob.id(), false);
            String id = HexFormat.of().formatHex(Sha256.of(file));
            Optional<ProgramRow> known = store.program(id);
            return known.isPresent()
                    ? known.get().program()
                    : new RegisteredProgram(id, imageId(file), name, file.length, now.get());
        } finally {
            heavy.release();
        }
    }

    /** Takes in a body as fast as it comes: a slow caller holds nothing that others wait for. */
    private NewBlob spool(InputStream body, String what, long most, boolean secret)
            throws ServiceException, IOException {
        NewBlob blob = blobs.create(secret);
        boolean finished = false;
        try {
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                if (blob.bytes() + read > most) {
                    throw new ServiceException(ErrorCode.TOO_LARGE, what + " is at most " + most + " bytes here");
                }
                blob.write(buffer, 0, read);
            }
            blob.finish();
            finished = true;
            return blob;
        } finally {
            if (!finished) blob.close();
        }
    }

    private static String imageId(byte[] file) throws ServiceException {
        try {
            Program program = Program.fromElf(file);
            if (ProgramChip.logHeight(ProgramTable.of(program)) > Machine.MAX_LOG_HEIGHT) {
                throw new ServiceException(
                        ErrorCode.INVALID_PROGRAM,
                        "the program's code has more than the 2^%d places for instructions that a proof has room for"
                                .formatted(Machine.MAX_LOG_HEIGHT));
            }
            return ImageId.of(program).toString();
        } catch (InvalidProgramException e) {
            throw new ServiceException(ErrorCode.INVALID_PROGRAM, String.valueOf(e.getMessage()));
        }
    }

    StoredInput upload(Caller caller, InputStream input, boolean secret) throws ServiceException, IOException {
        try (NewBlob blob = spool(input, "an input", options.limits().input(), secret)) {
            StoredInput stored = new StoredInput(newId(), blob.bytes(), secret, now.get());
            boolean added = store.addInput(
                    new InputRow(stored, caller.account(), blob.id(), false),
                    options.quota().storedBytes(),
                    audit(caller, Action.UPLOAD_INPUT, stored.id()));
            if (!added) {
                blobs.delete(blob.id());
                throw new ServiceException(
                        ErrorCode.QUOTA_EXCEEDED,
                        "the account may store %d bytes: let inputs be deleted when their jobs end, or wait until"
                                        .formatted(options.quota().storedBytes())
                                + " the retention lets go of some",
                        Duration.ofHours(1));
            }
            return stored;
        }
    }

    Verdict verify(InputStream in, String imageId) throws ServiceException, IOException {
        ImageId expected = ImageId.parse(imageId)
                .orElseThrow(() -> Errors.invalid("imageId is " + 2 * ImageId.BYTES + " hexadecimal digits"));
        // It may be a private job's.
        try (NewBlob blob = spool(in, "a receipt", options.receiptBytes(), true)) {
            heavy.acquireUninterruptibly();
            try {
                return verdict(decode(blobs.read(blob.id(), true)), expected);
            } finally {
                heavy.release();
                blobs.delete(blob.id());
            }
        }
    }

    private static Verdict verdict(Receipt receipt, ImageId expected) {
        String about = receipt.image().id().toString();
        try {
            Policy policy = Policy.standard().withMinBits(Policy.LEAST_BITS).withExitCode(receipt.exitCode());
            Claim claim = Verifier.with(policy).verify(receipt, expected);
            ReceiptSecurity security = Verifier.security(receipt);
            return new Verdict(
                    true,
                    Optional.empty(),
                    Optional.of(about),
                    OptionalInt.of(claim.exitCode()),
                    claim.journal(),
                    OptionalLong.of(claim.cycles()),
                    OptionalInt.of(security.bits()),
                    SecurityLines.of(security),
                    Optional.of(claim.inputDigest().toString()));
        } catch (InvalidReceiptException e) {
            String reason = e.reason().name().toLowerCase(Locale.ROOT) + ": " + e.getMessage();
            return new Verdict(
                    false,
                    Optional.of(reason),
                    Optional.of(about),
                    OptionalInt.empty(),
                    new byte[0],
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    List.of(),
                    Optional.empty());
        }
    }

    private static Receipt decode(byte[] bytes) throws ServiceException {
        try {
            return Receipt.decode(bytes);
        } catch (InvalidReceiptException e) {
            throw new ServiceException(ErrorCode.INVALID_RECEIPT, String.valueOf(e.getMessage()));
        }
    }
}
