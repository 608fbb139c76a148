//! A global allocator for programs that run once and end: it hands out the heap from bottom to top. Only the block
//! handed out last can grow, shrink or be given back; what else is freed stays lost until the program ends. Few
//! instructions to allocate, none to free, and a heap is as large as `__heap_size` says (`aver.ld`).

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::Cell,
    ptr,
};

unsafe extern "C" {
    static __heap_start: u8;
    static __heap_end: u8;
}

#[global_allocator]
static HEAP: Heap = Heap { next: Cell::new((&raw const __heap_start).cast_mut()) };

struct Heap {
    /// The first free byte.
    next: Cell<*mut u8>,
}

// SAFETY: there is one thread of execution.
unsafe impl Sync for Heap {}

impl Heap {
    /// Takes the `size` bytes from `start` up to what will be the first free byte, if they are there.
    fn take(&self, start: *mut u8, size: usize) -> bool {
        let fits = size <= (&raw const __heap_end).addr().saturating_sub(start.addr());
        if fits {
            self.next.set(start.wrapping_add(size));
        }
        fits
    }

    fn is_last(&self, block: *mut u8, size: usize) -> bool {
        block.wrapping_add(size) == self.next.get()
    }
}

// SAFETY: blocks are disjoint, in the heap, aligned, and never move.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let next = self.next.get();
        let start = next.wrapping_add(next.addr().wrapping_neg() & (layout.align() - 1));
        if self.take(start, layout.size()) { start } else { ptr::null_mut() }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if self.is_last(block, layout.size()) {
            self.next.set(block);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if self.is_last(block, layout.size()) {
            return if self.take(block, size) { block } else { ptr::null_mut() };
        }
        if size <= layout.size() {
            return block;
        }
        // SAFETY: the old block holds its `layout.size()` bytes, the new one at least as many, and they are disjoint.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block, moved, layout.size());
            }
            moved
        }
    }
}
