/*
 * A guest that hands over whatever it is told to: each function `get-X(ptr)` returns its argument as the pointer to a result
 * of the type X, each `send-X(a, b)` calls the import `take-X` with these two core values. `poke` writes its memory. Once it
 * is armed, each post-return traps.
 */

/** A type by name: as results it stands in memory, as parameters it is one or two core values. */
export interface ReaderType {
  readonly name: string
  readonly wit: string
  /** How many core values it is as a parameter. */
  readonly flat: 1 | 2
  /** Whether the type is one core value, so that results are no pointers. */
  readonly isFlatResult?: boolean
}

const cases = (n: number): string => Array.from({ length: n }, (_, i) => `c${i}`).join(', ')

/** An enum of 300 cases has a discriminant of two bytes. */
const DECLARATIONS = `
  record point { x: u32, y: f64 }
  enum few { red, green, blue }
  enum many { ${cases(300)} }
  variant shape { none, side(u32), name(string) }
  flags marks { a, b, c }
  variant wide { ${Array.from({ length: 300 }, (_, i) => (i === 299 ? 'c299(u32)' : `c${i}`)).join(', ')} }`

export const TYPES: readonly ReaderType[] = [
  { name: 'text', wit: 'string', flat: 2 },
  { name: 'bytes', wit: 'list<u8>', flat: 2 },
  { name: 'shorts', wit: 'list<s16>', flat: 2 },
  { name: 'words', wit: 'list<u32>', flat: 2 },
  { name: 'longs', wit: 'list<u64>', flat: 2 },
  { name: 'floats', wit: 'list<f32>', flat: 2 },
  { name: 'doubles', wit: 'list<f64>', flat: 2 },
  { name: 'points', wit: 'list<point>', flat: 2 },
  { name: 'texts', wit: 'list<string>', flat: 2 },
  { name: 'bools', wit: 'list<bool>', flat: 2 },
  { name: 'chars', wit: 'list<char>', flat: 2 },
  { name: 'fews', wit: 'list<few>', flat: 2 },
  { name: 'manys', wit: 'list<many>', flat: 2 },
  { name: 'shapes', wit: 'list<shape>', flat: 2 },
  { name: 'pairs', wit: 'map<u32, string>', flat: 2 },
  { name: 'opt', wit: 'option<u32>', flat: 2 },
  { name: 'nested', wit: 'option<option<bool>>', flat: 2, isFlatResult: false },
  { name: 'res', wit: 'tuple<result<u32, u32>>', flat: 2 },
  { name: 'outcome', wit: 'result<u32, string>', flat: 2 },
  { name: 'letter', wit: 'char', flat: 1, isFlatResult: true },
  { name: 'one', wit: 'few', flat: 1, isFlatResult: true },
  { name: 'big', wit: 'many', flat: 1, isFlatResult: true },
  { name: 'both', wit: 'tuple<wide>', flat: 2 },
  { name: 'set', wit: 'marks', flat: 1, isFlatResult: true },
  { name: 'done', wit: 'result', flat: 1, isFlatResult: true },
]

// A nested option is three core values as a parameter; an outcome with a string as well.
const TAKEN = TYPES.filter((t) => t.name !== 'nested' && t.name !== 'outcome')

export const READER_WIT: string = `package test:t;
interface types {${DECLARATIONS}
}
interface host {
  use types.{point, few, many, shape, marks, wide};
  ${TAKEN.map((t) => `take-${t.name}: func(value: ${t.wit});`).join('\n  ')}
}
interface api {
  use types.{point, few, many, shape, marks, wide};
  poke: func(ptr: u32, word: u32);
  arm: func();
  ${TYPES.map((t) => `get-${t.name}: func(ptr: u32) -> ${t.wit};`).join('\n  ')}
  ${TAKEN.map((t) => `send-${t.name}: func(a: u32, b: u32);`).join('\n  ')}
}
world w { import host; export api; }`

export const READER_WAT: string = `(module
  ${TAKEN.map((t) => `(import "test:t/host" "take-${t.name}" (func $take-${t.name} ${'(param i32)'.repeat(t.flat)}))`).join('\n  ')}
  (memory (export "memory") 1)
  (global $armed (mut i32) (i32.const 0))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "test:t/api#poke") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "test:t/api#arm") (global.set $armed (i32.const 1)))
  ${TYPES.map(
    (t) => `(func (export "test:t/api#get-${t.name}") (param i32) (result i32) (local.get 0))
  (func (export "cabi_post_test:t/api#get-${t.name}") (param i32) (if (global.get $armed) (then unreachable)))`,
  ).join('\n  ')}
  ${TAKEN.map(
    (t) => `(func (export "test:t/api#send-${t.name}") (param i32 i32)
    (call $take-${t.name} (local.get 0) ${t.flat === 2 ? '(local.get 1)' : ''}))`,
  ).join('\n  ')})`
