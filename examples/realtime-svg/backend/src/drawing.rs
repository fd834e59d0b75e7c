//! The drawing: a wave that moves with time.

use std::f64::consts::TAU;
use std::fmt::Write;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 240;
const STEP: usize = 8;
/// Seconds for one wave to pass.
const PERIOD: f64 = 4.0;

/// Draw the wave as it is at a moment in seconds.
pub fn frame(moment: f64) -> String {
    let mut points = String::new();
    for x in (0..=WIDTH).step_by(STEP) {
        let phase = f64::from(x) / f64::from(WIDTH) + moment.rem_euclid(PERIOD) / PERIOD;
        let y = f64::from(HEIGHT) / 2.0 * (1.0 - 0.8 * (phase * TAU).sin());
        write!(points, "{x},{y:.1} ").expect("a string can always grow");
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><polyline fill="none" stroke="#06c" stroke-width="3" points="{}"/></svg>"##,
        points.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_one_line_across_the_drawing() {
        let frame = frame(0.0);
        assert!(frame.starts_with("<svg xmlns="));
        assert!(frame.contains(r#"points="0,120.0 8,112.5 "#), "{frame}");
        assert!(frame.ends_with(r#"640,120.0"/></svg>"#), "{frame}");
    }

    #[test]
    fn the_wave_moves_and_comes_back() {
        assert_ne!(frame(0.0), frame(1.0));
        assert_eq!(frame(1.0), frame(1.0 + PERIOD));
    }
}
