//! Settings read from the environment.

use std::env;
use std::str::FromStr;

/// Return the variable, or `None` when it is unset or empty.
pub fn text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Return the variable as a number, `default` when it is unset, or why it is wrong.
pub fn number<T: FromStr>(name: &str, default: T) -> Result<T, String> {
    match text(name) {
        None => Ok(default),
        Some(value) => value
            .parse()
            .map_err(|_| format!("{name} is {value:?}, expected a number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unset_variable_has_its_default() {
        assert_eq!(text("SVG_TEST_UNSET"), None);
        assert_eq!(number("SVG_TEST_UNSET", 6379), Ok(6379));
    }

    #[test]
    fn a_number_out_of_range_is_refused_with_its_name() {
        env::set_var("SVG_TEST_PORT", "65536");
        assert_eq!(
            number::<u16>("SVG_TEST_PORT", 1),
            Err("SVG_TEST_PORT is \"65536\", expected a number".to_owned())
        );
    }
}
