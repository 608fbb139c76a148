"""What the order book does, from an implementation that shares nothing with the Rust program: the whole book in one
list, searched from the start each time. And orders for it to match."""
import hashlib
import random
import struct

from reference import keccak256

RECORD = struct.Struct("<BBHIQQQ")
LIMIT, MARKET, CANCEL = 0, 1, 2
BUY, SELL = 0, 1


def answer(data: bytes) -> tuple[str, bytes]:
    """Standard output and journal."""
    trades, book, rejected = match(data)
    settlement = {}
    for maker, taker, price, quantity in trades:
        buyer, seller = (taker, maker) if taker[1] == BUY else (maker, taker)
        for (_, _, trader), sign in ((buyer, 1), (seller, -1)):
            lots, ticks = settlement.get(trader, (0, 0))
            settlement[trader] = (lots + sign * quantity, ticks - sign * price * quantity)

    journal = hashlib.sha256(data).digest()
    journal += keccak256(b"".join(struct.pack("<4Q", m[0], t[0], price, quantity) for m, t, price, quantity in trades))
    journal += keccak256(b"".join(struct.pack("<3Q", o["id"], o["price"], o["left"]) for o in book))
    journal += struct.pack("<3I", len(trades), len(book), rejected)
    for trader in sorted(settlement):
        lots, ticks = settlement[trader]
        journal += struct.pack("<Iq", trader, lots) + ticks.to_bytes(16, "little", signed=True)
    records = len(data) // RECORD.size
    return f"{records} records: {len(trades)} trades, {len(book)} orders left, {rejected} rejected\n", journal


def match(data):
    """Trades as (maker, taker, price, quantity), both parties as (order, side, trader); the book; the rejected count."""
    trades, book, seen, rejected = [], [], set(), 0
    for kind, side, zero, trader, order, price, quantity in RECORD.iter_unpack(data):
        ranges = {
            LIMIT: 0 < price < 2**32 and 0 < quantity < 2**32,
            MARKET: price == 0 and 0 < quantity < 2**32,
            CANCEL: price == 0 and quantity == 0 and side == BUY,
        }
        if side > SELL or zero or not ranges.get(kind):
            rejected += 1
        elif kind == CANCEL:
            kept = [o for o in book if (o["id"], o["trader"]) != (order, trader)]
            rejected += len(kept) == len(book)
            book = kept
        elif order in seen:
            rejected += 1
        else:
            seen.add(order)
            while quantity:
                other = [
                    o
                    for o in book
                    if o["side"] != side
                    and (kind == MARKET or (o["price"] <= price if side == BUY else o["price"] >= price))
                ]
                if not other:
                    break
                best = (min if side == BUY else max)(o["price"] for o in other)
                maker = next(o for o in other if o["price"] == best)
                if maker["trader"] == trader:
                    book.remove(maker)
                    continue
                traded = min(quantity, maker["left"])
                quantity -= traded
                maker["left"] -= traded
                if not maker["left"]:
                    book.remove(maker)
                trades.append(((maker["id"], 1 - side, maker["trader"]), (order, side, trader), best, traded))
            if kind == LIMIT and quantity:
                book.append({"id": order, "side": side, "trader": trader, "price": price, "left": quantity})
    # Sorting is stable: orders at one price stay in order of arrival.
    bids = sorted((o for o in book if o["side"] == BUY), key=lambda o: -o["price"])
    asks = sorted((o for o in book if o["side"] == SELL), key=lambda o: o["price"])
    return trades, bids + asks, rejected


def orders(count: int, seed: int) -> bytes:
    """Records around a drifting price, among them every kind of wrong one."""
    rng = random.Random(seed)
    middle, sent, records = 3_000_000_000, [], []
    for order in range(1, count + 1):
        trader, side = rng.randrange(1, 13), rng.randrange(2)
        middle += rng.randrange(-40, 41)
        price = middle + rng.randrange(-300, 100) * (1 if side == BUY else -1)
        quantity = rng.choice((1, 10, 100, 2**32 - 1 - order, rng.randrange(1, 500)))
        draw = rng.random()
        if draw < 0.62:
            record = [LIMIT, side, 0, trader, order, price, quantity]
        elif draw < 0.76:
            record = [MARKET, side, 0, trader, order, 0, quantity]
        elif draw < 0.95 and sent:
            cancelled, owner = rng.choice(sent)
            record = [CANCEL, 0, 0, owner if rng.random() < 0.9 else trader, cancelled, 0, 0]
        else:
            record = [LIMIT, side, 0, trader, order, price, quantity]
            field, value = rng.choice(
                ((0, 3), (0, 1), (1, 2), (2, 1), (2, 256), (4, 1), (5, 0), (5, 2**32), (6, 0), (6, 2**63))
            )
            record[field] = value
        if record[0] == LIMIT:
            sent.append((order, trader))
        records.append(RECORD.pack(*record))
    return b"".join(records)
