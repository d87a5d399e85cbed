/*
 * A guest that gives back what it gets, where it got it. Its post-return counts how often it runs, and misbehaves as it is
 * told: `mode` says how.
 */

/** What post-return does besides counting, or what realloc does instead of allocating. */
export const MODES = {
  good: 0,
  overwrites: 1,
  traps: 2,
  grows: 3,
  callsImport: 4,
  reallocOutOfBounds: 5,
  reallocUnaligned: 6,
  reallocTraps: 7,
  reallocCallsImport: 8,
  reallocGrows: 9,
} as const

const NUMBERS = ['s8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64'] as const

export const VIEWS_WIT: string = `package test:t;
interface host { ping: func(); }
interface api {
  /// A parcel.
  record parcel {
    /// Tells them apart.
    id: u32,
    weight: f64,
    label: string,
    tags: list<u16>,
    note: option<string>,
    %constructor: bool,
  }
  enum trouble { bad, worse }
  ${NUMBERS.map((type) => `${type}s: func(l: list<${type}>) -> list<${type}>;`).join('\n  ')}
  parcels: func(l: list<parcel>) -> list<parcel>;
  spoiled: func(l: list<parcel>) -> list<parcel>;
  attempt: func(l: list<u32>, fail: bool) -> result<list<u32>, trouble>;
  at: func(ptr: u32, len: u32) -> list<f64>;
  parcels-at: func(ptr: u32, len: u32) -> list<parcel>;
  grown: func(l: list<f64>) -> list<f64>;
  sum: func(l: list<f64>, times: u32) -> f64;
  texts: func(l: list<string>) -> list<string>;
  dot: func(a: list<f64>, b: list<f64>) -> f64;
  freed: func() -> u32;
  allocations: func() -> u32;
  mode: func(mode: u32);
}
world w { import host; export api; }`

const SPAN = '(i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64)'
const post = (name: string): string => `(func (export "cabi_post_test:t/api#${name}") (param i32) (call $post))`
const span = (name: string, before = ''): string =>
  `(func (export "test:t/api#${name}") (param i32 i32) (result i32) ${before} ${SPAN}) ${post(name)}`
const on = (mode: keyof typeof MODES, code: string): string =>
  `(if (i32.eq (global.get $mode) (i32.const ${MODES[mode]})) (then ${code}))`

export const VIEWS_WAT: string = `(module
  (import "test:t/host" "ping" (func $ping))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 4096))
  (global $freed (mut i32) (i32.const 0))
  (global $mode (mut i32) (i32.const 0))
  (global $allocations (mut i32) (i32.const 0))
  (func (export "cabi_realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
    (local $p i32)
    (global.set $allocations (i32.add (global.get $allocations) (i32.const 1)))
    ${on('reallocOutOfBounds', '(return (i32.const 65536))')}
    ${on('reallocUnaligned', '(return (i32.const 4100))')}
    ${on('reallocTraps', 'unreachable')}
    ${on('reallocCallsImport', '(call $ping)')}
    ${on('reallocGrows', '(drop (memory.grow (i32.const 1)))')}
    (local.set $p (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $p) (local.get $new)))
    (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536)))
      (then (drop (memory.grow (i32.add (i32.shr_u (local.get $new) (i32.const 16)) (i32.const 1))))))
    (memory.copy (local.get $p) (local.get $old)
      (select (local.get $size) (local.get $new) (i32.lt_u (local.get $size) (local.get $new))))
    (local.get $p))
  (func $post
    (global.set $freed (i32.add (global.get $freed) (i32.const 1)))
    ${on('overwrites', '(memory.fill (i32.const 4096) (i32.const 255) (i32.sub (global.get $next) (i32.const 4096)))')}
    ${on('traps', 'unreachable')}
    ${on('grows', '(drop (memory.grow (i32.const 1)))')}
    ${on('callsImport', '(call $ping)')})
  ${[...NUMBERS.map((type) => `${type}s`), 'parcels', 'at', 'parcels-at', 'texts'].map((name) => span(name)).join('\n  ')}
  ${span('spoiled', '(i32.store8 (i32.load (i32.add (local.get 0) (i32.const 16))) (i32.const 255))')}
  ${span('grown', '(drop (memory.grow (i32.const 3)))')}
  (func (export "test:t/api#attempt") (param i32 i32 i32) (result i32)
    (i32.store8 (i32.const 60) (local.get 2))
    (if (local.get 2)
      (then (i32.store8 (i32.const 64) (i32.const 1)))
      (else (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1))))
    (i32.const 60))
  ${post('attempt')}
  (func (export "test:t/api#sum") (param $ptr i32) (param $n i32) (param $times i32) (result f64)
    (local $sum f64)
    (block $end (loop $again
      (br_if $end (i32.eqz (local.get $n)))
      (local.set $sum (f64.add (local.get $sum) (f64.load (local.get $ptr))))
      (local.set $ptr (i32.add (local.get $ptr) (i32.const 8)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br $again)))
    (f64.mul (local.get $sum) (f64.convert_i32_u (local.get $times))))
  (func (export "test:t/api#dot") (param $a i32) (param $n i32) (param $b i32) (param $m i32) (result f64)
    (local $sum f64)
    (block $end (loop $again
      (br_if $end (i32.eqz (local.get $n)))
      (local.set $sum
        (f64.add (local.get $sum) (f64.mul (f64.load (local.get $a)) (f64.load (local.get $b)))))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br $again)))
    (local.get $sum))
  (func (export "test:t/api#allocations") (result i32) (global.get $allocations))
  (func (export "test:t/api#freed") (result i32) (global.get $freed))
  (func (export "test:t/api#mode") (param i32) (global.set $mode (local.get 0))))`
