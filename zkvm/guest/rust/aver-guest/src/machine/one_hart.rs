use core::cell::RefCell;

/// State of the whole program. The machine has one hart and no interrupts, so nothing is ever shared; what remains is
/// re-entry (a panic while the state is in use), which the cell detects.
pub struct OneHart<T>(pub RefCell<T>);

// SAFETY: there is one thread of execution.
unsafe impl<T> Sync for OneHart<T> {}
