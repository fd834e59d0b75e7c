//! What both services need: HTTP, signals, settings and log lines, with nothing but `std`.

pub mod http;
pub mod log;
pub mod server;
pub mod service;
pub mod settings;
pub mod signal;
