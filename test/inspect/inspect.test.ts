import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/inspect/inspect.ts'
import { readInput } from '../../src/input/read-input.ts'
import { resolveToJson } from '../../src/wit/to-json.ts'
import { canonicalJson } from '../helpers/canonical-json.ts'

const folder = mkdtempSync(join(tmpdir(), 'witgen-inspect-'))
afterAll(() => rmSync(folder, { recursive: true }))

const none = { features: new Set<string>() }
const guest = fileURLToPath(new URL('../guests/rust/pipeline.wasm', import.meta.url))

function wit(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const sample = wit(
  'sample.wit',
  `package a:b@1.0.0;
   /// docs are left out
   interface store {
     record item { id: u32 }
     type items = list<item>;
     enum kind { x }
     flags marks { y }
     variant failure { z }
     resource cursor {
       constructor(at: u32);
       next: func() -> option<item>;
       open: static func(name: string) -> result<cursor, failure>;
     }
     count: func() -> u64;
     @unstable(feature = soon) later: async func();
   }
   interface unused { f: func(%list: list<u8>); }
   world empty {}
   world w {
     import store;
     import log: func(text: string);
     import local: interface { g: func() -> tuple<u8, char>; }
     resource clock { now: func() -> u64; }
     export run: func(c: borrow<clock>);
     export store;
   }
   package c:d { interface i { type t = u8; } }`,
)

const store = `    record item
      id: u32
    type items = list<item>
    enum kind
      x
    flags marks
      y
    variant failure
      z
    resource cursor
      constructor(at: u32)
      next: func() -> option<item>
      open: static func(name: string) -> result<cursor, failure>
    count: func() -> u64`

describe('the summary', () => {
  test('worlds, what stands in none of them, other packages', () => {
    expect(inspect(sample, 'summary', none)).toBe(`package a:b@1.0.0

world empty
  imports and exports nothing

world w
  import a:b/store@1.0.0
${store}
  import local
    g: func() -> tuple<u8, char>
  import resource clock
    now: func() -> u64
  import log: func(text: string)
  export run: func(c: borrow<clock>)
  export a:b/store@1.0.0
${store}

interface a:b/unused@1.0.0
  f: func(%list: list<u8>)

uses c:d
`)
  })

  test('features bring in what is unstable', () => {
    expect(inspect(sample, 'summary', { features: new Set(['soon']) })).toContain('later: async func()')
    expect(inspect(sample, 'summary', { features: 'all' })).toContain('later: async func()')
  })

  test('of a component: its own world', () => {
    const lines = inspect(guest, 'summary', none).split('\n')
    expect(lines.slice(0, 7)).toEqual([
      'package root:component',
      '',
      'world root',
      '  import demo:pipeline/log@0.1.0',
      '    enum level',
      '      debug, info, warn',
      '    log: func(level: level, message: string)',
    ])
    expect(lines).toContain('  export demo:pipeline/analysis@0.1.0')
    expect(lines).toContain('    preprocess: func(samples: list<sample>) -> result<list<sample>, failure>')
    expect(lines.at(-2)).toBe('uses demo:pipeline@0.1.0')
  })
})

describe('for programs', () => {
  test('--json is the resolved packages', () => {
    const json: unknown = JSON.parse(inspect(sample, 'json', none))
    expect(json).toEqual(resolveToJson(readInput(sample, none).resolve))
    expect(Object.keys(json as object)).toEqual(['worlds', 'interfaces', 'types', 'packages'])
  })

  test.each([
    ['text', sample],
    ['a component', guest],
  ])('--wit of %s says the same when it is read again', (_, path) => {
    const again = wit('again.wit', inspect(path, 'wit', { features: 'all' }))
    const [first, second] = [path, again].map((p) =>
      canonicalJson(resolveToJson(readInput(p, { features: 'all' }).resolve)),
    )
    expect(second).toEqual(first)
  })
})
