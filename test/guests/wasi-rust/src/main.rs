//! A command-line program that does one thing per run, as its arguments say, and tells how it went: `ok: …` on stdout, or
//! `error: N` with the errno of WASI.

mod net;

use std::io::{Read, Write};
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs, io};

// wasm-ld has every export of a command run the constructors anew, `cabi_realloc` too, unless somebody calls them, which the
// C library of Debian's `wasi-libc` leaves to it.
unsafe extern "C" {
    fn __wasm_call_ctors();
}

fn main() {
    // SAFETY: nothing has run before.
    unsafe { __wasm_call_ctors() }
    let args: Vec<String> = env::args().collect();
    let arg = |i: usize| args.get(i).map_or("", String::as_str);
    match run(arg(1), arg(2), arg(3), &args) {
        Ok(text) => {
            if !text.is_empty() {
                println!("ok: {text}");
            }
        }
        Err(error) => match error.raw_os_error() {
            Some(code) => println!("error: {code}"),
            None => println!("error: {error}"),
        },
    }
}

fn run(what: &str, a: &str, b: &str, args: &[String]) -> io::Result<String> {
    let done = |text: &str| Ok(text.to_string());
    match what {
        "args" | "" => Ok(format!(
            "{}{}",
            args.len(),
            args.iter().map(|arg| format!(" [{arg}]")).collect::<String>()
        )),
        "read" => fs::read_to_string(a),
        "write" => fs::write(a, b).and_then(|()| done("written")),
        "append" => {
            fs::OpenOptions::new().append(true).create(true).open(a)?.write_all(b.as_bytes())?;
            done("written")
        }
        "list" => {
            let mut names = Vec::new();
            for entry in fs::read_dir(a)? {
                names.push(entry?.file_name().into_string().unwrap_or_default());
            }
            names.sort();
            Ok(names.join(" "))
        }
        "stat" => {
            let meta = fs::metadata(a)?;
            Ok(format!("{} {}", if meta.is_dir() { "folder" } else { "file" }, meta.len()))
        }
        "mkdir" => fs::create_dir(a).and_then(|()| done("made")),
        "remove" => fs::remove_file(a).and_then(|()| done("removed")),
        "rename" => fs::rename(a, b).and_then(|()| done("renamed")),
        "symlink" => symlink(a, b),
        "link" => fs::hard_link(a, b).and_then(|()| done("linked")),
        "env" => Ok(env::var(a).map_or("none".into(), |value| format!("[{value}]"))),
        "stdin" => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text)?;
            Ok(text)
        }
        "print" => {
            print!("{a}");
            eprint!("{b}");
            io::stdout().flush()?;
            done("")
        }
        "random" => {
            let mut bytes = [0u8; 16];
            let random = wasip2::random::random::get_random_bytes(16);
            bytes.copy_from_slice(&random);
            Ok(if bytes == [0; 16] { "zeroes" } else { "random" }.into())
        }
        // A hash map takes its seed from `wasi:random`.
        "map" => Ok(std::collections::HashMap::from([(a, b)])[a].to_string()),
        "time" => {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            Ok(since.map_or(0, |d| d.as_secs()).to_string())
        }
        "sleep" => {
            let before = Instant::now();
            std::thread::sleep(Duration::from_millis(20));
            Ok(if before.elapsed() >= Duration::from_millis(19) { "slept" } else { "woke early" }.into())
        }
        "connect" => net::exchange(a, b.parse().unwrap_or(0), args.get(4).map_or("", String::as_str)),
        "exit" => {
            print!("{b}");
            io::stdout().flush()?;
            std::process::exit(a.parse().unwrap_or(0))
        }
        "panic" => panic!("{a}"),
        _ => Err(io::Error::other(format!("unknown {what}"))),
    }
}

/// The standard library has this for nightly compilers only, so it goes to WASI 0.2 itself.
fn symlink(target: &str, path: &str) -> io::Result<String> {
    use wasip2::filesystem::types::ErrorCode;
    for (folder, name) in wasip2::filesystem::preopens::get_directories() {
        if let Some(rest) = path.strip_prefix(&format!("{name}/")) {
            return match folder.symlink_at(target, rest) {
                Ok(()) => Ok("linked".into()),
                Err(ErrorCode::NotPermitted) => Err(io::Error::from_raw_os_error(63)),
                Err(code) => Err(io::Error::other(code.name())),
            };
        }
    }
    Err(io::Error::from_raw_os_error(76))
}
