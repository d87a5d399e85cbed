import { describe, expect, test } from 'vitest'
import { CallTrace } from '../../src/call/call-trace.ts'
import type { Func } from '../../src/ir/index.ts'
import type { CallSite } from '../../src/runtime/hooks.ts'
import { rustGuest } from '../e2e/guests.ts'
import { interfaceOf, load } from '../helpers/wit.ts'
import { capture } from './capture.ts'

/** The functions of an interface by name. */
const functionsOf = (text: string): ReadonlyMap<string, Func> =>
  interfaceOf(load(`package a:b@1.0.0; interface c { ${text} }`), 'c').functions

/** What is measured differs from run to run. */
const withoutTimes = (text: string): string => text.replaceAll(/ in \d[\d.]* (?:ns|µs|ms|s)$/gm, ' in TIME')

describe.each(['call', 'debug'])('%s --trace', (command) => {
  test('the calls of exports and imports with values', async () => {
    const { code, stdout, stderr } = await capture([
      command,
      rustGuest,
      'preprocess([{id: 1, weight: 2, label: "x"}])',
      '--trace',
    ])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ok([{id: 1, weight: 1, label: "x"}])\n' })
    expect(withoutTimes(stderr)).toBe(
      `export demo:pipeline/analysis@0.1.0#preprocess([{id: 1, weight: 2, label: "x"}])
  import demo:pipeline/log@0.1.0#log(info, "kept 1 of 1 samples")
  = () in TIME
= ok([{id: 1, weight: 1, label: "x"}]) in TIME
`,
    )
  })

  test('an err is a result', async () => {
    const { code, stdout, stderr } = await capture([command, rustGuest, 'preprocess([])', '--trace'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'err(empty-input)\n' })
    expect(withoutTimes(stderr)).toMatch(/^= err\(empty-input\) in TIME$/m)
  })

  test('a trap is shown where it happened', async () => {
    const { code, stderr } = await capture([command, rustGuest, 'crash("unreachable")', '--trace'])
    expect(code).toBe(1)
    expect(withoutTimes(stderr)).toMatch(
      /^export demo:pipeline\/analysis@0\.1\.0#crash\("unreachable"\)\n! wasm module pipeline\.wasm error .* in TIME\n/,
    )
  })
})

describe('calls of WASI', () => {
  const probe = 'test/guests/wasi-c/probe.wasm'

  test('with their values; what the guest prints does not run into the tree', async () => {
    const { code, stderr } = await capture(['call', probe, 'wasi:cli/run#run()', '--trace', '--env', 'TOKEN=secret'])
    expect(code).toBe(0)
    const lines = withoutTimes(stderr)
    expect(lines).toContain(
      '  import wasi:filesystem/preopens@0.2.12#get-directories()\n' +
        '  = [] in TIME\n' +
        '  import wasi:cli/environment@0.2.12#get-arguments()\n',
    )
    // The guest prints its line break in a second call.
    const write = '  import wasi:io/streams@0.2.12#[method]output-stream.blocking-write-and-flush\n    '
    expect(lines).toContain(`${write}(<output-stream>, [111, 107, 58, 32, 48])\nok: 0\n  = ok in TIME\n`)
    expect(lines).toContain(`${write}(<output-stream>, [10])\n\n  = ok in TIME\n`)
    expect(lines).toMatch(/\n= ok in TIME\n$/)
    expect(lines).not.toContain('secret')
  })
})

