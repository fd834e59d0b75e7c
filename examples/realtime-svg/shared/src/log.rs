//! Log lines on stderr, filtered by `LOG_LEVEL`.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::settings;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

const NAMES: [(&str, Level); 4] = [
    ("error", Level::Error),
    ("warn", Level::Warn),
    ("info", Level::Info),
    ("debug", Level::Debug),
];

static MAXIMUM: AtomicU8 = AtomicU8::new(Level::Info as u8);

/// Read `LOG_LEVEL`; an unknown level is reported and leaves `info`.
pub fn init() {
    if let Some(name) = settings::text("LOG_LEVEL") {
        match parse(&name) {
            Some(level) => MAXIMUM.store(level as u8, Ordering::Relaxed),
            None => write(
                Level::Warn,
                &format!("LOG_LEVEL is {name:?}, expected error, warn, info or debug"),
            ),
        }
    }
}

/// Write one line if `level` is wanted.
pub fn write(level: Level, message: &str) {
    if level as u8 <= MAXIMUM.load(Ordering::Relaxed) {
        eprintln!("{} {message}", NAMES[level as usize].0);
    }
}

fn parse(name: &str) -> Option<Level> {
    NAMES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, level)| *level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_named_in_its_own_place() {
        for (place, (name, level)) in NAMES.iter().enumerate() {
            assert_eq!(*level as usize, place);
            assert_eq!(parse(&name.to_uppercase()), Some(*level));
        }
        assert_eq!(parse("loud"), None);
    }
}
