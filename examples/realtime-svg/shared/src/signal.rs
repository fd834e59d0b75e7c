//! SIGTERM and SIGINT, turned into a callback on an ordinary thread.

use std::ffi::c_void;
use std::io::{self, Read};
use std::os::raw::c_int;
use std::os::unix::io::{AsRawFd, RawFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;

// The same numbers on every Unix.
const SIGINT: c_int = 2;
const SIGTERM: c_int = 15;
const SIG_ERR: usize = usize::MAX;

extern "C" {
    fn signal(number: c_int, handler: extern "C" fn(c_int)) -> usize;
    fn write(file: c_int, bytes: *const c_void, count: usize) -> isize;
}

static WAKE: AtomicI32 = AtomicI32::new(-1);

/// Run `action` once, after the first SIGTERM or SIGINT.
pub fn on_stop(action: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let (mut reader, writer) = UnixStream::pair()?;
    writer.set_nonblocking(true)?;
    WAKE.store(writer.as_raw_fd(), Ordering::SeqCst);
    for number in [SIGTERM, SIGINT] {
        // SAFETY: `wake` only does what POSIX allows in a signal handler.
        if unsafe { signal(number, wake) } == SIG_ERR {
            return Err(io::Error::last_os_error());
        }
    }
    thread::spawn(move || {
        let _open = writer;
        if reader.read_exact(&mut [0]).is_ok() {
            action();
        }
        // Later signals find the pair open, and nobody waiting.
        loop {
            thread::park();
        }
    });
    Ok(())
}

extern "C" fn wake(_number: c_int) {
    let file: RawFd = WAKE.load(Ordering::SeqCst);
    // SAFETY: write(2) is async-signal-safe and the byte outlives the call.
    unsafe { write(file, [1_u8].as_ptr().cast(), 1) };
}
