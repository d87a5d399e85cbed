//! The sample world `demo:pipeline/pipeline` in Rust: one short function per function of `wit/pipeline.wit`.

#![feature(asm_experimental_arch)]

mod crash;

use std::collections::HashSet;

use demo::pipeline::log::{Level, log};
use exports::demo::pipeline::analysis::{Failure, Guest, Kind, Sample, Summary};

wit_bindgen::generate!({ path: "../../../wit", world: "pipeline" });

struct Pipeline;

impl Guest for Pipeline {
    fn preprocess(samples: Vec<Sample>) -> Result<Vec<Sample>, Failure> {
        let given = samples.len();
        let mut kept = Vec::with_capacity(given);
        for sample in samples {
            if sample.label.contains('\u{FFFD}') {
                let text = format!("sample {}: the label holds U+FFFD", sample.id);
                return Err(Failure::Unreadable(text));
            }
            if !sample.weight.is_finite() {
                log(Level::Warn, &format!("dropped sample {}: its weight is not finite", sample.id));
            } else if sample.weight < 0.0 {
                return Err(Failure::BadSample(sample.id));
            } else {
                kept.push(sample);
            }
        }
        if kept.is_empty() {
            return Err(Failure::EmptyInput);
        }
        let largest = kept.iter().map(|sample| sample.weight).fold(0.0, f64::max);
        if largest > 0.0 {
            for sample in &mut kept {
                sample.weight /= largest;
            }
        }
        log(Level::Info, &format!("kept {} of {given} samples", kept.len()));
        Ok(kept)
    }

    fn summarise(samples: Vec<Sample>) -> Result<Summary, Failure> {
        if samples.is_empty() {
            return Err(Failure::EmptyInput);
        }
        if let Some(bad) = samples.iter().find(|s| !s.weight.is_finite() || s.weight < 0.0) {
            return Err(Failure::BadSample(bad.id));
        }
        let count = samples.len() as u32;
        let mean = samples.iter().map(|s| s.weight).sum::<f64>() / f64::from(count);
        let mut seen = HashSet::new();
        let labels = samples.into_iter().map(|s| s.label).filter(|label| seen.insert(label.clone()));
        Ok(Summary { count, mean, labels: labels.collect() })
    }

    fn find(samples: Vec<Sample>, id: u32) -> Option<Sample> {
        samples.into_iter().find(|sample| sample.id == id)
    }

    fn classify(s: Sample) -> Kind {
        match s.weight {
            weight if weight < 0.25 => Kind::Light,
            weight if weight < 0.75 => Kind::Regular,
            _ => Kind::Heavy,
        }
    }

    fn shout(text: String) -> String {
        text.to_uppercase()
    }

    fn scale(values: Vec<f64>, by: f64) -> Vec<f64> {
        values.into_iter().map(|value| value * by).collect()
    }

    fn bounds(values: Vec<f32>) -> Option<(f32, f32)> {
        let first = *values.first()?;
        Some(values.iter().fold((first, first), |(low, high), &value| (low.min(value), high.max(value))))
    }

    fn advance(counter: u64, by: i64) -> u64 {
        counter.saturating_add_signed(by)
    }

    fn is_upper(letter: char) -> bool {
        letter.is_uppercase()
    }

    fn next_char(letter: char) -> Option<char> {
        (letter..=char::MAX).nth(1)
    }

    fn checksum(bytes: Vec<u8>) -> u32 {
        !bytes.iter().fold(!0, |crc, &byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc: u32, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
        })
    }

    fn reverse(mut bytes: Vec<u8>) -> Vec<u8> {
        bytes.reverse();
        bytes
    }

    fn call_back(times: u32) -> u32 {
        for n in 1..=times {
            log(Level::Debug, &format!("call {n} of {times}"));
        }
        times
    }

    fn crash(how: String) {
        crash::crash(&how);
    }
}

export!(Pipeline);
