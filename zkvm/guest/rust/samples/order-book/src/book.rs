//! A limit order book with price-time priority.

use crate::order::{Action, Record, Side};
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};

/// An order that waits in the book.
pub struct Order {
    pub id: u64,
    pub trader: u32,
    pub price: u64,
    pub quantity: u64,
}

/// The maker waited, the taker came; the price is the maker's.
pub struct Trade {
    pub maker: u64,
    pub taker: u64,
    pub buyer: u32,
    pub seller: u32,
    pub price: u64,
    pub quantity: u64,
}

/// One side of the book: the orders at each price, oldest first.
type Levels = BTreeMap<u64, VecDeque<Order>>;

pub struct Book {
    bids: Levels,
    asks: Levels,
    /// Side and price of every order in the book.
    places: BTreeMap<u64, (Side, u64)>,
    /// Every order number ever used.
    seen: BTreeSet<u64>,
}

impl Book {
    pub const fn new() -> Self {
        Self { bids: Levels::new(), asks: Levels::new(), places: BTreeMap::new(), seen: BTreeSet::new() }
    }

    /// Does what the record asks for and reports the trades. False if it asks for what is not allowed: an order number
    /// for the second time, or the cancellation of an order that is not in the book or not the trader's own.
    pub fn accept(&mut self, record: &Record, mut report: impl FnMut(Trade)) -> bool {
        match record.action {
            Action::Limit { side, price, quantity } => {
                let fresh = self.seen.insert(record.order);
                if fresh {
                    let quantity = self.take(record, side, Some(price), quantity, &mut report);
                    self.rest(side, Order { id: record.order, trader: record.trader, price, quantity });
                }
                fresh
            }
            Action::Market { side, quantity } => {
                let fresh = self.seen.insert(record.order);
                if fresh {
                    self.take(record, side, None, quantity, &mut report);
                }
                fresh
            }
            Action::Cancel => self.cancel(record.order, record.trader),
        }
    }

    /// The orders in the book: bids then asks, best price first, oldest first.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.bids.values().rev().chain(self.asks.values()).flatten()
    }

    /// Trades up to `quantity` with the other side, down to the price limit if there is one. Returns what is left of
    /// it. An order of the same trader that stands in the way is cancelled instead.
    fn take(
        &mut self,
        taker: &Record,
        side: Side,
        limit: Option<u64>,
        mut quantity: u64,
        report: &mut impl FnMut(Trade),
    ) -> u64 {
        while quantity > 0 {
            let best = match side {
                Side::Buy => self.asks.first_entry(),
                Side::Sell => self.bids.last_entry(),
            };
            let Some(mut level) = best else { break };
            let price = *level.key();
            if limit.is_some_and(|limit| if side == Side::Buy { price > limit } else { price < limit }) {
                break;
            }
            let maker = level.get_mut().front_mut().expect("a price level holds an order");
            let mut done = true;
            if maker.trader != taker.trader {
                let traded = quantity.min(maker.quantity);
                let (buyer, seller) = match side {
                    Side::Buy => (taker.trader, maker.trader),
                    Side::Sell => (maker.trader, taker.trader),
                };
                report(Trade { maker: maker.id, taker: taker.order, buyer, seller, price, quantity: traded });
                quantity -= traded;
                maker.quantity -= traded;
                done = maker.quantity == 0;
            }
            if done {
                self.places.remove(&maker.id);
                level.get_mut().pop_front();
                if level.get().is_empty() {
                    level.remove();
                }
            }
        }
        quantity
    }

    fn rest(&mut self, side: Side, order: Order) {
        if order.quantity > 0 {
            self.places.insert(order.id, (side, order.price));
            self.levels(side).entry(order.price).or_default().push_back(order);
        }
    }

    fn cancel(&mut self, id: u64, trader: u32) -> bool {
        let Some(&(side, price)) = self.places.get(&id) else { return false };
        let levels = self.levels(side);
        let level = levels.get_mut(&price).expect("the order's price has a level");
        let Some(at) = level.iter().position(|order| order.id == id && order.trader == trader) else { return false };
        level.remove(at);
        if level.is_empty() {
            levels.remove(&price);
        }
        self.places.remove(&id);
        true
    }

    fn levels(&mut self, side: Side) -> &mut Levels {
        match side {
            Side::Buy => &mut self.bids,
            Side::Sell => &mut self.asks,
        }
    }
}
