//! `test:toolbox/counters`: a resource of the guest, which meets one of the host.

use std::cell::Cell;

use crate::Toolbox;
use crate::exports::test::toolbox::counters::{Counter, CounterBorrow, Guest, GuestCounter};
use crate::test::toolbox::sinks::Sink;

/// What a handle of a counter stands for. Methods get it shared, so the value is in a cell.
pub struct Tally(Cell<i64>);

impl GuestCounter for Tally {
    fn new(start: i64) -> Self {
        Tally(Cell::new(start))
    }

    fn increment(&self, by: i64) -> i64 {
        self.0.set(self.0.get().wrapping_add(by));
        self.0.get()
    }

    fn value(&self) -> i64 {
        self.0.get()
    }

    fn merge(a: Counter, b: CounterBorrow<'_>) -> Counter {
        let sum = a.get::<Tally>().value().wrapping_add(b.get::<Tally>().value());
        Counter::new(Tally::new(sum))
    }

    fn report(&self, sink: &Sink, times: u32) -> u64 {
        let text = self.value().to_string();
        (0..times).map(|_| u64::from(sink.write(&text))).sum()
    }
}

impl Guest for Toolbox {
    type Counter = Tally;

    fn compare(a: CounterBorrow<'_>, b: CounterBorrow<'_>) -> i8 {
        a.get::<Tally>().value().cmp(&b.get::<Tally>().value()) as i8
    }

    fn close(sink: Sink) -> u64 {
        sink.write("bye");
        sink.total()
    }
}
