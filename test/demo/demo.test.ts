// The demo as people run it, with the guests that the other tests have.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Printer } from '../../scripts/demo/printer.ts'
import { runDemo } from '../../scripts/demo/run.ts'
import { root } from '../../scripts/guests/paths.ts'
import { BUILD_TIMEOUT, isSkipped } from '../guests/guests.ts'

const ESCAPE = '\u001B'

test('the demo runs, and its last line says what ran', { timeout: BUILD_TIMEOUT }, async () => {
  const lines: string[] = []
  const code = await runDemo({ line: (text) => void lines.push(text), hasColors: false })
  const languages = ['Rust', 'Python', 'JavaScript']
  const skipped = languages.filter((language) => isSkipped(language.toLowerCase()))
  const ran = languages.filter((language) => !skipped.includes(language))
  const rest = skipped.length === 0 ? '' : ` Skipped: ${skipped.join(', ')}.`
  expect(lines.at(-1)).toBe(`Ran: ${ran.join(', ') || 'nothing'}.${rest}`)
  expect(code).toBe(0)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(lines.join('\n')).not.toContain(ESCAPE)
  if (skipped.length > 0) return
  const text = lines.join('\n')
  expect(text).toContain('[python info] predicted 5 machines')
  expect(text).toContain('press-7  99 % likely to fail: vibration 50 %, temperature 33 %, hours 16 %')
  expect(text).toContain('service now: press-7, pump-9')
  expect(text).toContain('payload {"tag":"too-cold","val":"freezer-5"}, guestCode 2')
  expect(text).toContain('[7 WorldMismatch]')
  expect(text).toContain('module python, function demo:pipeline/forecast#crash, code 10 Unreachable')
  expect(text).toMatch(/^ {3}python {6}predict {5}\d+ /m)
})

describe('as a process, in a pipe', () => {
  const cache = mkdtempSync(join(tmpdir(), 'witgen-demo-'))
  afterAll(() => rmSync(cache, { recursive: true, force: true }))

  /** Runs the demo with an empty cache. */
  function demo(env: Record<string, string>): { status: number | null; lines: readonly string[] } {
    const args = ['--conditions=witgen-source', 'scripts/demo.ts']
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, WITGEN_GUEST_CACHE: cache, ...env },
    })
    return { status, lines: stdout.trimEnd().split('\n') }
  }

  test('a language whose toolchain is missing is named with the way to get it; the others run', () => {
    const { status, lines } = demo({ WITGEN_PYTHON: join(cache, 'no-python'), WITGEN_SKIP_GUESTS: 'javascript' })
    expect(lines.at(-1)).toBe('Ran: Rust. Missing: Python. Skipped: JavaScript.')
    expect(lines.join('\n')).toContain('apt-get install python3-venv')
    expect(lines.filter((line) => line.includes(ESCAPE))).toEqual([])
    expect(status).toBe(1)
  })

  test('languages that WITGEN_SKIP_GUESTS names are no failure; NO_COLOR is honoured', () => {
    const { status, lines } = demo({ WITGEN_SKIP_GUESTS: 'python,javascript', FORCE_COLOR: '1', NO_COLOR: '1' })
    expect(lines.at(-1)).toBe('Ran: Rust. Skipped: Python, JavaScript.')
    expect(lines.filter((line) => line.includes(ESCAPE) || line.length > 80)).toEqual([])
    expect(status).toBe(0)
  })
})

describe('Printer', () => {
  const printed = (hasColors: boolean, print: (printer: Printer) => void): readonly string[] => {
    const lines: string[] = []
    print(new Printer({ line: (text) => void lines.push(text), hasColors }))
    return lines
  }

  test('wraps at 80 columns, and cuts what is to stay on one line', () => {
    const words = 'word '.repeat(20).trim()
    expect(printed(false, (p) => p.say(words))).toEqual([
      `   ${'word '.repeat(15).trim()}`,
      `     ${'word '.repeat(5).trim()}`,
    ])
    expect(printed(false, (p) => p.lines(['x'.repeat(77), 'x'.repeat(78)]))).toEqual([
      `   ${'x'.repeat(77)}`,
      `   ${'x'.repeat(76)}…`,
    ])
  })

  test('has colours only where they are wanted', () => {
    const print = (p: Printer): void => {
      p.step('one')
      p.wrong('two')
    }
    expect(printed(false, print)).toEqual(['1. one', '   two'])
    expect(printed(true, print).every((line) => line.includes(ESCAPE))).toBe(true)
  })
})
