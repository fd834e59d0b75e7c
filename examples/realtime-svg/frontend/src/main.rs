//! Serves a page that shows the backend's drawing as it moves, and is ready while the backend answers.

use std::process::ExitCode;
use std::time::Duration;

use shared::http::{self, Response};
use shared::log::{self, Level};
use shared::service::{self, Service};
use shared::settings;

const PATIENCE: Duration = Duration::from_secs(2);
const PAGE: &str = include_str!("page.html");

fn main() -> ExitCode {
    service::main(Service {
        name: "frontend",
        ready,
        page,
    })
}

fn ready() -> Result<(), String> {
    fetch("/health").map(drop)
}

fn page(path: &str) -> Option<Response> {
    match path {
        "/" => Some(Response::html(PAGE)),
        // A browser cannot reach the backend, which is known inside the cluster only.
        "/drawing.svg" => Some(fetch(path).map_or_else(
            |why| {
                log::write(Level::Warn, &why);
                Response::text(502, "no drawing")
            },
            Response::svg,
        )),
        _ => None,
    }
}

fn fetch(path: &str) -> Result<String, String> {
    let backend = settings::text("BACKEND_URL").ok_or("BACKEND_URL is not set")?;
    let url = format!("{}{path}", backend.trim_end_matches('/'));
    match http::get(&url, PATIENCE) {
        Ok((200, body)) => Ok(body),
        Ok((status, _)) => Err(format!("{url} answered {status}")),
        Err(error) => Err(format!("{url} did not answer: {error}")),
    }
}
