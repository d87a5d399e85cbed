// A run that would find nothing to do is recognised without being made, and no other run ever is.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { settingsOf, type SettingsInput } from '../../src/config/settings.ts'
import { inputDigest } from '../../src/fresh/input-digest.ts'
import { unchangedFiles } from '../../src/fresh/unchanged-files.ts'
import { generate } from '../../src/generate.ts'
import { runPipeline } from '../../src/pipeline.ts'
import { witgenVersion } from '../../src/version.ts'

let folder: string
const at = (path: string): string => join(folder, path)
const read = (path: string): string => readFileSync(at(path), 'utf8')
const put = (path: string, text: string): void => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}

const WORLD = `package a:b@1.0.0;
interface i {
  use c:d/types.{point};
  enum failure { one, two }
  f: func(p: point) -> result<u32, failure>;
  @unstable(feature = more)
  g: func();
}
world w { export i; }
world v { import i; }
`
const DEP = 'package c:d; interface types { record point { x: u32, y: u32 } }'

const OPTIONS: SettingsInput = { worlds: ['w', 'v'], features: [] }
const options = (more: SettingsInput = {}): SettingsInput => ({
  ...OPTIONS,
  inputs: [at('wit')],
  out: at('generated'),
  ...more,
})
const unchanged = (more: SettingsInput = {}, version = witgenVersion()): readonly string[] | undefined => {
  const settings = settingsOf(options(more))
  return unchangedFiles(settings, version, inputDigest(settings))
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-fresh-'))
  put('wit/world.wit', WORLD)
  put('wit/deps/c/types.wit', DEP)
  await generate(options())
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the files are those that a whole run gives, in its order', async () => {
  const { unchanged: files, written, removed } = await generate(options())
  expect([...written, ...removed]).toEqual([])
  expect(files.length).toBeGreaterThan(5)
  expect(files.filter((file) => file.endsWith('witgen.lock.json'))).toHaveLength(1)
  expect(unchanged()).toEqual(files)
})

test('there is nothing to recognise before the first run', () => {
  rmSync(at('generated'), { recursive: true })
  expect(unchanged()).toBeUndefined()
})

test('the manifest does not depend on the folder, nor on line ends', async () => {
  const manifest = read('generated/.witgen.json')
  expect(manifest).toContain('"runs": {')
  expect(manifest).not.toContain(folder)
  put('else/where/wit/world.wit', `\ufeff${WORLD.replaceAll('\n', '\r\n')}`)
  put('else/where/wit/deps/c/types.wit', DEP)
  await generate(options({ inputs: [at('else/where/wit')], out: at('else/where/generated') }))
  expect(read('else/where/generated/.witgen.json')).toBe(manifest)
  put('wit/world.wit', WORLD.replaceAll('\n', '\r\n'))
  expect(unchanged()).toBeDefined()
})

