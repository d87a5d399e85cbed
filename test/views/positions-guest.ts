/*
 * A guest whose lists stand in every position in which they can be viewed: in options and results, in methods and static
 * functions of a resource, and outside of interfaces. `freed` says how often a post-return has run.
 */

export const POSITIONS_WIT: string = `package test:t;
interface api {
  record point { x: f64, y: f64 }
  maybe: func(some: bool) -> option<list<f64>>;
  maybe-points: func(some: bool) -> option<list<point>>;
  attempt: func(kind: u32) -> result<option<list<u8>>, string>;
  bare: func(fail: bool) -> result<list<u32>>;
  nested: func() -> option<option<list<u8>>>;
  texts: func(l: list<list<string>>) -> list<u8>;
  freed: func() -> u32;
  /// What collides with the method \`items\` of \`store\`.
  store-items: func(view: list<u8>) -> list<u8>;
  resource store {
    constructor(values: list<f64>);
    /// All of them.
    items: func() -> list<f64>;
    points: func() -> list<point>;
    appended: func(store: list<f64>) -> option<list<f64>>;
    first: func(plus: list<f64>) -> f64;
    echo: static func(values: list<f64>) -> list<f64>;
  }
  /// A method of another resource, with nothing to share.
  resource other { id: func() -> u32; }
}
world w {
  export api;
  /// The world's own.
  export echo: func(l: list<u16>) -> list<u16>;
  export maybe-longs: func(some: bool) -> option<list<s64>>;
}`

const API = 'test:t/api#'
const post = (name: string): string => `(func (export "cabi_post_${name}") (param i32) (call $post))`
const func = (name: string, params: string, body: string, result = 'i32'): string =>
  `(func (export "${name}") ${params} (result ${result}) ${body})`
const at64 = '(i32.const 64)'
const store = (offset: number, value: string): string => `(i32.store offset=${offset} ${at64} ${value})`
const span = (ptr: string, len: string): string => `${store(0, ptr)} ${store(4, len)} ${at64}`
const option = (test: string, ptr: string, len: string): string =>
  `(i32.store8 ${at64} ${test}) ${store(4, ptr)} ${store(8, len)} ${at64}`
const get = (i: number): string => `(local.get ${i})`
const load = (offset: number): string => `(i32.load offset=${offset} (local.get 0))`

/** Three f64 at 1024 (1.5, 2.5, 3.5), the bytes `abc` at 1056, two s64 at 1064. */
const DATA = [
  `(data (i32.const 1024) "\\00\\00\\00\\00\\00\\00\\f8\\3f\\00\\00\\00\\00\\00\\00\\04\\40\\00\\00\\00\\00\\00\\00\\0c\\40")`,
  '(data (i32.const 1056) "abc")',
  `(data (i32.const 1064) "\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\02\\00\\00\\00\\00\\00\\00\\00")`,
].join('\n')

export const POSITIONS_WAT: string = `(module
  (import "[export]test:t/api" "[resource-new]store" (func $new (param i32) (result i32)))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 4096))
  (global $freed (mut i32) (i32.const 0))
  ${DATA}
  (func $post (global.set $freed (i32.add (global.get $freed) (i32.const 1))))
  (func $alloc (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (local $p i32)
    (local.set $p (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $p) (local.get 3)))
    (local.get $p))
  ${func(`${API}maybe`, '(param i32)', option(get(0), '(i32.const 1024)', '(i32.const 3)'))} ${post(`${API}maybe`)}
  ${func(`${API}maybe-points`, '(param i32)', option(get(0), '(i32.const 1024)', '(i32.const 1)'))} ${post(`${API}maybe-points`)}
  ${func(
    `${API}attempt`,
    '(param i32)',
    `(if (i32.eq (local.get 0) (i32.const 2))
      (then (i32.store8 ${at64} (i32.const 1)) ${store(4, '(i32.const 1056)')} ${store(8, '(i32.const 2)')})
      (else (i32.store8 ${at64} (i32.const 0)) (i32.store8 offset=4 ${at64} (i32.eqz (local.get 0)))
        ${store(8, '(i32.const 1056)')} ${store(12, '(i32.const 3)')}))
    ${at64}`,
  )} ${post(`${API}attempt`)}
  ${func(
    `${API}bare`,
    '(param i32)',
    `(i32.store8 ${at64} (local.get 0)) ${store(4, '(i32.const 1056)')} ${store(8, '(i32.const 1)')} ${at64}`,
  )} ${post(`${API}bare`)}
  ${func(`${API}nested`, '', `(i32.store8 ${at64} (i32.const 0)) ${at64}`)} ${post(`${API}nested`)}
  ${func(`${API}texts`, '(param i32 i32)', span('(i32.const 1056)', get(1)))} ${post(`${API}texts`)}
  ${func(`${API}freed`, '', '(global.get $freed)')}
  ${func(`${API}store-items`, '(param i32 i32)', span(get(0), get(1)))} ${post(`${API}store-items`)}
  ${func(
    `${API}[constructor]store`,
    '(param i32 i32)',
    `(local $rep i32)
    (local.set $rep (call $alloc (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 8)))
    (i32.store (local.get $rep) (local.get 0)) (i32.store offset=4 (local.get $rep) (local.get 1))
    (call $new (local.get $rep))`,
  )}
  ${func(`${API}[method]store.items`, '(param i32)', span(load(0), load(4)))} ${post(`${API}[method]store.items`)}
  ${func(`${API}[method]store.points`, '(param i32)', span(load(0), `(i32.shr_u ${load(4)} (i32.const 1))`))}
  ${post(`${API}[method]store.points`)}
  ${func(`${API}[method]store.appended`, '(param i32 i32 i32)', option(`(i32.ne ${get(2)} (i32.const 0))`, get(1), get(2)))}
  ${post(`${API}[method]store.appended`)}
  ${func(
    `${API}[method]store.first`,
    '(param i32 i32 i32)',
    `(f64.add (f64.load ${load(0)}) (f64.load ${get(1)}))`,
    'f64',
  )}
  ${func(`${API}[static]store.echo`, '(param i32 i32)', span(get(0), get(1)))} ${post(`${API}[static]store.echo`)}
  ${func(`${API}[method]other.id`, '(param i32)', '(i32.const 7)')}
  ${func('echo', '(param i32 i32)', span(get(0), get(1)))} ${post('echo')}
  ${func('maybe-longs', '(param i32)', option(get(0), '(i32.const 1064)', '(i32.const 2)'))} ${post('maybe-longs')})`
