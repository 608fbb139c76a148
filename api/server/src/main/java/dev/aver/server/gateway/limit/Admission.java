package dev.aver.server.gateway.limit;

import dev.aver.server.gateway.api.Authenticator;
import dev.aver.server.service.Caller;
import dev.aver.server.service.ErrorCode;
import dev.aver.server.service.ServiceException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Lets a request in, or says why not. */
public final class Admission {
    private static final String SCHEME = "bearer ";
    private static final int LONGEST_KEY = 512;
    private static final int ADDRESSES = 65_536;
    private static final int ACCOUNTS = 16_384;
    /** Wrong keys from one address in a second, and at once. */
    private static final double GUESSES = 1;

    private static final double GUESSES_AT_ONCE = 20;
    /** Waits without a key, which take no place from those with one. */
    private static final int ANONYMOUS_WAITS = 256;

    private static final int ANONYMOUS_WAITS_OF_ADDRESS = 16;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Authenticator keys;
    private final TokenBuckets addresses;
    private final TokenBuckets guesses;
    private final TokenBuckets accounts;
    private final InWork requests;
    private final InWork waits;
    private final InWork anonymousWaits = new InWork(ANONYMOUS_WAITS, ANONYMOUS_WAITS_OF_ADDRESS);

    /**
     * What a request holds while it is in work.
     *
     * @param caller whose it is
     */
    public record Pass(Caller caller, Runnable leaving) implements AutoCloseable {
        @Override
        public void close() {
            leaving.run();
        }
    }

    /** Nobody is in yet. */
    public Admission(Authenticator keys, Limits limits, LongSupplier nanoTime) {
        this.keys = keys;
        addresses = new TokenBuckets(limits.addressRate(), limits.addressBurst(), ADDRESSES, nanoTime);
        guesses = new TokenBuckets(GUESSES, GUESSES_AT_ONCE, ADDRESSES, nanoTime);
        accounts = new TokenBuckets(limits.accountRate(), limits.accountBurst(), ACCOUNTS, nanoTime);
        requests = new InWork(limits.requests(), limits.perAccount());
        waits = new InWork(limits.waits(), limits.perAccount());
    }

    /** Counts a request from an address, before anything else is done for it. */
    public void knock(String address) throws ServiceException {
        Optional<Duration> later = addresses.take(address);
        if (later.isPresent()) {
            throw new ServiceException(
                    ErrorCode.OVERLOADED, "too many requests from this address; ask less often", later.get());
        }
    }

    /**
     * Who asks.
     *
     * @param authorization the header's value, "Bearer KEY"
     */
    public Caller identify(String address, Optional<String> authorization) throws ServiceException {
        Optional<Duration> later = guesses.look(address);
        if (later.isPresent()) {
            throw new ServiceException(ErrorCode.OVERLOADED, "too many wrong keys from this address", later.get());
        }
        Optional<String> key = key(authorization);
        if (key.isEmpty()) {
            throw new ServiceException(ErrorCode.UNAUTHENTICATED, "a key is needed: authorization: Bearer KEY");
        }
        Optional<Caller> caller = key.flatMap(this::known);
        if (caller.isEmpty()) guesses.take(address);
        return caller.orElseThrow(Admission::unknown);
    }

    /** Refuses whoever was identified by this header, if their key has ended since. */
    public void stillKnown(Optional<String> authorization) throws ServiceException {
        if (key(authorization).flatMap(this::known).isEmpty()) throw unknown();
    }

    private static Optional<String> key(Optional<String> authorization) {
        return authorization
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()).strip())
                .filter(value -> !value.isEmpty());
    }

    private Optional<Caller> known(String key) {
        return key.length() > LONGEST_KEY ? Optional.empty() : keys.authenticate(key);
    }

    private static ServiceException unknown() {
        return new ServiceException(ErrorCode.UNAUTHENTICATED, "the key is unknown, expired or revoked");
    }

    /**
     * Lets a caller in.
     *
     * @param waiting whether the request waits for a job, which costs little and lasts long
     */
    public Pass enter(Caller caller, boolean waiting) throws ServiceException {
        Optional<Duration> later = accounts.take(caller.account());
        if (later.isPresent()) {
            throw new ServiceException(
                    ErrorCode.OVERLOADED, "too many requests of this account; ask less often", later.get());
        }
        InWork work = waiting ? waits : requests;
        String account = caller.account();
        if (!work.enter(account)) {
            throw new ServiceException(ErrorCode.OVERLOADED, "too many requests are in work; ask again", SOON);
        }
        return new Pass(caller, () -> work.leave(account));
    }

    /**
     * Lets someone in who needs no key.
     *
     * @param waiting whether the request waits for news of the server's health
     */
    public Pass enter(String address, boolean waiting) throws ServiceException {
        Caller nobody = new Caller("anonymous", "none", Set.of());
        InWork work = waiting ? anonymousWaits : requests;
        // No account has such a name.
        String account = "@" + address;
        if (!work.enter(account)) {
            throw new ServiceException(ErrorCode.OVERLOADED, "too many requests are in work; ask again", SOON);
        }
        return new Pass(nobody, () -> work.leave(account));
    }

    /** How many requests are in work. */
    public int inWork() {
        return requests.count();
    }

    /** How many requests wait for jobs. */
    public int waiting() {
        return waits.count() + anonymousWaits.count();
    }
}
