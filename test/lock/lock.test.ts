// What `generate` does with witgen.lock.json, over several runs.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DiagnosticError, type Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { lockPath } from '../../src/lock/lock-path.ts'
import { generate, type GenerateOptions, type GenerateResult } from '../../src/generate.ts'
import { shownPath } from '../../src/wit/read.ts'

let folder = ''
let lock = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-lock-'))
  lock = join(folder, 'witgen.lock.json')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function run(options: Partial<GenerateOptions> = {}): Promise<GenerateResult> {
  return generate({
    inputs: [join(folder, 'wit')],
    worlds: [],
    out: join(folder, 'out'),
    importExtension: 'js',
    features: new Set(),
    mode: 'write',
    ...options,
  })
}

const numbers = (): unknown => JSON.parse(readFileSync(lock, 'utf8'))
const shown = (path: string): string => shownPath(join(folder, path))
const codec = (path = 'out/a/b/i.codec.ts'): string => readFileSync(join(folder, path), 'utf8')

/** An interface that exports a function with an error enum of the cases. */
const wit = (cases: string, version = '1.0.0'): string =>
  `package a:b@${version}; interface i { enum e { ${cases} } f: func() -> result<u32, e>; } world w { export i; }`

describe('cases keep their numbers', () => {
  test('adding, reordering, removing, renaming, bringing back', async () => {
    write('wit/a.wit', wit('one, two'))
    await run()
    expect(numbers()).toEqual({ 'a:b/i#e.one': 1, 'a:b/i#e.two': 2 })

    write('wit/a.wit', wit('zero, two, one'))
    await run()
    expect(numbers()).toEqual({ 'a:b/i#e.one': 1, 'a:b/i#e.two': 2, 'a:b/i#e.zero': 3 })
    expect(codec()).toMatch(/codesOfE = \{\s*zero: 3,\s*two: 2,\s*one: 1,?\s*\}/)
    expect(codec()).toMatch(/throw guestError\(cx, 'a:b\/i#f', payload, codesOfE\[payload\]\)/)

    write('wit/a.wit', wit('one'))
    await run()
    expect(numbers()).toEqual({ 'a:b/i#e.one': 1, 'a:b/i#e.two': 2, 'a:b/i#e.zero': 3 })
    expect(codec()).toMatch(/codesOfE = \{\s*one: 1,?\s*\}/)

    write('wit/a.wit', wit('uno, four, two'))
    await run()
    expect(numbers()).toEqual({
      'a:b/i#e.four': 5,
      'a:b/i#e.one': 1,
      'a:b/i#e.two': 2,
      'a:b/i#e.uno': 4,
      'a:b/i#e.zero': 3,
    })
  })

  test('a new version of the package has the numbers of the old one', async () => {
    write('wit/a.wit', wit('one, two'))
    await run()
    write('wit/a.wit', wit('two, three', '2.0.0'))
    await run()
    expect(numbers()).toEqual({ 'a:b/i#e.one': 1, 'a:b/i#e.three': 3, 'a:b/i#e.two': 2 })
  })

  test('the text is sorted by code units, one case a line', async () => {
    write('wit/a.wit', wit('b, a-b, a'))
    await run()
    expect(readFileSync(lock, 'utf8')).toBe('{\n  "a:b/i#e.a": 3,\n  "a:b/i#e.a-b": 2,\n  "a:b/i#e.b": 1\n}\n')
  })
})

describe('which types are numbered', () => {
  test('enums and variants that are the err of a function, by the interface that declares them', async () => {
    write(
      'wit/a.wit',
      `package a:b;
       interface types { variant failure { x, y(u32) } enum not-an-error { z } record r { a: u8 } }
       interface i {
         use types.{failure as problem, not-an-error, r};
         type alias = problem;
         f: func() -> result<not-an-error, alias>;
         g: func() -> result<u8, r>;
         h: func() -> result<u8, string>;
         k: func(x: result<u8, not-an-error>) -> list<result<u8, not-an-error>>;
       }
       world w {
         enum mine { o }
         export i;
         export run: func() -> result<_, mine>;
         export inline: interface { enum here { p } f: func() -> result<u32, here>; }
         import c:d/host;
       }
       package c:d { interface host { enum foreign { q } f: func() -> result<u8, foreign>; } }`,
    )
    await run()
    expect(numbers()).toEqual({
      'a:b/types#failure.x': 1,
      'a:b/types#failure.y': 2,
      'a:b/w#mine.o': 1,
      'a:b/w/inline#here.p': 1,
    })
    expect(codec('out/a/b/types.codec.ts')).toMatch(/export const codesOfFailure = \{\s*x: 1,\s*y: 2,?\s*\}/)
    expect(codec()).toMatch(/import \{[^}]*codesOfFailure[^}]*\} from '.\/types.codec.js'/)
    expect(codec()).toContain(`guestError(cx, 'a:b/i#f', payload, codesOfFailure[payload.tag])`)
    expect(codec()).toContain(`guestError(cx, 'a:b/i#g', payload)`)
    expect(codec()).toContain(`guestError(cx, 'a:b/i#h', payload)`)
  })

  test('the same whichever worlds are generated', async () => {
    const two = `${wit('one')} interface j { enum e { x } f: func() -> result<u32, e>; } world v { export j; }`
    write('wit/a.wit', two)
    await run({ worlds: ['v'] })
    const first = readFileSync(lock, 'utf8')
    rmSync(lock)
    await run({ worlds: ['w'] })
    expect(readFileSync(lock, 'utf8')).toBe(first)
    expect(numbers()).toEqual({ 'a:b/i#e.one': 1, 'a:b/j#e.x': 1 })
  })

  test('without error types there is no lock file, and one that is there stays', async () => {
    write('wit/a.wit', 'package a:b; interface i { f: func(); } world w { export i; }')
    await run()
    expect(existsSync(lock)).toBe(false)
    write('witgen.lock.json', '{\n  "a:b/gone#e.x": 1\n}\n')
    const { unchanged, written } = await run()
    expect([unchanged.includes(shown('witgen.lock.json')), written]).toEqual([true, []])
  })
})

