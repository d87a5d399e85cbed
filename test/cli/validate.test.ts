import { relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rustGuest, wrongGuest } from '../e2e/guests.ts'
import { capture } from './capture.ts'

const world = 'demo:pipeline/pipeline@0.1.0'
const shown = (path: string): string => relative('.', path).replaceAll('\\', '/')

describe('witgen validate', () => {
  test('a guest that fits: 0', async () => {
    expect(await capture(['validate', rustGuest, '--wit', 'wit', '--world', 'pipeline'])).toEqual({
      code: 0,
      stdout: '',
      stderr: `${shown(rustGuest)} fits the world ${world}\n`,
      options: undefined,
    })
  })

  test('a guest that does not: 3, every difference on stdout, the verdict on stderr', async () => {
    const { code, stdout, stderr } = await capture(['validate', wrongGuest, '--world', 'pipeline'])
    expect(code).toBe(3)
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(
      /^wit\/pipeline\.wit:\d+:3 error CMP2002: demo:pipeline\/analysis@0\.1\.0#preprocess: the guest does not export it$/,
    )
    expect(lines[3]).toMatch(/^> \d+ \| +preprocess: func/)
    const count = lines.filter((line) => / error CMP\d+: /.test(line)).length
    expect(stderr).toBe(`${shown(wrongGuest)} does not fit the world ${world}: ${count} differences\n`)
  })

  test('--format json has the same', async () => {
    const { code, stdout } = await capture(['validate', wrongGuest, '--world', 'pipeline', '--format', 'json'])
    const text = (await capture(['validate', wrongGuest, '--world', 'pipeline'])).stdout
    const json = JSON.parse(stdout) as { readonly diagnostics: readonly { readonly message: string }[] }
    expect(code).toBe(3)
    expect(json).toMatchObject({ guest: shown(wrongGuest), world, fits: false })
    expect(json.diagnostics.map((d) => d.message.split('\n')[0])).toEqual(
      [...text.matchAll(/^\S+ error CMP\d+: (.*)$/gm)].map((match) => match[1]),
    )
    expect(json.diagnostics[0]).toMatchObject({
      code: 'CMP2002',
      severity: 'error',
      file: 'wit/pipeline.wit',
      column: 3,
    })
    const fits = await capture(['validate', rustGuest, '--world', 'pipeline', '--format=json'])
    expect([fits.code, JSON.parse(fits.stdout)]).toEqual([
      0,
      { guest: shown(rustGuest), world, fits: true, diagnostics: [] },
    ])
  })

  test('--format github names the lines of the WIT', async () => {
    const { stdout } = await capture(['validate', wrongGuest, '--world', 'pipeline', '--format', 'github'])
    expect(stdout).toMatch(/^::error file=wit\/pipeline\.wit,line=\d+,endLine=\d+,col=3,/)
  })

  test('wrong input: 1, also as JSON', async () => {
    const { code, stdout, stderr } = await capture(['validate', 'none.wasm'])
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'none.wasm error CMP1010: there is no such file\n',
    })
    const json = await capture(['validate', 'none.wasm', '--format', 'json'])
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ diagnostics: [{ code: 'CMP1010', file: 'none.wasm' }] })
  })

  test.each([
    [['validate'], 'expected `witgen validate <guest>`, got no argument'],
    [['validate', 'a', '--world'], '--world needs a value'],
    [['validate', 'a', '--world', 'x', '--world', 'y'], '--world can be given only once'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await capture(args)
    expect(stderr).toBe(`witgen: ${message}\nSee \`witgen --help\`.\n`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})
