import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rustGuest } from '../e2e/guests.ts'
import { wat } from '../helpers/wat.ts'
import { capture, type Captured } from './capture.ts'

const call = (text: string, guest = rustGuest): Promise<Captured> => capture(['call', guest, text])

test.each([
  ['shout("straße")', '"STRASSE"'],
  ['demo:pipeline/analysis#shout("a\\tb")', '"A\\tB"'],
  ['demo:pipeline/analysis@0.1.0#bounds([3, 1.5, nan])', 'some((1.5, 3))'],
  ['demo:pipeline/analysis@0.1.7#bounds([])', 'none'],
  [" is-upper ( 'Ä' ) ", 'true'],
  ['advance(18446744073709551615, -1)', '18446744073709551614'],
  ['classify({label: "x", weight: 0.25, id: 1})', 'regular'],
  ['find([{id: 1, weight: 2, label: "x", note: "n"}], 1)', 'some({id: 1, weight: 2, label: "x", note: some("n")})'],
  ['summarise([{id: 1, weight: 2, label: "x"}])', 'ok({count: 1, mean: 2, labels: ["x"]})'],
  ['reverse([1, 2, 3])', '[3, 2, 1]'],
  ['crash("not at all")', '()'],
])('%s gives %s', async (text, result) => {
  expect(await call(text)).toMatchObject({ code: 0, stdout: `${result}\n`, stderr: '' })
})

test('an err is printed, and the exit code is 1', async () => {
  expect(await call('preprocess([])')).toMatchObject({ code: 1, stdout: 'err(empty-input)\n', stderr: '' })
})

test('imports without a result are told of on stderr', async () => {
  expect(await call('preprocess([{id: 1, weight: 2, label: "x"}])')).toMatchObject({
    code: 0,
    stdout: 'ok([{id: 1, weight: 1, label: "x"}])\n',
    stderr: 'called demo:pipeline/log@0.1.0#log(info, "kept 1 of 1 samples")\n',
  })
})

describe('what is refused', () => {
  test.each([
    [
      'shot("x")',
      'call:1:1 error CMP3002: the component exports no function `shot`\n> 1 | shot("x")\n    | ^^^^\n' +
        '  help: it exports `demo:pipeline/analysis@0.1.0#shout`\n',
    ],
    [
      'checksum([1, 256])',
      'call:1:14 error CMP3001: expected u8, got `256`\n> 1 | checksum([1, 256])\n    |              ^^^\n',
    ],
    ['shout', 'call:1:1 error CMP3001: expected a call, as in `func(1, "text")`\n> 1 | shout\n    | ^^^^^\n'],
  ])('%s', async (text, stderr) => {
    expect(await call(text)).toMatchObject({ code: 1, stdout: '', stderr })
  })

  test.each(['demo:pipeline/other#shout("x")', 'demo:pipeline/analysis@0.2.0#shout("x")'])('%s', async (text) => {
    const { code, stderr } = await call(text)
    expect(code).toBe(1)
    expect(stderr).toContain(`CMP3002: the component exports no function \`${text.replace(/\(.*/, '')}\``)
  })

  test('a trap', async () => {
    const { code, stdout, stderr } = await call('crash("unreachable")')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('error CMP3004: wasm module pipeline.wasm error [10 Unreachable]: ')
  })

  test('a file that is not there, wrong usage', async () => {
    expect(await call('f()', 'no-such.wasm')).toMatchObject({
      code: 1,
      stderr: 'no-such.wasm error CMP1010: there is no such file\n',
    })
    expect(await capture(['call', rustGuest])).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('a component with functions of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'witgen-call-'))
  const guest = join(folder, 'two.wasm')
  beforeAll(async () => {
    writeFileSync(
      guest,
      await wat(`(component
        (import "answer" (func $answer (result u32)))
        (core module $M
          (import "" "answer" (func $answer (result i32)))
          (func (export "f") (result i32) (i32.const 1))
          (func (export "g") (result i32) (call $answer)))
        (core func $answer' (canon lower (func $answer)))
        (core instance $m (instantiate $M (with "" (instance (export "answer" (func $answer'))))))
        (func $f (result u32) (canon lift (core func $m "f")))
        (func $g (result u32) (canon lift (core func $m "g")))
        (instance $i (export "f" (func $f)) (export "g" (func $g)))
        (export "f" (func $f))
        (export "test:two/a" (instance $i))
        (export "test:two/b" (instance $i)))`),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('a function outside of interfaces wins', async () => {
    expect(await call('f()', guest)).toMatchObject({ code: 0, stdout: '1\n' })
    expect(await call('test:two/b#f()', guest)).toMatchObject({ code: 0, stdout: '1\n' })
  })

  test('a name that several interfaces have', async () => {
    expect((await call('g()', guest)).stderr).toBe(
      'call:1:1 error CMP3002: the component exports several functions `g`\n> 1 | g()\n    | ^\n' +
        '  help: say which: `test:two/a#g`, `test:two/b#g`\n',
    )
  })

  test('an import that has to answer', async () => {
    const { code, stderr } = await call('test:two/a#g()', guest)
    expect(code).toBe(1)
    expect(stderr).toContain(
      'wasm module two.wasm error [17 HostError]: the guest needs the import answer, which `witgen call` does not serve',
    )
  })
})
