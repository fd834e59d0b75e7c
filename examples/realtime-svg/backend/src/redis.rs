//! The one question asked of Redis: is it there?

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::time::Duration;

use shared::{http, settings};

const PORT: u16 = 6379;
const PATIENCE: Duration = Duration::from_secs(2);
const LONGEST_LINE: u64 = 512;

/// Ask the Redis that `REDIS_HOST` names, and say why it does not answer.
pub fn ping() -> Result<(), String> {
    let host = settings::text("REDIS_HOST").ok_or("REDIS_HOST is not set")?;
    let port = settings::number("REDIS_PORT", PORT)?;
    let password = settings::text("REDIS_PASSWORD");
    http::connect(&address(&host, port), PATIENCE)
        .and_then(|mut stream| converse(&mut stream, password.as_deref()))
        .map_err(|error| format!("redis at {host}:{port}: {error}"))
}

fn converse(stream: &mut (impl Read + Write), password: Option<&str>) -> io::Result<()> {
    if let Some(password) = password {
        ask(stream, &["AUTH", password], "+OK")?;
    }
    ask(stream, &["PING"], "+PONG")
}

fn ask(stream: &mut (impl Read + Write), words: &[&str], expected: &str) -> io::Result<()> {
    stream.write_all(command(words).as_bytes())?;
    let answer = read_line(stream)?;
    if answer == expected {
        return Ok(());
    }
    let message = format!("{} was answered with {answer:?}", words[0]);
    Err(io::Error::new(ErrorKind::InvalidData, message))
}

fn read_line(stream: &mut impl Read) -> io::Result<String> {
    // One answer at a time: nothing beyond the line can be lost with the buffer.
    let mut line = String::new();
    BufReader::new(stream.take(LONGEST_LINE)).read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

fn command(words: &[&str]) -> String {
    let mut text = format!("*{}\r\n", words.len());
    for word in words {
        text.push_str(&format!("${}\r\n{word}\r\n", word.len()));
    }
    text
}

fn address(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Script {
        answers: &'static [&'static [u8]],
        asked: Vec<u8>,
    }

    impl Read for Script {
        fn read(&mut self, part: &mut [u8]) -> io::Result<usize> {
            match self.answers.split_first() {
                Some((answer, later)) => {
                    self.answers = later;
                    io::Cursor::new(answer).read(part)
                }
                None => Ok(0),
            }
        }
    }

    impl Write for Script {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.asked.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn script(answers: &'static [&'static [u8]]) -> Script {
        Script {
            answers,
            asked: Vec::new(),
        }
    }

    #[test]
    fn a_password_is_sent_before_the_question() {
        let mut redis = script(&[b"+OK\r\n", b"+PONG\r\n"]);
        converse(&mut redis, Some("p\u{e4}ss")).unwrap();
        assert_eq!(
            String::from_utf8(redis.asked).unwrap(),
            "*2\r\n$4\r\nAUTH\r\n$5\r\np\u{e4}ss\r\n*1\r\n$4\r\nPING\r\n"
        );
    }

    #[test]
    fn a_refusal_is_told_without_the_password() {
        let why = converse(
            &mut script(&[b"-ERR invalid password\r\n"]),
            Some("hunter2"),
        );
        assert_eq!(
            why.unwrap_err().to_string(),
            "AUTH was answered with \"-ERR invalid password\""
        );
    }

    #[test]
    fn silence_is_a_refusal() {
        assert!(converse(&mut script(&[]), None).is_err());
    }

    #[test]
    fn an_ipv6_host_gets_brackets() {
        assert_eq!(address("::1", 6379), "[::1]:6379");
        assert_eq!(address("redis", 6379), "redis:6379");
    }
}
