package dev.aver.verifier;

import dev.aver.circuits.chips.Machine;
import dev.aver.circuits.field.E6;
import dev.aver.circuits.hash.HashSuite;
import dev.aver.circuits.image.ImageId;
import dev.aver.circuits.image.ProgramCommitment;
import dev.aver.circuits.memory.MemoryTree;
import dev.aver.verifier.InvalidReceiptException.Reason;
import dev.aver.verifier.Receipt.Segment;
import dev.aver.verifier.algebra.HostAlgebra;
import dev.aver.verifier.algebra.ProofReader;
import dev.aver.verifier.pcs.Parameters;
import dev.aver.verifier.security.ReceiptSecurity;
import dev.aver.verifier.security.SecurityReport;
import dev.aver.verifier.security.SegmentFigures;
import dev.aver.verifier.stark.FixedTables;
import dev.aver.verifier.stark.SegmentStatement;
import dev.aver.verifier.stark.StarkShape;
import dev.aver.verifier.stark.StarkVerifier;
import dev.aver.verifier.stark.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks receipts: {@code Verifier.with(Policy.standard()).verify(receipt, ImageId.of(program))} returns what is
 * proven, or throws {@link InvalidReceiptException}. Immutable, safe for use by several threads at once.
 */
public final class Verifier {
    private final Policy policy;

    private Verifier(Policy policy) {
        this.policy = policy;
    }

    /** A verifier that holds receipts to this policy. */
    public static Verifier with(Policy policy) {
        return new Verifier(policy);
    }

    /**
     * The security that a receipt's proofs provide if they are accepted: computed from their shapes, not from anything
     * that they say.
     */
    public static ReceiptSecurity security(Receipt receipt) {
        return new ReceiptSecurity(receipt.segments().stream()
                .map(segment -> new StarkShape(receipt.parameters(), segment.tables()))
                .map(SegmentFigures::of)
                .map(SecurityReport::of)
                .toList());
    }

    /**
     * Verifies a receipt.
     *
     * @param program the program that it has to be about
     * @return what it says, which is true unless somebody has broken the proof system or a hash
     * @throws InvalidReceiptException if it is not valid, or not what the policy demands
     */
    public Claim verify(Receipt receipt, ImageId program) throws InvalidReceiptException {
        ImageId id = receipt.image().id();
        if (!id.equals(program)) {
            throw new InvalidReceiptException(
                    Reason.IMAGE_ID, "the receipt is about program " + id + ", not about " + program);
        }
        demand(receipt);
        inRange(receipt);
        int bits = security(receipt).bits();
        if (bits < policy.minBits()) {
            throw new InvalidReceiptException(
                    Reason.SECURITY, bits + " provable bits, and the policy demands " + policy.minBits());
        }
        verifySegments(receipt, id);
        return new Claim(id, receipt.exitCode(), receipt.journal(), receipt.cycles(), receipt.inputDigest());
    }

    private void demand(Receipt receipt) throws InvalidReceiptException {
        if (receipt.exitCode() != policy.exitCode()) {
            throw new InvalidReceiptException(
                    Reason.EXIT_CODE,
                    "the program exited with %s, and %s was demanded"
                            .formatted(
                                    Integer.toUnsignedString(receipt.exitCode()),
                                    Integer.toUnsignedString(policy.exitCode())));
        }
        if (policy.input().isPresent() && !policy.input().get().equals(receipt.inputDigest())) {
            throw new InvalidReceiptException(
                    Reason.INPUT,
                    "the run's input has digest " + receipt.inputDigest() + ", and "
                            + policy.input().get() + " was demanded");
        }
    }

