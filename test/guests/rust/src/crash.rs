//! The ways in which a guest can trap. Assembly keeps the compiler from proving, and then removing, what cannot be right.

use std::arch::asm;
use std::hint::black_box;

pub fn crash(how: &str) {
    match how {
        "panic" => panic!("asked to"),
        "unreachable" => std::arch::wasm32::unreachable(),
        "divide" => divide_by_zero(),
        "memory" => read_past_the_end(),
        "table" => call_bad_index(),
        "stack" => _ = recurse(black_box(0)),
        "loop" => loop {
            black_box(());
        },
        _ => {}
    }
}

fn divide_by_zero() {
    let _quotient: u32;
    unsafe { asm!("i32.const 1", "i32.const 0", "i32.div_u", "local.set {}", lateout(local) _quotient) }
}

fn read_past_the_end() {
    let _word: u32;
    unsafe { asm!("i32.const -4", "i32.load 0", "local.set {}", lateout(local) _word) }
}

fn call_bad_index() {
    let bad: fn() = unsafe { std::mem::transmute(black_box(usize::MAX)) };
    bad();
}

/// Needs the result of the deeper call, so that it cannot become a loop.
#[inline(never)]
#[expect(unconditional_recursion)]
fn recurse(depth: u64) -> u64 {
    black_box(recurse(black_box(depth + 1))) + 1
}
