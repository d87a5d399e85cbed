// Command lines that are read without yargs mean what they mean to yargs; all others are left to it.
import { describe, expect, test } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import type { Io } from '../../src/cli/io.ts'
import { plainGenerate } from '../../src/cli/plain-generate.ts'
import { startGenerate, type Generate } from '../../src/cli/start-generate.ts'

/** What `generate` is given, and what is printed. */
async function outcome(start: (io: Io, generate: Generate) => Promise<number>): Promise<object> {
  let given: unknown
  let text = ''
  const output = { write: (part: string): unknown => (text += part) }
  const nothing = { written: [], unchanged: [], removed: [], stale: [], missing: [], extra: [], typesOnly: [] }
  const code = await start({ stdout: output, stderr: output, env: {} }, async (options) => {
    given = options
    return nothing
  })
  return { code, given, text }
}

// The inputs are folders of the repository, which is the working folder.
const plain: readonly string[] = [
  '',
  'generate',
  'generate wit',
  'generate wit docs',
  'generate call',
  'generate missing',
  'generate ./wit/deps',
  'wit',
  'wit docs',
  './wit',
  '--world a',
  '--world=a',
  '--world a --world b,c',
  '--world a wit',
  'generate wit --world a docs',
  'wit --out out',
  'generate --out=out',
  'generate --out a-folder/b',
  'generate --target js',
  'generate --target=ts --import-extension none',
  'generate --import-extension ts',
  'generate --features a,b --features c',
  'generate --all-features',
  'generate --features a --all-features',
  'generate --check',
  'generate --dry-run --format json',
  'generate --check --format=github --debug',
]
test.each(plain)('%j is plain', async (line) => {
  const args = line.split(' ').filter(Boolean)
  const read = plainGenerate(args)
  if (read === undefined) throw new Error('it was left to yargs')
  const wanted = await outcome((io, generate) => runCommandLine(args, io, generate))
  expect(wanted).toMatchObject({ code: 0, given: { mode: expect.any(String) as string } })
  expect(await outcome(startGenerate(read))).toEqual(wanted)
})

describe('left to yargs', () => {
  const lines: readonly (readonly string[])[] = [
    ['--help'],
    ['generate', '-h'],
    ['inspect', 'wit'],
    ['call'],
    ['wit', 'call'],
    ['missing'],
    ['genrate'],
    ['--out', 'out', 'generate'],
    ['--nope'],
    ['--importExtension', 'js'],
    ['--no-check'],
    ['--check', '--check'],
    ['--check', 'false'],
    ['--check=true'],
    ['--check', '--dry-run'],
    ['--watch', '--check'],
    ['--out'],
    ['-'],
    ['--world', '-'],
    ['--out', ''],
    ['--out='],
    ['--out', 'a', '--out', 'b'],
    ['--out', '--check'],
    ['--out', '"quoted"'],
    ['--out', '5'],
    ['--target', 'c'],
    ['--import-extension', 'mjs'],
    ['--format', 'xml'],
    ['--', 'wit'],
    ['generate', ''],
  ]
  test.each(lines.map((args) => [args]))('%j', (args) => {
    expect(plainGenerate(args)).toBeUndefined()
  })
})

test('a list of names with a gap is wrong usage', () => {
  expect(() => plainGenerate(['--world', 'a,,b'])).toThrow('--world needs a value')
})

test('options that do not go together are wrong usage', () => {
  const read = plainGenerate(['--target', 'js', '--import-extension', 'ts'])
  if (read === undefined) throw new Error('it was left to yargs')
  expect(() => startGenerate(read)).toThrow('--import-extension ts does not go with --target js')
})
