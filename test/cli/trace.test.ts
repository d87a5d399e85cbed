import { describe, expect, test } from 'vitest'
import { CallTrace } from '../../src/call/call-trace.ts'
import type { CallSite } from '../../src/runtime/hooks.ts'
import { rustGuest } from '../e2e/guests.ts'
import { capture } from './capture.ts'

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

test('what the guest prints does not run into the tree', async () => {
  const { code, stderr } = await capture(['call', 'test/guests/wasi-c/probe.wasm', 'wasi:cli/run#run()', '--trace'])
  expect(code).toBe(0)
  // The guest prints its line break in a second call.
  expect(withoutTimes(stderr)).toMatch(/\nok: 0\n  = …, 5 bytes out in TIME\n/)
  expect(withoutTimes(stderr)).toMatch(/\n= ok in TIME\n$/)
})

describe('the tree', () => {
  const site = (direction: CallSite['direction'], name: string, id = 'a:b/c@1.0.0'): CallSite => ({
    module: 'm',
    interface: id,
    function: name,
    direction,
  })

  test('durations, WASI and what failed', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line))
    trace.entering('1')
    trace.onCall(site('export', 'f', '$root'))
    trace.onCall(site('import', '[method]output-stream.write', 'wasi:io/streams@0.2.3'))
    trace.onReturn(site('import', '[method]output-stream.write', 'wasi:io/streams@0.2.3'), 850, 0, 12)
    trace.onCall(site('import', 'get'))
    trace.imported('"key"')
    trace.onError(site('import', 'get'), new Error('two\n  lines\u001b[2J'), 1.5e9)
    trace.onReturn(site('export', 'f'), 1234567, 0, 0)
    trace.returned('()')
    expect(lines).toEqual([
      'export f(1)',
      '  import wasi:io/streams@0.2.3#[method]output-stream.write(…)',
      '  = …, 12 bytes out in 850 ns',
      '  import a:b/c@1.0.0#get("key")',
      '  ! two lines\ufffd[2J in 1.50 s',
      '= () in 1.23 ms',
    ])
  })

  test('an import whose arguments nobody tells is there before its end', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line))
    trace.onCall(site('import', 'get'))
    trace.onReturn(site('import', 'get'), 1000, 0, 0)
    expect(lines).toEqual(['import a:b/c@1.0.0#get(…)', '= () in 1.0 µs'])
  })

  test('lines fit, the duration in any case', () => {
    const lines: string[] = []
    const trace = new CallTrace((line) => lines.push(line), { columns: 40 })
    trace.entering('ä'.repeat(100))
    trace.onCall(site('export', 'f'))
    trace.onReturn(site('export', 'f'), 1000, 0, 0)
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
      trace.onReturn(site('export', `f${depth}`), 1000, 0, 0)
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
