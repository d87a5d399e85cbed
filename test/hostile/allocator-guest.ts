/*
 * A guest whose `realloc` notes how it is called and misbehaves as it is told: `mode` says how, from the next call on;
 * `log` gives the notes, four words a call, and begins anew.
 */

/** What `realloc` does. */
export const MODES = {
  good: 0,
  outOfBounds: 1,
  unaligned: 2,
  traps: 3,
  callsImport: 4,
  grows: 5,
  returnsZero: 6,
  returnsMinusEight: 7,
  recurses: 8,
  fourBytesFromEnd: 9,
} as const
export type Mode = keyof typeof MODES

/** Where the first block lies. */
export const HEAP = 8192

export const ALLOCATOR_WIT = `package test:t;
interface host { ping: func(); get: func() -> string; words: func() -> list<u32>; texts: func() -> list<string>; }
interface api {
  mode: func(mode: u32);
  log: func() -> list<u32>;
  grow: func(pages: u32);
  text: func(s: string) -> string;
  words: func(l: list<u32>) -> list<u32>;
  texts: func(l: list<string>) -> list<string>;
  many: func(a: string, b: string, c: string, d: string, e: string, f: string, g: string, h: string, i: string);
  fetch-text: func() -> string;
  fetch-words: func() -> list<u32>;
  fetch-texts: func() -> list<string>;
  fetch-at: func(ptr: u32);
  fetch-and-grow: func() -> string;
}
world w { import host; export api; }`

const when = (mode: Mode, code: string): string =>
  `(if (i32.eq (global.get $mode) (i32.const ${MODES[mode]})) (then ${code}))`
const echo = (name: string): string => `(func (export "test:t/api#${name}") (param i32 i32) (result i32)
  (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64))`
const fetch = (name: string): string => `(func (export "test:t/api#fetch-${name}") (result i32)
  (call $${name} (i32.const 64)) (i32.const 64))`

export const ALLOCATOR_WAT: string = `(module
  (import "test:t/host" "ping" (func $ping))
  (import "test:t/host" "get" (func $text (param i32)))
  (import "test:t/host" "words" (func $words (param i32)))
  (import "test:t/host" "texts" (func $texts (param i32)))
  (memory (export "memory") 1)
  (global $mode (mut i32) (i32.const 0))
  (global $next (mut i32) (i32.const ${HEAP}))
  (global $log (mut i32) (i32.const 1024))
  (func $note (param i32) (i32.store (global.get $log) (local.get 0)) (global.set $log (i32.add (global.get $log) (i32.const 4))))
  (func $realloc (export "cabi_realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
    (local $p i32)
    ${when('recurses', '(return (call $realloc (local.get 0) (local.get 1) (local.get 2) (local.get 3)))')}
    (call $note (local.get 0)) (call $note (local.get 1)) (call $note (local.get 2)) (call $note (local.get 3))
    ${when('outOfBounds', '(return (i32.const 65536))')}
    ${when('unaligned', '(return (i32.const 4097))')}
    ${when('traps', 'unreachable')}
    ${when('callsImport', '(call $ping)')}
    ${when('grows', '(drop (memory.grow (i32.const 1)))')}
    ${when('returnsZero', '(return (i32.const 0))')}
    ${when('returnsMinusEight', '(return (i32.const -8))')}
    ${when('fourBytesFromEnd', '(return (i32.const 65532))')}
    (local.set $p (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $p) (local.get $new)))
    (memory.copy (local.get $p) (local.get $old)
      (select (local.get $size) (local.get $new) (i32.lt_u (local.get $size) (local.get $new))))
    (local.get $p))
  (func (export "test:t/api#mode") (param i32) (global.set $mode (local.get 0)))
  (func (export "test:t/api#log") (result i32)
    (i32.store (i32.const 48) (i32.const 1024))
    (i32.store (i32.const 52) (i32.shr_u (i32.sub (global.get $log) (i32.const 1024)) (i32.const 2)))
    (global.set $log (i32.const 1024))
    (i32.const 48))
  (func (export "test:t/api#grow") (param i32) (drop (memory.grow (local.get 0))))
  ${['text', 'words', 'texts'].map(echo).join('\n  ')}
  (func (export "test:t/api#many") (param i32))
  ${['text', 'words', 'texts'].map(fetch).join('\n  ')}
  (func (export "test:t/api#fetch-at") (param i32) (call $text (local.get 0)))
  (func (export "test:t/api#fetch-and-grow") (result i32)
    (call $text (i32.const 64)) (drop (memory.grow (i32.const 1))) (i32.const 64)))`
