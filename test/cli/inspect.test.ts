import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { capture } from './capture.ts'

const wit = fileURLToPath(new URL('../golden/enums/wit', import.meta.url))

describe('witgen inspect', () => {
  test('prints a summary, JSON or WIT to stdout and nothing else', async () => {
    const summary = await capture(['inspect', wit])
    expect(summary).toMatchObject({ code: 0, stderr: '', options: undefined })
    expect(summary.stdout).toMatch(/^package test:enums\n\nworld enums\n {2}/)
    const json = await capture(['inspect', '--json', wit])
    expect(json).toMatchObject({ code: 0, stderr: '' })
    expect(Object.keys(JSON.parse(json.stdout) as object)).toEqual(['worlds', 'interfaces', 'types', 'packages'])
    const text = await capture(['inspect', wit, '--wit', '--all-features'])
    expect(text).toMatchObject({ code: 0, stderr: '' })
    expect(text.stdout).toMatch(/^package test:enums;\n/)
  })

  test('wrong input ends with 1', async () => {
    const { code, stdout, stderr } = await capture(['inspect', 'no-such-file.wasm'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      'no-such-file.wasm error WIT0070: there is no such file or folder\n' +
        '  help: give the path of a WIT folder or file\n',
    )
  })

  test.each([
    [['inspect'], 'expected `witgen inspect <input>`, got no argument'],
    [['inspect', 'a', '--json', '--wit'], '--json and --wit cannot be given together'],
    [['inspect', 'a', 'b'], 'unknown argument `b`'],
    [['inspect', 'a', '--out', 'x'], 'unknown argument `out`'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await capture(args)
    expect(stderr).toBe(`witgen: ${message}\nSee \`witgen --help\`.\n`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})
