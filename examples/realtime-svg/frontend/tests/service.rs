//! The frontend as a real process, beside a backend that is a real server too.

#[path = "../../backend/tests/process/mod.rs"]
mod process;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use process::{is_healthy, Process};

const FRONTEND: &str = env!("CARGO_BIN_EXE_frontend");

#[test]
fn the_page_and_health_need_no_backend() {
    let mut frontend = Process::start(FRONTEND, &[]);
    let (status, page) = frontend.get("/");
    assert_eq!(status, 200);
    assert!(page.contains("<title>realtime-svg</title>"), "{page}");
    assert_eq!(frontend.get("/health"), (200, "ok\n".to_owned()));
    assert_eq!(frontend.get("/ready"), (503, "not ready\n".to_owned()));
    assert_eq!(frontend.get("/drawing.svg").0, 502);
    assert!(is_healthy(FRONTEND, frontend.port));
    frontend.send_sigterm();
    frontend.wait_until_closed();
    assert_eq!(frontend.wait().code(), Some(0));
}

#[test]
fn the_drawing_comes_from_the_backend() {
    let url = start_backend("<svg/>");
    let frontend = Process::start(FRONTEND, &[("BACKEND_URL", url)]);
    assert_eq!(frontend.get("/drawing.svg"), (200, "<svg/>".to_owned()));
    assert_eq!(frontend.get("/ready"), (200, "ready\n".to_owned()));
}

/// Start a backend that answers everything with `body`, and return its address.
fn start_backend(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]).unwrap();
            write!(stream, "HTTP/1.1 200 OK\r\n\r\n{body}").unwrap();
        }
    });
    format!("http://127.0.0.1:{port}/")
}
