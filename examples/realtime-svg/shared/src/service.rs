//! The command line and the health routes that every service has.

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use crate::http::{self, Response};
use crate::log::{self, Level};
use crate::{server, settings};

const PORT: u16 = 8080;

/// What makes one service different from another.
#[derive(Clone, Copy)]
pub struct Service {
    pub name: &'static str,
    /// Why the service cannot do its work now, if it cannot.
    pub ready: fn() -> Result<(), String>,
    /// The answer for any path but the health routes.
    pub page: fn(&str) -> Option<Response>,
}

/// Run the service, or ask a running one for its health.
pub fn main(service: Service) -> ExitCode {
    log::init();
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = settings::number("PORT", PORT).and_then(|port| match arguments.as_slice() {
        [] => serve(service, port),
        ["healthcheck"] => check_health(port),
        _ => Err(format!("usage: {} [healthcheck]", service.name)),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            log::write(Level::Error, &why);
            ExitCode::FAILURE
        }
    }
}

fn serve(service: Service, port: u16) -> Result<(), String> {
    server::serve(port, move |request| respond(service, &request.path))
        .map_err(|error| format!("cannot serve on port {port}: {error}"))
}

fn respond(service: Service, path: &str) -> Response {
    match path {
        "/health" => Response::text(200, "ok"),
        "/ready" => match (service.ready)() {
            Ok(()) => Response::text(200, "ready"),
            Err(why) => {
                // The reason names hosts: it goes to the log, not to whoever asks.
                log::write(Level::Warn, &format!("not ready: {why}"));
                Response::text(503, "not ready")
            }
        },
        _ => (service.page)(path).unwrap_or_else(|| Response::text(404, "not found")),
    }
}

fn check_health(port: u16) -> Result<(), String> {
    match http::get(
        &format!("http://127.0.0.1:{port}/health"),
        Duration::from_secs(5),
    ) {
        Ok((200, _)) => Ok(()),
        Ok((status, _)) => Err(format!("/health answered {status}")),
        Err(error) => Err(format!("/health did not answer: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: Service = Service {
        name: "sample",
        ready: || Err("no database".to_owned()),
        page: |path| (path == "/").then(|| Response::html("<p>hello")),
    };

    #[test]
    fn health_does_not_depend_on_readiness() {
        assert_eq!(respond(SERVICE, "/health"), Response::text(200, "ok"));
        assert_eq!(respond(SERVICE, "/ready"), Response::text(503, "not ready"));
    }

    #[test]
    fn other_paths_are_pages_or_missing() {
        assert_eq!(respond(SERVICE, "/"), Response::html("<p>hello"));
        assert_eq!(respond(SERVICE, "/x"), Response::text(404, "not found"));
    }
}
