//! A correct guest of a world that only looks like `demo:pipeline/pipeline`: see `wit/pipeline.wit` beside it.

use demo::pipeline::{clock, log};
use exports::demo::pipeline::analysis::{Guest, Sample};

wit_bindgen::generate!({ path: "wit", world: "pipeline" });

struct Pipeline;

impl Guest for Pipeline {
    fn find(samples: Vec<Sample>, id: u32) -> Option<Sample> {
        let id = id.to_string();
        samples.into_iter().find(|sample| sample.id == id)
    }

    fn shout(text: String) -> String {
        log::log(log::Level::Info, &clock::now().to_string());
        text.to_uppercase()
    }
}

export!(Pipeline);