describe('when it is written', () => {
  test('--check and --dry-run write nothing and say what is missing or stale', async () => {
    write('wit/a.wit', wit('one'))
    const path = shown('witgen.lock.json')
    const missing = await run({ mode: 'check' })
    expect([missing.missing.includes(path), missing.stale]).toEqual([true, []])
    expect((await run({ mode: 'dry-run' })).written).toContain(path)
    expect(existsSync(lock)).toBe(false)

    expect((await run()).written).toContain(path)
    const fresh = await run({ mode: 'check' })
    expect([fresh.missing, fresh.stale, fresh.extra]).toEqual([[], [], []])
    expect(fresh.unchanged).toContain(path)

    write('wit/a.wit', wit('one, two'))
    const before = readFileSync(lock, 'utf8')
    expect((await run({ mode: 'check' })).stale).toEqual([path, ...(await run({ mode: 'dry-run' })).written.slice(1)])
    expect(readFileSync(lock, 'utf8')).toBe(before)

    await run()
    rmSync(lock)
    expect((await run({ mode: 'check' })).missing).toEqual([path])
  })

  test('a checkout with CRLF is not stale', async () => {
    write('wit/a.wit', wit('one, two'))
    await run()
    write('witgen.lock.json', readFileSync(lock, 'utf8').replaceAll('\n', '\r\n'))
    expect((await run({ mode: 'check' })).stale).toEqual([])
  })

  test('inputs beside each other share one', async () => {
    write('x/a.wit', wit('one'))
    write('y.wit', wit('two').replaceAll('a:b', 'c:d').replaceAll('world w', 'world v'))
    const { written } = await run({ inputs: [join(folder, 'x'), join(folder, 'y.wit')] })
    expect(written.filter((path) => path.endsWith('.json'))).toEqual([shown('witgen.lock.json')])
    expect(numbers()).toEqual({ 'a:b/i#e.one': 1, 'c:d/i#e.two': 1 })
  })

  test('nothing is written when an input is wrong', async () => {
    write('x/a.wit', wit('one'))
    write('y/a.wit', 'package')
    await expect(run({ inputs: ['x', 'y'].map((name) => join(folder, name)) })).rejects.toThrow(DiagnosticError)
    expect([existsSync(lock), existsSync(join(folder, 'out'))]).toEqual([false, false])
  })

  test.each([
    ['wit', 'witgen.lock.json'],
    ['./a/wit/', 'a/witgen.lock.json'],
    ['a/b.wit', 'a/witgen.lock.json'],
    ['../wit', '../witgen.lock.json'],
    // The working folder and those above: in them, so that it does not leave the project.
    ['.', 'witgen.lock.json'],
    ['..', '../witgen.lock.json'],
  ])('beside the WIT: %s → %s', (input, path) => {
    expect(lockPath(input).replaceAll('\\', '/')).toBe(path)
  })
})

describe('a lock file that cannot be used', () => {
  const restore = 'restore the file from version control'
  const newer = 'of two cases that came in on two branches, delete the newer one: it gets the next free number'

  async function failure(text: string): Promise<readonly Diagnostic[]> {
    write('wit/a.wit', wit('one'))
    write('witgen.lock.json', text)
    try {
      await run()
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      expect(readFileSync(lock, 'utf8')).toBe(text)
      return error.diagnostics
    }
    throw new Error('nothing was thrown')
  }

  test.each([
    ['<<<<<<< HEAD\n{}', 'the lock file is not JSON'],
    ['[]', 'expected an object with the numbers of error cases'],
  ])('%j', async (text, message) => {
    const file = shown('witgen.lock.json')
    expect(await failure(text)).toEqual([
      { code: 'GEN0005', severity: 'error', message, span: undefined, file, suggestion: restore },
    ])
  })

  test.each([
    ['{ "a:b/i#e": 1 }', 'expected a key like `ns:pkg/iface#type.case`, got `a:b/i#e`'],
    ['{ "a:b/i#e.x": 0 }', 'expected a whole number from 1 for `a:b/i#e.x`, got 0'],
    ['{ "a:b/i#e.x": "1" }', 'expected a whole number from 1 for `a:b/i#e.x`, got "1"'],
    ['{ "a:b/i#e.y": 1, "a:b/i#e.x": 1 }', '`a:b/i#e.x` has the number 1, which `a:b/i#e.y` has already'],
  ] as const)('%s', async (text, message) => {
    const [found, ...more] = await failure(text)
    expect(more).toEqual([])
    expect(found).toMatchObject({
      code: 'GEN0005',
      message,
      file: shown('witgen.lock.json'),
      suggestion: message.includes('already') ? newer : restore,
    })
    expect(text.slice(found?.span?.start, found?.span?.end)).toMatch(/^"a:b\/i#e(\.x)?"$/)
  })
})
