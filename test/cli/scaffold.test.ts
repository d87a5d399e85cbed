import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { capture } from './capture.ts'

const folder = mkdtempSync(join(tmpdir(), 'witgen-scaffold-cli-'))
const out = join(folder, 'host.ts')
const shown = relative('.', out).replaceAll('\\', '/')
const run = (...args: string[]): ReturnType<typeof capture> => {
  const world = args.includes('--world') ? [] : ['--world', 'pipeline']
  return capture(['scaffold', '--out', out, '--generated', 'generated', ...world, ...args])
}
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('witgen scaffold', () => {
  test('--dry-run prints a diff and writes nothing', async () => {
    const { code, stdout, stderr } = await run('--dry-run')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^--- \/dev\/null\n\+\+\+ .*\n@@ -0,0 \+1,\d+ @@\n\+\/\/ What/u)
    expect(stdout).toContain(
      "+    throw new Error('not implemented: demo:pipeline/log#log', { cause: { level, message } })\n",
    )
    expect(stderr).toBe(`${shown} would be written\n`)
  })

  test('a new file, then nothing to do, then what changed', async () => {
    expect(await run('wit', '--world', 'pipeline')).toMatchObject({ code: 0, stdout: '', stderr: `${shown} written\n` })
    expect(await run()).toMatchObject({ code: 0, stdout: '', stderr: `${out.replaceAll('\\', '/')} is up to date\n` })
    const text = readFileSync(out, 'utf8')
    writeFileSync(out, text.replaceAll('message: string', 'text: string'))
    const { code, stderr } = await run()
    expect([code, stderr]).toEqual([0, `changed  demo:pipeline/log#log\n${shown} updated\n`])
    expect(readFileSync(out, 'utf8')).toBe(text)
  })

  test('wrong input: 1, with the place, also as JSON', async () => {
    writeFileSync(out, 'const = 1\n')
    const { code, stdout, stderr } = await run()
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/host\.ts:1:7 error GEN0201: the file does not parse: Variable declaration expected\.\n/u)
    const json = await run('--format', 'json')
    expect(JSON.parse(json.stdout)).toHaveProperty('diagnostics.0.column', 7)
    expect(await run('--world', 'other')).toMatchObject({ code: 1 })
  })

  test('--format json prints what was left alone', async () => {
    writeFileSync(out, "export const imports = { 'demo:pipeline/log': make() }\n")
    const { code, stdout } = await run('--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'GEN0205', severity: 'warning', line: 1 }] })
  })

  test.each([
    [['scaffold'], '--out must be given'],
    [['scaffold', '--out', 'host.js'], '--out needs a TypeScript file (.ts, .mts, .tsx), got host.js'],
    [['scaffold', '--out', 'host.d.ts'], '--out needs a TypeScript file (.ts, .mts, .tsx), got host.d.ts'],
    [['scaffold', '--out', 'a.ts', '--out', 'b.ts'], '--out can be given only once'],
    [['scaffold', '--out', 'a.ts', '--nothing'], 'unknown argument `nothing`'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await capture(args)
    expect(stderr).toBe(`witgen: ${message}\nSee \`witgen --help\`.\n`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test('--help has every option', async () => {
    const { stdout } = await capture(['scaffold', '--help'])
    const listed = [...stdout.matchAll(/^ +(?:-\w, )?--([\w-]+) /gm)].map((match) => match[1])
    expect(listed).toEqual(
      'debug help version world out generated import-extension wasi features all-features dry-run format'.split(' '),
    )
  })
})
