//! Regions that `aver run --profile` shows by name.
//!
//! Both marks are HINT instructions that the RISC-V manual designates for custom use (SLTI with rd = x0): begin is
//! `slti x0, rs1, 1` with the name's address in rs1, end is `slti x0, x0, 2`. They change no state, do nothing on any
//! other RISC-V implementation, and are proved as the no-ops they are.

use core::{arch::asm, ffi::CStr, marker::PhantomData};

/// A region of the run; it ends when this is dropped.
#[must_use = "the region ends when this is dropped: bind it to a name"]
pub struct Region(PhantomData<*const ()>);

/// Starts a region with a name in C form; [`region!`](crate::region!) takes an ordinary string. Regions nest.
#[inline(always)]
pub fn region(name: &'static CStr) -> Region {
    // SAFETY: the instruction has no effect. Without `nomem`, memory accesses stay on their side of the mark.
    unsafe { asm!("slti x0, {}, 1", in(reg) name.as_ptr(), options(nostack, preserves_flags)) };
    Region(PhantomData)
}

impl Drop for Region {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: as above.
        unsafe { asm!("slti x0, x0, 2", options(nostack, preserves_flags)) };
    }
}

/// Starts a region that ends when the returned [`Region`](crate::Region) is dropped: `let _region = region!("hash");`.
/// The name is a string literal without NUL.
#[macro_export]
macro_rules! region {
    ($name:literal) => {{
        const NAME: &::core::ffi::CStr = $crate::region_name(::core::concat!($name, "\0"));
        $crate::region(NAME)
    }};
}

#[doc(hidden)]
pub const fn region_name(terminated: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(terminated.as_bytes()) {
        Ok(name) => name,
        Err(_) => panic!("a region's name contains NUL"),
    }
}