describe('the tree', () => {
  const site = (direction: CallSite['direction'], name: string, id = 'a:b/c@1.0.0'): CallSite => ({
    module: 'm',
    interface: id,
    function: name,
    direction,
  })

  test('durations, and what failed', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line))
    trace.entering('1')
    trace.onCall(site('export', 'f', '$root'))
    trace.onCall(site('import', 'get'))
    trace.onError(site('import', 'get'), new Error('two\n  lines\u001b[2J'), 1.5e9)
    trace.onReturn(site('export', 'f'), 1234567)
    trace.returned('()')
    expect(lines).toEqual([
      'export f(1)',
      '  import a:b/c@1.0.0#get(…)',
      '  ! two lines\ufffd[2J in 1.50 s',
      '= () in 1.23 ms',
    ])
  })

  test('imports with the values that pass through them', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line))
    const functions = functionsOf(`
      resource file {
        constructor(path: string);
        open: static func(path: string) -> result<file, code>;
        write: func(bytes: list<u8>, at: option<u32>) -> result<u32, code>;
      }
      enum code { full, not-found }
      count: func(names: list<string>) -> list<u16>;
    `)
    trace.describe((_id, name) => functions.get(name))
    const call = (name: string, args: readonly unknown[], host: () => unknown): void => {
      const at = site('import', name)
      const wrapped = trace.wrap(at, host)
      trace.onCall(at)
      try {
        wrapped(...args)
        trace.onReturn(at, 850)
      } catch (error) {
        trace.onError(at, error, 850)
      }
    }
    const file = {}
    const thrower = (thrown: unknown) => (): never => {
      throw thrown
    }
    call('[constructor]file', [Object, 'a'], () => file)
    call('[static]file.open', [Object, 'a'], thrower({ payload: 'not-found' }))
    call('[method]file.write', [file, new Uint8Array(1000), undefined], () => 12)
    call('[method]file.write', [file, [], null], thrower('full'))
    call('[method]file.write', [file, [1], 3], thrower(new Error('disk is gone')))
    call('count', [Array.from({ length: 12 }, () => 'x')], () => new Uint16Array(10))
    expect(lines).toEqual([
      'import a:b/c@1.0.0#[constructor]file("a")',
      '= <file> in 850 ns',
      'import a:b/c@1.0.0#[static]file.open("a")',
      '= err(not-found) in 850 ns',
      'import a:b/c@1.0.0#[method]file.write(<file>, [0, 0, 0, 0, 0, 0, 0, 0, … 992 mo…',
      '= ok(12) in 850 ns',
      'import a:b/c@1.0.0#[method]file.write(<file>, [], none)',
      '= err(full) in 850 ns',
      'import a:b/c@1.0.0#[method]file.write(<file>, [1], some(3))',
      '! disk is gone in 850 ns',
      'import a:b/c@1.0.0#count(["x", "x", "x", "x", "x", "x", "x", "x", … 4 more])',
      '= [0, 0, 0, 0, 0, 0, 0, 0, … 2 more] in 850 ns',
    ])
  })

  test('the values of environment variables are not shown', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line))
    const functions = functionsOf('get-environment: func() -> list<tuple<string, string>>;')
    trace.describe((_id, name) => functions.get(name))
    const at = site('import', 'get-environment', 'wasi:cli/environment@0.2.3')
    const wrapped = trace.wrap(at, () => [['TOKEN', 'secret']])
    trace.onCall(at)
    wrapped()
    trace.onReturn(at, 850)
    expect(lines).toEqual(['import wasi:cli/environment@0.2.3#get-environment()', '= [("TOKEN", …)] in 850 ns'])
  })

  test('an import whose arguments nobody tells is there before its end', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line))
    trace.onCall(site('import', 'get'))
    trace.onReturn(site('import', 'get'), 1000)
    expect(lines).toEqual(['import a:b/c@1.0.0#get(…)', '= … in 1.0 µs'])
  })

  test('lines fit, the duration in any case', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line), { columns: 40 })
    trace.entering('ä'.repeat(100))
    trace.onCall(site('export', 'f'))
    trace.onReturn(site('export', 'f'), 1000)
    trace.returned('x'.repeat(100))
    expect(lines.map((line) => line.length)).toEqual([40, 40])
    expect(lines).toEqual([expect.stringMatching(/ä…$/), expect.stringMatching(/x… in 1\.0 µs$/)])
  })

  test('what is deeper than the limit is counted', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line), { maxDepth: 2 })
    const nested = (depth: number): void => {
      trace.onCall(site('export', `f${depth}`))
      if (depth < 4) nested(depth + 1)
      trace.onReturn(site('export', `f${depth}`), 1000)
      trace.returned('()')
    }
    nested(1)
    expect(lines).toEqual([
      'export a:b/c@1.0.0#f1()',
      '  export a:b/c@1.0.0#f2()',
      '    … 2 deeper calls',
      '  = () in 1.0 µs',
      '= () in 1.0 µs',
    ])
  })
})
