//! The world `demo:pipeline/cleaner` in Rust. What `clean` does is written in `wit/stages.wit`.

use std::collections::HashMap;

use demo::pipeline::log::{Level, log};
use demo::pipeline::readings::Temperature;
use exports::demo::pipeline::cleaning::{Guest, Reading, Refusal, Report};

wit_bindgen::generate!({ path: "../../../../wit", world: "cleaner" });

const ABSOLUTE_ZERO: f64 = -273.15;

struct Cleaner;

impl Guest for Cleaner {
    fn clean(reports: Vec<Report>) -> Result<Vec<Reading>, Refusal> {
        let given = reports.len();
        let mut kept = Vec::with_capacity(given);
        for report in &reports {
            let tidy = Tidy::new(report);
            if tidy.is_finite() {
                kept.push(tidy.checked()?);
            } else {
                log(Level::Warn, &format!("dropped a report of {}: a number is not finite", tidy.machine));
            }
        }
        if kept.is_empty() {
            return Err(Refusal::NothingLeft);
        }
        let usual = median(kept.iter().filter_map(|tidy| tidy.vibration).collect()).unwrap_or(0.0);
        let readings = by_machine(&kept, usual);
        log(Level::Info, &format!("{given} reports became {} readings", readings.len()));
        Ok(readings)
    }
}

/// A report with a trimmed name, in °C.
struct Tidy<'a> {
    machine: &'a str,
    temperature: f64,
    vibration: Option<f64>,
    hours: f64,
}

impl<'a> Tidy<'a> {
    fn new(report: &'a Report) -> Self {
        let temperature = match report.temperature {
            Temperature::Celsius(degrees) => degrees,
            // Not times 5 first, which may overflow.
            Temperature::Fahrenheit(degrees) => (degrees - 32.0) / 1.8,
        };
        let machine = report.machine.trim_matches(' ');
        Tidy { machine, temperature, vibration: report.vibration, hours: report.hours }
    }

    fn is_finite(&self) -> bool {
        self.temperature.is_finite() && self.vibration.is_none_or(f64::is_finite) && self.hours.is_finite()
    }

    fn checked(self) -> Result<Self, Refusal> {
        if self.temperature < ABSOLUTE_ZERO {
            Err(Refusal::TooCold(self.machine.into()))
        } else if self.hours < 0.0 || self.vibration.is_some_and(|vibration| vibration < 0.0) {
            Err(Refusal::Negative(self.machine.into()))
        } else {
            Ok(self)
        }
    }
}

/// One reading per machine, in the order of first appearance; `usual` is the vibration of reports without one.
fn by_machine(reports: &[Tidy], usual: f64) -> Vec<Reading> {
    let mut places = HashMap::new();
    let mut groups: Vec<Vec<&Tidy>> = Vec::new();
    for report in reports {
        let place = *places.entry(report.machine).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(report);
    }
    let reading = |group: Vec<&Tidy>| {
        // Divided before they are added, which may overflow.
        let mean = |number: fn(&Tidy) -> Option<f64>| {
            group.iter().map(|report| number(report).unwrap_or(usual) / group.len() as f64).sum()
        };
        Reading {
            machine: group[0].machine.into(),
            temperature: mean(|report| Some(report.temperature)),
            vibration: mean(|report| report.vibration),
            hours: mean(|report| Some(report.hours)),
        }
    };
    groups.into_iter().map(reading).collect()
}

/// The value in the middle, or the mean of the two that are there; none of nothing.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    Some(if values.len() % 2 == 1 { upper } else { values[values.len() / 2 - 1] / 2.0 + upper / 2.0 })
}

export!(Cleaner);