const changes: Readonly<Record<string, () => void>> = {
  'a changed WIT file': () => appendFileSync(at('wit/world.wit'), '// a comment\n'),
  'a changed file of a dependency': () => put('wit/deps/c/types.wit', DEP.replace('y: u32', 'y: s32')),
  'a new WIT file': () => put('wit/more.wit', 'interface more {}'),
  'a new file of a dependency': () => put('wit/deps/c/more.wit', 'interface more {}'),
  'a new dependency': () => put('wit/deps/e.wit', 'package e:f;'),
  'a new dependency in binary form': () => put('wit/deps/e.wasm', '\0asm'),
  'a removed WIT file': () => rmSync(at('wit/deps'), { recursive: true }),
  'a WIT file with another name': () => renameSync(at('wit/world.wit'), at('wit/other.wit')),
  'no WIT at all': () => rmSync(at('wit'), { recursive: true }),
  'bytes that are no text': () => writeFileSync(at('wit/world.wit'), Buffer.from([0xff, 0xfe])),
  'an edited output file': () => appendFileSync(at('generated/w.ts'), ' '),
  'an output file with other line ends': () => put('generated/w.ts', read('generated/w.ts').replaceAll('\n', '\r\n')),
  'a deleted output file': () => rmSync(at('generated/a/b/i.ts')),
  'a folder in the place of an output file': () => {
    rmSync(at('generated/w.ts'))
    mkdirSync(at('generated/w.ts'))
  },
  'a deleted manifest': () => rmSync(at('generated/.witgen.json')),
  'a manifest that is no JSON': () => put('generated/.witgen.json', '{'),
  'a manifest that forgets a file': () => {
    const lines = read('generated/.witgen.json').split('\n')
    put('generated/.witgen.json', lines.filter((line) => !line.includes('"a/b/i.ts"')).join('\n'))
  },
  'a manifest that has a file of another state': () => {
    appendFileSync(at('wit/world.wit'), '/// More.\ninterface more {}\n')
    const text = read('generated/.witgen.json')
    put('generated/.witgen.json', text.replace(/("w\.ts": .*"rendered":")\w{4}/u, '$10000'))
  },
  'a changed lock file': () => put('witgen.lock.json', read('witgen.lock.json').replace('two": 2', 'two": 7')),
  'a deleted lock file': () => rmSync(at('witgen.lock.json')),
}
test.each(Object.entries(changes))('%s', (_, change) => {
  expect(unchanged()).toBeDefined()
  change()
  expect(unchanged()).toBeUndefined()
})

const others: Readonly<Record<string, SettingsInput>> = {
  'fewer worlds': { worlds: ['w'] },
  'all worlds': { worlds: [] },
  'a world that is not there': { worlds: ['w', 'x'] },
  'another target': { target: 'js' },
  'another extension': { importExtension: 'ts' },
  views: { views: true },
  'a feature': { features: ['more'] },
  'all features': { features: 'all' },
}
test.each(Object.entries(others))('other options: %s', (_, more) => {
  expect(unchanged()).toBeDefined()
  expect(unchanged(more)).toBeUndefined()
})

test('another version', () => {
  expect(unchanged({}, '999.0.0')).toBeUndefined()
})

test('the order in which features are named does not matter', async () => {
  await generate(options({ features: ['more', 'less'] }))
  expect(unchanged({ features: ['less', 'more'] })).toBeDefined()
})

test('other inputs, or the same ones from another place', async () => {
  put('wit2/world.wit', WORLD)
  put('wit2/deps/c/types.wit', DEP)
  expect(unchanged({ inputs: [at('wit'), at('wit2')] })).toBeUndefined()
  // Maps say how the WIT is reached, nothing else does.
  const { unchanged: files } = await generate(options({ inputs: [at('wit2')] }))
  expect(unchanged({ inputs: [at('wit2')] })).toEqual(files)
  await generate(options({ target: 'js' }))
  expect(unchanged({ target: 'js' })).toBeDefined()
  expect(unchanged({ target: 'js', inputs: [at('wit2')] })).toBeUndefined()
})

test('a single file', async () => {
  put('one/one.wit', 'package o:n; world one {}')
  const one = { inputs: [at('one/one.wit')], worlds: [], out: at('one/out') }
  await generate(options(one))
  expect(unchanged(one)).toBeDefined()
  put('one/two.wit', 'interface two {}')
  expect(unchanged(one)).toBeDefined()
  put('one/one.wit', 'package o:n; world one {} ')
  expect(unchanged(one)).toBeUndefined()
})

describe('several runs into one folder', () => {
  const other = (): SettingsInput => ({ inputs: [at('other')], worlds: [] })

  test('each is recognised', async () => {
    put('other/other.wit', 'package o:p; world other { export f: func(); }')
    await generate(options(other()))
    expect(unchanged(other())).toBeDefined()
    expect(unchanged()).toBeDefined()
    appendFileSync(at('other/other.wit'), ' ')
    expect(unchanged(other())).toBeUndefined()
    expect(unchanged()).toBeDefined()
  })

  test('one that takes over a file of another', async () => {
    put('other/other.wit', 'package o:p; world other { export c:d/types; }')
    put('other/deps/types.wit', DEP)
    await generate(options(other()))
    expect(unchanged(other())).toBeDefined()
    expect(unchanged()).toBeUndefined()
  })

  test('one with other worlds of the same package', async () => {
    await generate(options({ worlds: ['w'] }))
    expect(unchanged({ worlds: ['w'] })).toBeDefined()
    expect(unchanged()).toBeUndefined()
    expect(read('generated/.witgen.json').match(/"a:b@1\.0\.0": "/gu)).toHaveLength(1)
  })
})

test('what has not been written is not recognised', async () => {
  appendFileSync(at('wit/world.wit'), 'interface more { h: func(); }\n')
  await generate(options({ mode: 'check' }))
  await generate(options({ mode: 'dry-run' }))
  expect(unchanged()).toBeUndefined()
})

test('an input that changes while it is read leaves no fingerprint', async () => {
  put('wit/world.wit', WORLD.replace('two', 'three'))
  const settings = settingsOf(options())
  const running = runPipeline(settings, inputDigest(settings))
  // The pipeline has read the WIT by now, and has not yet compared what it made of it.
  put('wit/world.wit', WORLD)
  await running
  expect(unchanged()).toBeUndefined()
  expect(read('generated/a/b/i.ts')).toContain('three')
})

test('an input without a world is told of each time, so its run is never recognised', async () => {
  put('types/types.wit', 'package t:y; interface types { type a = u32; }')
  const types = { inputs: [at('types')], worlds: [], out: at('types-out') }
  expect(await generate(options(types))).toMatchObject({ typesOnly: [{ name: 't:y' }] })
  expect(unchanged(types)).toBeUndefined()
})
