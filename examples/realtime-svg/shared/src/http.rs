//! As much of HTTP/1 as these services speak: one short request and one response for each connection.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

const LONGEST_HEAD: usize = 8 * 1024;
const LONGEST_BODY: usize = 1024 * 1024;

#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub path: String,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub content_type: &'static str,
    pub body: String,
}

impl Response {
    pub fn text(status: u16, body: &str) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            body: format!("{body}\n"),
        }
    }

    pub fn html(body: &str) -> Self {
        Self {
            status: 200,
            content_type: "text/html; charset=utf-8",
            body: body.to_owned(),
        }
    }

    pub fn svg(body: String) -> Self {
        Self {
            status: 200,
            content_type: "image/svg+xml",
            body,
        }
    }
}

/// Read the head of a request; `None` when the other side closed without sending anything.
pub fn read_request(stream: &mut TcpStream, patience: Duration) -> io::Result<Option<Request>> {
    let deadline = Instant::now() + patience;
    let mut head = Vec::new();
    while !head.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
        let mut part = [0; 1024];
        match read_before(stream, deadline, &mut part)? {
            0 if head.is_empty() => return Ok(None),
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            count => head.extend_from_slice(&part[..count]),
        }
        if head.len() > LONGEST_HEAD {
            return Err(malformed("the head of the request is too long"));
        }
    }
    let line = String::from_utf8_lossy(&head);
    parse_request_line(line.lines().next().unwrap_or_default())
        .map(Some)
        .ok_or_else(|| malformed("expected a request line such as GET / HTTP/1.1"))
}

/// Write the response, without its body for HEAD.
pub fn write_response(
    stream: &mut TcpStream,
    response: &Response,
    with_body: bool,
) -> io::Result<()> {
    let mut message = format!(
        "HTTP/1.1 {} {}\r\n\
         Content-Type: {}\r\n\
         Content-Length: {}\r\n\
         Cache-Control: no-store\r\n\
         Connection: close\r\n\
         \r\n",
        response.status,
        reason(response.status),
        response.content_type,
        response.body.len(),
    );
    if with_body {
        message.push_str(&response.body);
    }
    stream.write_all(message.as_bytes())
}

/// Fetch an `http://` address: the status and the body.
pub fn get(url: &str, patience: Duration) -> io::Result<(u16, String)> {
    let deadline = Instant::now() + patience;
    let (authority, path) =
        split_url(url).ok_or_else(|| malformed("expected an address such as http://host:8080"))?;
    let host_and_port = if has_port(authority) {
        authority.to_owned()
    } else {
        format!("{authority}:80")
    };
    let mut stream = connect(&host_and_port, patience)?;
    // HTTP/1.0, so that the answer is not chunked and ends with the connection.
    let request = format!("GET {path} HTTP/1.0\r\nHost: {authority}\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    loop {
        match read_before(&mut stream, deadline, &mut part)? {
            0 => break,
            count => answer.extend_from_slice(&part[..count]),
        }
        if answer.len() > LONGEST_BODY {
            return Err(malformed("the answer is too long"));
        }
    }
    parse_answer(&String::from_utf8_lossy(&answer)).ok_or_else(|| malformed("not an HTTP answer"))
}

/// Connect to the first address of `host:port` that answers.
pub fn connect(host_and_port: &str, patience: Duration) -> io::Result<TcpStream> {
    let mut failure = malformed("the name has no address");
    for address in host_and_port.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, patience) {
            Ok(stream) => {
                stream.set_read_timeout(Some(patience))?;
                stream.set_write_timeout(Some(patience))?;
                return Ok(stream);
            }
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

fn read_before(stream: &mut TcpStream, deadline: Instant, part: &mut [u8]) -> io::Result<usize> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    stream.set_read_timeout(Some(left))?;
    loop {
        match stream.read(part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            result => return result,
        }
    }
}

fn parse_request_line(line: &str) -> Option<Request> {
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || !version.starts_with("HTTP/1.") || !target.starts_with('/') {
        return None;
    }
    Some(Request {
        method: method.to_owned(),
        path: target.split('?').next()?.to_owned(),
    })
}

fn parse_answer(answer: &str) -> Option<(u16, String)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?;
    let status = status.lines().next()?.parse().ok()?;
    Some((status, body.to_owned()))
}

fn split_url(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://")?;
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    };
    let is_sendable = |text: &str| text.chars().all(|letter| letter.is_ascii_graphic());
    (!authority.is_empty() && is_sendable(url)).then_some((authority, path))
}

fn has_port(authority: &str) -> bool {
    // A colon inside brackets belongs to an IPv6 address.
    authority
        .rfind(':')
        .map_or(false, |colon| !authority[colon..].contains(']'))
}

fn malformed(message: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, message)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_line_gives_method_and_path_without_query() {
        assert_eq!(
            parse_request_line("GET /health?verbose=1 HTTP/1.1"),
            Some(Request {
                method: "GET".to_owned(),
                path: "/health".to_owned(),
            })
        );
    }

    #[test]
    fn other_request_lines_are_refused() {
        for line in [
            "",
            "GET",
            "GET /",
            "GET / HTTP/2",
            "GET * HTTP/1.1",
            "GET / HTTP/1.1 x",
        ] {
            assert_eq!(parse_request_line(line), None, "{line:?}");
        }
    }

    #[test]
    fn an_answer_gives_status_and_body() {
        assert_eq!(
            parse_answer("HTTP/1.1 503 Service Unavailable\r\nA: b\r\n\r\nnot\r\n\r\nready"),
            Some((503, "not\r\n\r\nready".to_owned()))
        );
        assert_eq!(
            parse_answer("HTTP/1.0 200\r\n\r\n"),
            Some((200, String::new()))
        );
        assert_eq!(parse_answer("PONG"), None);
        assert_eq!(parse_answer("HTTP/1.1 ok OK\r\n\r\n"), None);
    }

    #[test]
    fn an_address_is_split_into_authority_and_path() {
        assert_eq!(
            split_url("http://backend:8080"),
            Some(("backend:8080", "/"))
        );
        assert_eq!(split_url("http://[::1]/a/b"), Some(("[::1]", "/a/b")));
        assert_eq!(split_url("https://backend"), None);
        assert_eq!(split_url("http:///a"), None);
        assert_eq!(split_url("http://backend/a\r\nX: y"), None);
    }

    #[test]
    fn a_port_is_told_from_an_address() {
        assert!(has_port("backend:8080"));
        assert!(has_port("[::1]:8080"));
        assert!(!has_port("backend"));
        assert!(!has_port("[::1]"));
    }
}
