//! A service as a real process.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use shared::http;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Process {
    child: Child,
    pub port: u16,
    /// Held, because a service whose log cannot be written would stop.
    _log: BufReader<ChildStderr>,
}

impl Process {
    /// Start a service on a free port, with these variables only.
    pub fn start(program: &str, variables: &[(&str, String)]) -> Self {
        let mut child = Command::new(program)
            .env_clear()
            .env("PORT", "0")
            .envs(variables.iter().cloned())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let port = line.trim_start_matches("info listening on port ");
        Self {
            port: port.trim_end().parse().expect(&line),
            child,
            _log: log,
        }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        http::get(&(self.url() + path), PATIENCE).unwrap()
    }

    pub fn send_sigterm(&self) {
        let status = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        assert!(status.unwrap().success());
    }

    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Wait until no new connection is taken.
    pub fn wait_until_closed(&self) {
        while http::connect(&format!("127.0.0.1:{}", self.port), PATIENCE).is_ok() {
            thread::yield_now();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ask the service on this port for its health, as the image's HEALTHCHECK does.
pub fn is_healthy(program: &str, port: u16) -> bool {
    Command::new(program)
        .arg("healthcheck")
        .env("PORT", port.to_string())
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}
