//! The world `test:toolbox/toolbox` in Rust. What each function does is written in `test/guests/wit/toolbox.wit`.

mod compute;
mod counters;

wit_bindgen::generate!({ path: "../../wit", world: "toolbox" });

struct Toolbox;

export!(Toolbox);
