package dev.aver.server.gateway.limit;

import java.util.HashMap;
import java.util.Map;

/** Counts what is in work, in all and for each account. */
final class InWork {
    private final int most;
    private final int mostOfAccount;
    private final Map<String, Integer> byAccount = new HashMap<>();
    private int all;

    InWork(int most, int mostOfAccount) {
        this.most = most;
        this.mostOfAccount = mostOfAccount;
    }

    /** Counts one more, unless there are as many as may be. */
    synchronized boolean enter(String account) {
        int ofAccount = byAccount.getOrDefault(account, 0);
        if (all >= most || ofAccount >= mostOfAccount) {
            return false;
        }
        all++;
        byAccount.put(account, ofAccount + 1);
        return true;
    }

    /** Counts one less. */
    synchronized void leave(String account) {
        all--;
        byAccount.computeIfPresent(account, (name, count) -> count == 1 ? null : count - 1);
    }

    /** How many there are. */
    synchronized int count() {
        return all;
    }
}
