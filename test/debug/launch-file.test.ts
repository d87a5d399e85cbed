import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchEntry } from '../../src/debug/launch-entry.ts'
import { writeLaunchEntry } from '../../src/debug/launch-file.ts'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-launch-'))
  path = join(folder, '.vscode', 'launch.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const entry = (call = 'a:b/c#f("x#(")', ...options: readonly string[]): ReturnType<typeof launchEntry> =>
  launchEntry(folder, join(folder, 'guests', 'g.wasm'), call, options)
const text = (): string => readFileSync(path, 'utf8')

/** Writes a launch file, then the entry. */
async function merged(before: string, call?: string): Promise<string> {
  path = join(folder, 'launch.json')
  writeFileSync(path, before)
  await writeLaunchEntry(path, entry(call))
  return text()
}

test('an entry', () => {
  expect(entry('a:b/c#f("x#(")', '--trace', '--dir=a::/b')).toEqual({
    name: 'witgen: f in guests/g.wasm',
    type: 'node',
    request: 'launch',
    program: expect.stringMatching(/cli.main\.[jt]s$/),
    args: ['debug', 'guests/g.wasm', 'a:b/c#f("x#(")', '--inspect-brk', '--trace', '--dir=a::/b'],
    cwd: '${workspaceFolder}',
    console: 'integratedTerminal',
    skipFiles: ['<node_internals>/**'],
  })
})

test('the executable is found in the workspace', () => {
  const { program } = launchEntry(process.cwd(), 'g.wasm', 'f()', [])
  expect(program).toMatch(/^\$\{workspaceFolder\}\/(?:src|dist)\/cli\/main\.[jt]s$/)
})

test('a new file; the same again; the same call with other options', async () => {
  expect(await writeLaunchEntry(path, entry())).toBe('created')
  expect(JSON.parse(text())).toEqual({ version: '0.2.0', configurations: [entry()] })
  const before = text()
  expect(await writeLaunchEntry(path, entry())).toBe('unchanged')
  expect(text()).toBe(before)
  expect(await writeLaunchEntry(path, entry('a:b/c#f("y")', '--trace'))).toBe('replaced')
  expect(JSON.parse(text())).toEqual({ version: '0.2.0', configurations: [entry('a:b/c#f("y")', '--trace')] })
  expect(await writeLaunchEntry(path, entry('g()'))).toBe('added')
  expect(JSON.parse(text())).toEqual({
    version: '0.2.0',
    configurations: [entry('g()'), entry('a:b/c#f("y")', '--trace')],
  })
})

describe('what is in the file stays', () => {
  test('comments, commas at the end, other entries', async () => {
    const before = `{
    // Mine.
    "version": "0.2.0",
    "configurations": [
        { "name": "mine", "type": "node", }, // keep
    ],
    "compounds": [],
}
`
    const printed = JSON.stringify(entry(), null, 4).replaceAll('\n', '\n        ')
    expect(await merged(before)).toBe(before.replace('{ "name": "mine"', `${printed},\n        { "name": "mine"`))
  })

  test.each([
    ['{}'],
    ['{ "version": "0.2.0" }'],
    ['{\n\t"configurations": []\n}\n'],
    ['{\r\n  "configurations": [\r\n    { "name": "mine" }\r\n  ]\r\n}\r\n'],
    ['\ufeff{ "configurations": [ ] }'],
  ])('%j', async (before) => {
    const after = await merged(before)
    const { configurations, ...rest } = JSON.parse(after.replace('\ufeff', '')) as { configurations: object[] }
    const { configurations: mine = [], ...others } = JSON.parse(before.replace('\ufeff', '')) as {
      configurations?: object[]
    }
    expect(configurations).toEqual([entry(), ...mine])
    expect(rest).toEqual(others)
    expect(after.startsWith('\ufeff')).toBe(before.startsWith('\ufeff'))
    if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n')
  })
})

test.each([
  ['{ "configurations": [ }', /./],
  ['[]', /^expected an object$/],
  ['{ "configurations": {} }', /^`configurations`: expected a list$/],
])('%s is refused and left alone', async (before, message) => {
  const error = await merged(before).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(DiagnosticError)
  expect((error as DiagnosticError).diagnostics[0]).toMatchObject({
    code: 'CMP3006',
    message: expect.stringMatching(message),
  })
  expect(text()).toBe(before)
})
