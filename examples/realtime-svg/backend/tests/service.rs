//! The backend as a real process, beside a Redis that knows two commands.

mod process;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

use process::{is_healthy, Process};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const PASSWORD: &str = "sesame";

#[test]
fn health_needs_no_redis_but_readiness_does() {
    let backend = Process::start(BACKEND, &[]);
    assert_eq!(backend.get("/health"), (200, "ok\n".to_owned()));
    assert_eq!(backend.get("/ready"), (503, "not ready\n".to_owned()));
}

#[test]
fn ready_when_redis_answers() {
    let backend = Process::start(BACKEND, &redis_at(start_redis(None)));
    assert_eq!(backend.get("/ready"), (200, "ready\n".to_owned()));
}

#[test]
fn ready_with_the_right_password_only() {
    for (password, status) in [(PASSWORD, 200), ("wrong", 503), ("", 503)] {
        let mut variables = redis_at(start_redis(Some(PASSWORD))).to_vec();
        variables.push(("REDIS_PASSWORD", password.to_owned()));
        let backend = Process::start(BACKEND, &variables);
        assert_eq!(backend.get("/ready").0, status, "password {password:?}");
    }
}

#[test]
fn the_drawing_is_svg_and_other_paths_are_missing() {
    let backend = Process::start(BACKEND, &[]);
    let (status, drawing) = backend.get("/drawing.svg");
    assert_eq!(status, 200);
    assert!(drawing.starts_with("<svg "), "{drawing}");
    assert_eq!(backend.get("/etc/passwd").0, 404);
}

#[test]
fn sigterm_finishes_the_request_in_flight() {
    let mut backend = Process::start(BACKEND, &[]);
    let mut stream = TcpStream::connect(("127.0.0.1", backend.port)).unwrap();
    stream.write_all(b"GET /health HTTP/1.1\r\n").unwrap();
    backend.send_sigterm();
    backend.wait_until_closed();
    stream.write_all(b"Host: x\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\nok\n"), "{answer}");
    assert_eq!(backend.wait().code(), Some(0));
}

#[test]
fn healthcheck_tells_running_from_stopped() {
    let mut backend = Process::start(BACKEND, &[]);
    let port = backend.port;
    assert!(is_healthy(BACKEND, port));
    backend.send_sigterm();
    assert_eq!(backend.wait().code(), Some(0));
    assert!(!is_healthy(BACKEND, port));
}

#[test]
fn nonsense_is_refused() {
    let backend = Process::start(BACKEND, &[]);
    let mut stream = TcpStream::connect(("127.0.0.1", backend.port)).unwrap();
    stream.write_all(b"HELO example\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[test]
fn a_wrong_command_line_or_port_fails() {
    for (argument, port) in [("serve", "0"), ("healthcheck", "http")] {
        let status = Command::new(BACKEND)
            .arg(argument)
            .env("PORT", port)
            .stderr(Stdio::null())
            .status();
        assert_eq!(status.unwrap().code(), Some(1), "{argument} {port}");
    }
}

fn redis_at(port: u16) -> [(&'static str, String); 2] {
    [
        ("REDIS_HOST", "127.0.0.1".to_owned()),
        ("REDIS_PORT", port.to_string()),
    ]
}

/// Start a Redis that speaks PING and AUTH, and return its port.
fn start_redis(password: Option<&'static str>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            converse(stream.unwrap(), password);
        }
    });
    port
}

fn converse(mut stream: TcpStream, password: Option<&str>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut is_known = password.is_none();
    while let Some(words) = read_command(&mut reader) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let answer = match words.as_slice() {
            ["AUTH", given] if Some(*given) == password => {
                is_known = true;
                "+OK\r\n"
            }
            ["AUTH", _] => "-WRONGPASS invalid username-password pair\r\n",
            ["PING"] if is_known => "+PONG\r\n",
            ["PING"] => "-NOAUTH Authentication required.\r\n",
            _ => "-ERR unknown command\r\n",
        };
        stream.write_all(answer.as_bytes()).unwrap();
    }
}

/// Read an array of bulk strings; none of them holds a line break here.
fn read_command(reader: &mut impl BufRead) -> Option<Vec<String>> {
    let mut lines = reader.lines().map(|line| line.unwrap());
    let count: usize = lines.next()?.strip_prefix('*')?.parse().ok()?;
    (0..count).map(|_| lines.nth(1)).collect()
}