    /**
     * What reading a receipt's bytes makes sure of, for receipts that come from elsewhere: without a segment nothing
     * would be proven; clocks go round the field in a segment that is too long; and a program table that is not as high
     * as its commitment says is not the one in the image id.
     */
    private static void inRange(Receipt receipt) throws InvalidReceiptException {
        List<Segment> segments = receipt.segments();
        if (segments.isEmpty()) throw new InvalidReceiptException(Reason.CLAIM, "a run without a segment");
        Parameters parameters = receipt.parameters();
        if (parameters.logBlowup() != ProgramCommitment.LOG_BLOWUP) {
            throw new InvalidReceiptException(Reason.PARAMETERS, "another rate than that of the program's commitment");
        }
        int logHeight = receipt.image().commitment().logHeight();
        for (Segment segment : segments) {
            if (segment.tables().programLogHeight() != logHeight) {
                throw new InvalidReceiptException(
                        Reason.HEIGHT, "the program's table is not as high as its commitment");
            }
            if (segment.endRow() >>> logHeight != 0) {
                throw new InvalidReceiptException(Reason.CLAIM, "a segment ends at row " + segment.endRow());
            }
            if (segment.cycles() < 1 || segment.cycles() >= Machine.CYCLE_BOUND) {
                throw new InvalidReceiptException(Reason.CLAIM, "a segment of " + segment.cycles() + " cycles");
            }
        }
        int end = segments.getLast().endRow();
        if (end != 0) {
            throw new InvalidReceiptException(
                    Reason.CLAIM, "the last segment ends at row " + end + ", and a halt's is 0");
        }
    }

    /** Verifies all segments' proofs, whatever the policy. */
    static void verifySegments(Receipt receipt, ImageId id) throws InvalidReceiptException {
        inRange(receipt);
        VerifyingKey key = FixedTables.key(receipt.parameters().suite());
        if (!key.digest().equals(receipt.keyDigest())) {
            throw new InvalidReceiptException(
                    Reason.VERSION,
                    "the receipt's proofs are for a machine with key " + receipt.keyDigest() + ", this verifier's is "
                            + key.digest() + ": use the verifier of the release that made the receipt");
        }
        int row = receipt.image().entryRow();
        int[] root = MemoryTree.startRoot(
                receipt.image().programHalf(), receipt.inputDigest().elements());
        List<SegmentStatement<E6>> statements = new ArrayList<>();
        for (int i = 0; i < receipt.segments().size(); i++) {
            Segment segment = receipt.segments().get(i);
            boolean last = i == receipt.segments().size() - 1;
            statements.add(
                    Statements.of(receipt, row, root, segment.endRow(), segment.endRoot(), last, segment.cycles()));
            row = segment.endRow();
            root = segment.endRoot();
        }
        // Each proof stands alone once its statement is known, so all cores check them. The first that fails is
        // reported.
        Optional<InvalidReceiptException> failure = IntStream.range(0, statements.size())
                .parallel()
                .mapToObj(i -> failure(receipt, receipt.segments().get(i), statements.get(i)))
                .flatMap(Optional::stream)
                .findFirst();
        if (failure.isPresent()) throw failure.get();
    }

    private static Optional<InvalidReceiptException> failure(
            Receipt receipt, Segment segment, SegmentStatement<E6> statement) {
        try {
            verifySegment(receipt, segment, statement);
            return Optional.empty();
        } catch (InvalidReceiptException e) {
            return Optional.of(e);
        }
    }

    /**
     * Verifies one segment's proof: for provers that check what they have made.
     *
     * @param receipt the receipt that it is for; its segments do not matter
     * @throws InvalidReceiptException if the proof does not prove the statement
     */
    public static void verifySegment(Receipt receipt, Segment segment, SegmentStatement<E6> statement)
            throws InvalidReceiptException {
        VerifyingKey key = FixedTables.key(receipt.parameters().suite());
        ProofReader proof = new ProofReader(segment.proof());
        HashSuite suite = receipt.parameters().suite();
        StarkShape shape = new StarkShape(receipt.parameters(), segment.tables());
        ProgramCommitment program = receipt.image().commitment();
        new StarkVerifier<>(new HostAlgebra(proof, suite.transcript()), key, shape)
                .verify(
                        HashSuite.split(suite, key.fixedCap()),
                        HashSuite.split(HashSuite.POSEIDON2, program.cap()),
                        statement);
        proof.end();
    }
}
