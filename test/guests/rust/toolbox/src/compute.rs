//! `test:toolbox/compute`: one short function per function of the interface.

use std::f64::consts::PI;

use crate::Toolbox;
use crate::exports::test::toolbox::compute::{Failure, Guest, Kind, Marks, Point, Sample, Shape};
use crate::test::toolbox::host::{self, Level, LookupError};

impl Guest for Toolbox {
    fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    fn multiply(a: u64, b: u64) -> u64 {
        a.wrapping_mul(b)
    }

    fn saturating_add(a: i64, b: i64) -> i64 {
        a.saturating_add(b)
    }

    fn divide(a: i32, b: i32) -> Result<i32, Failure> {
        let reason = if b == 0 { "division by zero" } else { "overflow" };
        a.checked_div(b).ok_or_else(|| Failure::Unusable(reason.to_string()))
    }

    fn div_mod(a: u64, b: u64) -> Option<(u64, u64)> {
        Some((a.checked_div(b)?, a.checked_rem(b)?))
    }

    fn mean_of_three(a: i8, b: u8, c: i16) -> i16 {
        let sum = i32::from(a) + i32::from(b) + i32::from(c);
        sum.div_euclid(3) as i16
    }

    fn half(x: f32) -> f32 {
        x / 2.0
    }

    fn exclusive_or(a: bool, b: bool) -> bool {
        a ^ b
    }

    fn next_char(c: char) -> Option<char> {
        // A range of characters knows of the surrogates.
        (c..=char::MAX).nth(1)
    }

    fn reverse_text(text: String) -> String {
        text.chars().rev().collect()
    }

    fn count_chars(text: String) -> u32 {
        text.chars().count() as u32
    }

    fn join(parts: Vec<String>, separator: String) -> String {
        parts.join(&separator)
    }

    fn split(text: String, separator: String) -> Vec<String> {
        if separator.is_empty() {
            return vec![text];
        }
        text.split(&separator).map(str::to_string).collect()
    }

    fn checksum(bytes: Vec<u8>) -> u32 {
        !bytes.iter().fold(!0, |crc, &byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)))
        })
    }

    fn reverse_bytes(mut bytes: Vec<u8>) -> Vec<u8> {
        bytes.reverse();
        bytes
    }

    fn scale(values: Vec<f64>, by: f64) -> Vec<f64> {
        values.into_iter().map(|value| value * by).collect()
    }

    fn running_sums(values: Vec<i32>) -> Vec<i64> {
        let add = |sum: &mut i64, value| {
            *sum += i64::from(value);
            Some(*sum)
        };
        values.into_iter().scan(0, add).collect()
    }

    fn bounds(values: Vec<f32>) -> Option<(f32, f32)> {
        let smallest = values.iter().copied().reduce(f32::min)?;
        let largest = values.iter().copied().reduce(f32::max)?;
        Some((smallest, largest))
    }

    fn centroid(points: Vec<Point>) -> Option<Point> {
        if points.is_empty() {
            return None;
        }
        let count = points.len() as f64;
        let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.x, y + point.y));
        Some(Point { x: x / count, y: y / count })
    }

    fn heaviest(samples: Vec<Sample>) -> Option<Sample> {
        samples.into_iter().reduce(|best, sample| if sample.weight > best.weight { sample } else { best })
    }

    fn clean(samples: Vec<Sample>) -> Result<Vec<Sample>, Failure> {
        if let Some(bad) = samples.iter().find(|sample| !sample.weight.is_finite() || sample.weight < 0.0) {
            return Err(Failure::BadSample(bad.id));
        }
        let kept: Vec<Sample> = samples.into_iter().filter(|sample| sample.weight != 0.0).map(tidy).collect();
        if kept.is_empty() { Err(Failure::Empty) } else { Ok(kept) }
    }

    fn classify(sample: Sample) -> Kind {
        match sample.weight {
            weight if weight >= 0.75 => Kind::Heavy,
            weight if weight >= 0.25 => Kind::Regular,
            _ => Kind::Light,
        }
    }

    fn marks_of(n: i64) -> Marks {
        let when = |holds, mark| if holds { mark } else { Marks::empty() };
        when(n < 0, Marks::NEGATIVE)
            | when(n == 0, Marks::ZERO)
            | when(n % 2 == 0, Marks::EVEN)
            | when(n.unsigned_abs() >= 1 << 40, Marks::HUGE)
    }

    fn differing_marks(a: Marks, b: Marks) -> Marks {
        a ^ b
    }

    fn area(shape: Shape) -> Result<f64, String> {
        match shape {
            Shape::Dot => Ok(0.0),
            Shape::Circle(radius) if radius < 0.0 => Err("negative radius".to_string()),
            Shape::Circle(radius) => Ok(PI * (radius * radius)),
            Shape::Polygon(corners) if corners.len() < 3 => Err("a polygon has at least 3 corners".to_string()),
            Shape::Polygon(corners) => Ok(polygon_area(&corners)),
            Shape::Named(name) if name == "unit-square" => Ok(1.0),
            Shape::Named(name) => Err(format!("unknown shape: {name}")),
        }
    }

    fn chorus(n: u32) -> u32 {
        (1..=n).fold(0, |sum, i| {
            let result = host::twice(i);
            host::log(Level::Debug, &format!("twice {i} is {result}"));
            sum.wrapping_add(result)
        })
    }

    fn look_up_all(keys: Vec<String>) -> Vec<String> {
        keys.iter().map(|key| look_up(key)).collect()
    }
}

/// A sample with its label and its note in shape.
fn tidy(mut sample: Sample) -> Sample {
    sample.label = sample.label.trim_matches(' ').to_string();
    sample.note = sample.note.filter(|note| !note.is_empty());
    sample
}

fn polygon_area(corners: &[Point]) -> f64 {
    let following = corners.iter().cycle().skip(1);
    let sum: f64 = corners.iter().zip(following).fold(0.0, |sum, (a, b)| sum + (a.x * b.y - b.x * a.y));
    (sum / 2.0).abs()
}

fn look_up(key: &str) -> String {
    match host::lookup(key) {
        Ok(text) => text,
        Err(LookupError::Missing) => "-".to_string(),
        Err(LookupError::Denied(reason)) => {
            host::log(Level::Warn, &format!("denied: {key}"));
            format!("!{reason}")
        }
    }
}
