import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analysisExports } from '../../generated/demo/pipeline/analysis.codec.ts'
import { logImports } from '../../generated/demo/pipeline/log.codec.ts'
import { Pipeline } from '../../generated/pipeline.ts'
import { DiagnosticError, type Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { positionOf } from '../../src/diagnostics/render.ts'
import { worldSignatures } from '../../src/plan/world-signatures.ts'
import { expandSignature } from '../../src/runtime/type-table.ts'
import { validate, type ValidateOptions, type ValidateResult } from '../../src/validate/validate.ts'
import { readInput } from '../../src/input/read-input.ts'
import { shownPath } from '../../src/wit/read.ts'
import { componentOf } from '../helpers/wat.ts'
import { rejectionOf, rustGuest, wrongGuest } from '../e2e/guests.ts'

const folder = mkdtempSync(join(tmpdir(), 'witgen-validate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sampleWit = fileURLToPath(new URL('../../wit', import.meta.url))

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

function check(guest: string, wit: string, world?: string): ValidateResult {
  return validate({ guest, wit, world, features: new Set() })
}

function failure(options: Partial<ValidateOptions>): readonly Diagnostic[] {
  try {
    validate({ guest: rustGuest, wit: sampleWit, world: undefined, features: new Set(), ...options })
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics
    throw error
  }
  throw new Error('nothing was thrown')
}

/** Code, message, and what stands at the place. */
const shown = ({ code, message, span, file }: Diagnostic): readonly unknown[] => [
  code,
  message,
  span === undefined
    ? file
    : `${positionOf(span.file, span.start).line}: ${span.file.text.slice(span.start, span.end)}`,
]

describe('as loading does', () => {
  test('a guest that fits', () => {
    expect(check(rustGuest, sampleWit, 'pipeline')).toEqual({
      guest: shownPath(rustGuest),
      world: 'demo:pipeline/pipeline@0.1.0',
      differences: [],
      notes: [],
    })
    expect(check(rustGuest, rustGuest).differences).toEqual([])
  })

  test('the differences are those that Pipeline.load gives', async () => {
    const { differences } = check(wrongGuest, sampleWit, 'pipeline')
    const error = await rejectionOf(() => Pipeline.load(wrongGuest, { imports: { 'demo:pipeline/log': { log() {} } } }))
    const lines = differences.map((d) => `  ${d.message}`).join('\n')
    expect((error as Error).message.split(':\n')[0]).toMatch(
      /the guest does not fit the world demo:pipeline\/pipeline@0.1.0$/,
    )
    expect((error as Error).message.split('pipeline@0.1.0:\n')[1]).toBe(lines)
    expect(differences.length).toBeGreaterThan(10)
  })

  test('the signatures are those in generated code', () => {
    const world = readInput(sampleWit, { features: new Set() }).resolve.root.worlds.get('pipeline')
    if (world === undefined) throw new Error('no world')
    const { imports, exports } = worldSignatures(world)
    const expanded = ({ id, types, functions }: (typeof imports)[number]): unknown => ({
      id,
      functions: Object.entries(functions).map(([name, f]) => [name, expandSignature(f.signature, types ?? {})]),
    })
    expect(imports.map(expanded)).toEqual([expanded(logImports)])
    expect(exports.map(expanded)).toEqual([expanded(analysisExports)])
  })
})

describe('every difference, with its place', () => {
  const core = `(module
    (import "wasi:clocks/tick@0.2.0" "now" (func $now (result i64)))
    (import "x:y/host" "beep" (func $beep (param i32)))
    (import "$root" "log" (func $log (param i32)))
    (func (export "a:b/api#run") (result i32) (drop (call $now)) (call $beep (i32.const 1)) (call $log (i32.const 1)) (i32.const 0))
    (func (export "top") (result i32) (i32.const 0))
    (memory (export "memory") 1))`
  const guestWit = `package a:b;
    interface api { run: func() -> u32; }
    world w {
      import wasi:clocks/tick@0.2.0;
      import x:y/host;
      import log: func(level: u8);
      export api;
      export top: func() -> s8;
    }
    package wasi:clocks@0.2.0 { interface tick { now: func() -> u64; } }
    package x:y { interface host { beep: func(times: u8); } }`
  let guest = ''
  beforeAll(async () => {
    guest = write('guest.wasm', await componentOf(core, guestWit))
  })

  test('its own world fits', () => {
    const { differences, notes } = check(guest, write('own.wit', guestWit), 'w')
    expect([differences, notes]).toEqual([[], []])
  })

  test('types, exports, imports; what is WASI’s beyond the world is a note', () => {
    const wit = write(
      'other.wit',
      `package a:b;
interface api { run: func() -> u32; walk: func(); }
interface more { f: func(); }
interface types { type t = u8; }
world other {
  import log: func(level: u16);
  export api;
  export more;
  export types;
  export top: func() -> u8;
}
`,
    )
    const { differences, notes } = check(guest, wit)
    expect(differences.map(shown)).toEqual([
      ['CMP2002', 'a:b/api#walk: the guest does not export it', '2: walk'],
      ['CMP2002', 'a:b/more: the guest does not export it', '8: more'],
      [
        'CMP2001',
        'top: the types differ\n    expected  func() -> u8\n    found     func() -> s8\n                        ^',
        '10: top',
      ],
      [
        'CMP2001',
        'log: the types differ\n    expected  func(level: u16)\n    found     func(level: u8)\n                          ^',
        '6: log',
      ],
      ['CMP2003', 'x:y/host (beep): the guest needs this import, the world does not have it', shownPath(guest)],
    ])
    expect(notes).toEqual([
      {
        code: 'CMP2004',
        severity: 'note',
        message: 'wasi:clocks/tick@0.2.0 (now): the guest imports it beyond the world',
        span: undefined,
        file: shownPath(guest),
        suggestion: undefined,
      },
    ])
  })

  test('a WASI interface of the world has to have equal types', () => {
    const wit = write('clock.wit', guestWit.replace('now: func() -> u64', 'now: func() -> u32'))
    const { differences, notes } = check(guest, wit)
    expect(differences.map((d) => d.message.split('\n')[0])).toEqual(['wasi:clocks/tick@0.2.0#now: the types differ'])
    expect(notes).toEqual([])
  })

  test('a function that a WASI interface of the world lacks is a note', () => {
    const wit = write('less.wit', guestWit.replace('now: func() -> u64', 'later: func()'))
    const { differences, notes } = check(guest, wit)
    expect(differences).toEqual([])
    expect(notes.map((d) => d.message)).toEqual(['wasi:clocks/tick@0.2.0 (now): the guest imports it beyond the world'])
  })
})

describe('wrong input', () => {
  const refusal = { severity: 'error', span: undefined, suggestion: undefined }

  test('a guest that is not there, or no component', () => {
    const none = join(folder, 'none.wasm')
    const missing = { ...refusal, code: 'CMP1010', message: 'there is no such file', file: shownPath(none) }
    expect(failure({ guest: none })).toEqual([missing])
    expect(failure({ guest: folder })).toEqual([
      { ...missing, message: 'the file cannot be read: EISDIR', file: shownPath(folder) },
    ])
    const text = write('text.wasm', 'text')
    const message = 'expected a component, got something that is not WebAssembly (at byte 0)'
    expect(failure({ guest: text })).toEqual([{ ...refusal, code: 'CMP1001', message, file: shownPath(text) }])
  })

  test('a world that is not there, or not clear', () => {
    expect(failure({ world: 'nope' })).toMatchObject([{ code: 'GEN0001', message: 'no world is called `nope`' }])
    const two = write('two.wit', 'package a:b; world x {} world y {}')
    expect(failure({ wit: two })).toEqual([
      {
        ...refusal,
        code: 'GEN0004',
        message: 'the package has several worlds',
        file: shownPath(two),
        suggestion: 'name one of them: --world x, --world y',
      },
    ])
    const none = write('none.wit', 'package a:b;')
    expect(failure({ wit: none })).toEqual([
      { ...refusal, code: 'GEN0004', message: 'the package has no world', file: shownPath(none) },
    ])
  })
})
