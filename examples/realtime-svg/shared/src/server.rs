//! The server: a thread for each connection, and a stop that loses no request.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use crate::http::{self, Request, Response};
use crate::log::{self, Level};
use crate::signal;

const MOST_CONNECTIONS: usize = 128;
const PATIENCE: Duration = Duration::from_secs(10);
/// Orchestrators send SIGKILL 30 s after SIGTERM, unless told otherwise.
const DRAIN: Duration = Duration::from_secs(25);

/// Answer requests with `handle` until SIGTERM or SIGINT, then finish those in flight.
pub fn serve<H>(port: u16, handle: H) -> io::Result<()>
where
    H: Fn(&Request) -> Response + Send + Sync + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port))?;
    let port = listener.local_addr()?.port();
    let is_stopping = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_stopping);
    signal::on_stop(move || {
        flag.store(true, Ordering::SeqCst);
        // accept(2) is restarted after a signal: only a connection wakes it.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, port));
    })?;
    log::write(Level::Info, &format!("listening on port {port}"));

    let in_flight = Arc::new(InFlight::default());
    accept(&listener, &is_stopping, &in_flight, &Arc::new(handle))?;
    drop(listener);
    log::write(Level::Info, "stopping");
    match in_flight.wait_until_empty(DRAIN) {
        0 => {}
        left => log::write(Level::Warn, &format!("{left} requests were cut off")),
    }
    Ok(())
}

fn accept<H>(
    listener: &TcpListener,
    is_stopping: &AtomicBool,
    in_flight: &Arc<InFlight>,
    handle: &Arc<H>,
) -> io::Result<()>
where
    H: Fn(&Request) -> Response + Send + Sync + 'static,
{
    // What is already in the backlog when the stop comes is still served.
    let mut left = MOST_CONNECTIONS;
    while left > 0 {
        match listener.accept() {
            Ok((stream, _)) => {
                let place = in_flight.enter();
                let handle = Arc::clone(handle);
                let thread = thread::Builder::new().spawn(move || {
                    answer(stream, handle.as_ref());
                    drop(place);
                });
                if let Err(error) = thread {
                    log::write(Level::Error, &format!("cannot start a thread: {error}"));
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => break,
            Err(error) => {
                log::write(Level::Error, &format!("cannot accept: {error}"));
                thread::sleep(Duration::from_millis(100));
            }
        }
        if is_stopping.load(Ordering::SeqCst) {
            listener.set_nonblocking(true)?;
            left -= 1;
        }
    }
    Ok(())
}

fn answer(mut stream: TcpStream, handle: &dyn Fn(&Request) -> Response) {
    if let Err(error) = try_answer(&mut stream, handle) {
        log::write(Level::Debug, &format!("connection lost: {error}"));
    }
}

fn try_answer(stream: &mut TcpStream, handle: &dyn Fn(&Request) -> Response) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = match http::read_request(stream, PATIENCE) {
        Ok(Some(request)) => request,
        Ok(None) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            return http::write_response(stream, &Response::text(400, "bad request"), true);
        }
        Err(error) => return Err(error),
    };
    let response = match request.method.as_str() {
        "GET" | "HEAD" => handle(&request),
        _ => Response::text(405, "only GET and HEAD"),
    };
    log::write(
        Level::Debug,
        &format!("{} {} {}", request.method, request.path, response.status),
    );
    http::write_response(stream, &response, request.method != "HEAD")
}

/// The connections being served.
#[derive(Default)]
struct InFlight {
    count: Mutex<usize>,
    changed: Condvar,
}

impl InFlight {
    /// Wait for a free place and take it.
    fn enter(self: &Arc<Self>) -> Place {
        let mut count = self
            .changed
            .wait_while(self.count.lock().unwrap(), |count| {
                *count >= MOST_CONNECTIONS
            })
            .unwrap();
        *count += 1;
        Place(Arc::clone(self))
    }

    /// Wait until all places are free, at most `patience`, and return how many are not.
    fn wait_until_empty(&self, patience: Duration) -> usize {
        let count = self.count.lock().unwrap();
        let (count, _) = self
            .changed
            .wait_timeout_while(count, patience, |count| *count > 0)
            .unwrap();
        *count
    }
}

struct Place(Arc<InFlight>);

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.count.lock().unwrap() -= 1;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_given_back_when_its_thread_panics() {
        let in_flight = Arc::new(InFlight::default());
        let place = in_flight.enter();
        assert_eq!(in_flight.wait_until_empty(Duration::ZERO), 1);
        let thread = thread::spawn(move || {
            let _place = place;
            panic!("on purpose");
        });
        assert!(thread.join().is_err());
        assert_eq!(in_flight.wait_until_empty(Duration::ZERO), 0);
    }
}
