//! Formatted output to the console.

use core::fmt::{self, Write};

use super::ecall;

/// Gathers the pieces of one formatted message, so that it costs few system calls.
struct Console {
    fd: usize,
    buffer: [u8; 256],
    used: usize,
}

impl Console {
    fn flush(&mut self) {
        ecall::write(self.fd, &self.buffer[..self.used]);
        self.used = 0;
    }
}

impl Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() > self.buffer.len() - self.used {
            self.flush();
        }
        if text.len() > self.buffer.len() {
            ecall::write(self.fd, text.as_bytes());
        } else {
            self.buffer[self.used..self.used + text.len()].copy_from_slice(text.as_bytes());
            self.used += text.len();
        }
        Ok(())
    }
}

fn print(fd: usize, message: fmt::Arguments<'_>) {
    let mut console = Console { fd, buffer: [0; 256], used: 0 };
    // Only a Display implementation of the program's own can fail here; what it wrote until then is printed.
    let _ = console.write_fmt(message);
    console.flush();
}

#[doc(hidden)]
pub fn print_stdout(message: fmt::Arguments<'_>) {
    print(ecall::STDOUT, message);
}

#[doc(hidden)]
pub fn print_stderr(message: fmt::Arguments<'_>) {
    print(ecall::STDERR, message);
}

/// Prints to standard output (fd 1).
#[macro_export]
macro_rules! print {
    ($($arg:tt)*) => { $crate::print_stdout(::core::format_args!($($arg)*)) };
}

/// Prints a line to standard output (fd 1).
#[macro_export]
macro_rules! println {
    () => { $crate::print!("\n") };
    ($($arg:tt)*) => { $crate::print_stdout(::core::format_args!("{}\n", ::core::format_args!($($arg)*))) };
}

/// Prints to standard error (fd 2).
#[macro_export]
macro_rules! eprint {
    ($($arg:tt)*) => { $crate::print_stderr(::core::format_args!($($arg)*)) };
}

/// Prints a line to standard error (fd 2).
#[macro_export]
macro_rules! eprintln {
    () => { $crate::eprint!("\n") };
    ($($arg:tt)*) => { $crate::print_stderr(::core::format_args!("{}\n", ::core::format_args!($($arg)*))) };
}
