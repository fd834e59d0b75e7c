//! Draws the SVG, and is ready while Redis answers.

mod drawing;
mod redis;

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use shared::http::Response;
use shared::service::{self, Service};

fn main() -> ExitCode {
    service::main(Service {
        name: "backend",
        ready: redis::ping,
        page,
    })
}

fn page(path: &str) -> Option<Response> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    (path == "/drawing.svg").then(|| Response::svg(drawing::frame(now.as_secs_f64())))
}
