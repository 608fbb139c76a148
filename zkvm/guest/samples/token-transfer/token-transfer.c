/*
 * One step of a token rollup: applies a batch of transfers to accounts in a Merkle tree (merkle.h), of which it is given
 * only the root and the accounts that the batch touches. Transfers are taken as authorised (the ed25519 sample checks
 * signatures); those that break a rule are skipped and reported, witnesses that do not fit the root end the program.
 *
 * Input: old root (32 bytes), depth (u32, at most 32), count (u32, at most 4096), then for each transfer
 *   from (u64), to (u64), amount (u64), fee (u64), nonce (u64),
 *   the sender's account before the transfer, its path (depth · 32 bytes),
 *   the receiver's account, its path in the tree where the sender has paid already;
 * an account is owner (32 bytes, zero where there is none), balance (u64), nonce (u64).
 * The receiver's witness is looked at only if the sender can pay.
 * Journal: old root, new root, Keccak-256 of all transfers (40 bytes each), count (u32), accepted (u32),
 * fees taken (u64), one status byte for each transfer.
 */
#include "aver.h"
#include "merkle.h"
#include "sample.h"

#define MAX_DEPTH 32
#define MAX_TRANSFERS 4096

enum status { ACCEPTED, NO_SENDER, WRONG_NONCE, INSUFFICIENT, SELF, NO_RECEIVER, RECEIVER_FULL };

struct transfer {
    uint64_t from, to, amount, fee, nonce;
};

struct account {
    uint8_t owner[32];
    uint64_t balance, nonce;
};

/* An account as the witness gives it, and where. */
struct witness {
    struct account account;
    const uint8_t *path;
};

static struct witness take_witness(struct reader *in, uint32_t depth) {
    struct witness witness;
    memcpy(&witness.account, take(in, sizeof witness.account), sizeof witness.account);
    witness.path = take(in, 32 * (size_t)depth);
    return witness;
}

static zkvm_bytes_32 root_with(const struct account *account, uint64_t index, const uint8_t *path, uint32_t depth) {
    zkvm_bytes_32 hash;
    merkle_leaf((const uint8_t *)account, sizeof *account, &hash);
    merkle_root(&hash, index, path, depth);
    return hash;
}

static void check_witness(const struct witness *witness, uint64_t index, uint32_t depth, const zkvm_bytes_32 *root) {
    zkvm_bytes_32 computed = root_with(&witness->account, index, witness->path, depth);
    if (memcmp(computed.data, root->data, 32) != 0) refuse(EXIT_REJECTED, "an account does not fit the root");
}

static int exists(const struct account *account) {
    static const uint8_t NOBODY[32];
    return memcmp(account->owner, NOBODY, 32) != 0;
}

/* Whether the sender can make the transfer; if so, takes amount and fee from it. */
static enum status debit(struct account *sender, const struct transfer *transfer) {
    uint64_t total;
    if (!exists(sender)) return NO_SENDER;
    if (transfer->from == transfer->to) return SELF;
    if (transfer->nonce != sender->nonce) return WRONG_NONCE;
    if (__builtin_add_overflow(transfer->amount, transfer->fee, &total) || total > sender->balance) return INSUFFICIENT;
    sender->balance -= total;
    sender->nonce++;
    return ACCEPTED;
}

static enum status credit(struct account *receiver, uint64_t amount) {
    if (!exists(receiver)) return NO_RECEIVER;
    if (__builtin_add_overflow(receiver->balance, amount, &receiver->balance)) return RECEIVER_FULL;
    return ACCEPTED;
}

/* Applies one transfer to the tree under root, which moves on only if the transfer is accepted. */
static enum status apply(const struct transfer *transfer, struct witness sender, struct witness receiver, uint32_t depth,
        zkvm_bytes_32 *root) {
    check_witness(&sender, transfer->from, depth, root);
    enum status status = debit(&sender.account, transfer);
    if (status != ACCEPTED) return status;
    zkvm_bytes_32 paid = root_with(&sender.account, transfer->from, sender.path, depth);
    check_witness(&receiver, transfer->to, depth, &paid);
    status = credit(&receiver.account, transfer->amount);
    if (status == ACCEPTED) *root = root_with(&receiver.account, transfer->to, receiver.path, depth);
    return status;
}

int main(void) {
    struct reader in = open_input();
    const uint8_t *old_root = take(&in, 32);
    uint32_t depth = take_u32(&in);
    uint32_t count = take_u32(&in);
    if (depth > MAX_DEPTH) refuse(EXIT_MALFORMED, "a tree of more than 32 levels");
    if (count > MAX_TRANSFERS) refuse(EXIT_MALFORMED, "more than 4096 transfers");

    zkvm_bytes_32 root;
    memcpy(root.data, old_root, 32);
    static struct transfer transfers[MAX_TRANSFERS];
    static uint8_t statuses[MAX_TRANSFERS];
    uint32_t accepted = 0;
    uint64_t fees = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct transfer *transfer = &transfers[i];
        memcpy(transfer, take(&in, sizeof *transfer), sizeof *transfer);
        if (transfer->from >> depth != 0 || transfer->to >> depth != 0) {
            refuse(EXIT_MALFORMED, "an account number beyond the tree");
        }
        struct witness sender = take_witness(&in, depth);
        struct witness receiver = take_witness(&in, depth);
        aver_region_begin("transfer");
        statuses[i] = apply(transfer, sender, receiver, depth, &root);
        aver_region_end();
        if (statuses[i] != ACCEPTED) continue;
        accepted++;
        if (__builtin_add_overflow(fees, transfer->fee, &fees)) refuse(EXIT_REJECTED, "the fees exceed 64 bits");
    }
    expect_end(&in);

    zkvm_keccak256_hash batch;
    zkvm_keccak256((const uint8_t *)transfers, count * sizeof transfers[0], &batch);
    print_hex("old root: ", old_root, 32);
    print_hex("new root: ", root.data, 32);
    printf("accepted %u of %u transfers, fees %lu\n", accepted, count, fees);
    write_output(old_root, 32);
    write_output(root.data, 32);
    write_output(batch.data, 32);
    write_output((const uint8_t *)&count, sizeof count);
    write_output((const uint8_t *)&accepted, sizeof accepted);
    write_output((const uint8_t *)&fees, sizeof fees);
    write_output(statuses, count);
    return 0;
}
