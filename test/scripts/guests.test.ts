// How guests are built: what a missing tool looks like, what is skipped, that nobody builds the same at the same time.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { hashOfBuild, hashOfSources } from '../../scripts/guests/hash.ts'
import { withLock } from '../../scripts/guests/lock.ts'
import { root } from '../../scripts/guests/paths.ts'
import type { Recipe } from '../../scripts/guests/recipe.ts'
import { run } from '../../scripts/guests/run.ts'
import { skipNotice, skippedLanguages } from '../../scripts/guests/skip.ts'

const folder = mkdtempSync(join(tmpdir(), 'witgen-guests-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

const recipe = (change: Partial<Recipe> = {}): Recipe => ({
  name: 'sample',
  language: 'sample',
  inputs: ['test/guests/wit/*.wit'],
  components: ['sample/a.wasm'],
  committed: false,
  tools: async () => ({}),
  build: async () => {},
  ...change,
})

/** Runs the tests of the Go guest on a machine that has built nothing, and has no Python. */
function testGo(env: NodeJS.ProcessEnv): { readonly status: number | null; readonly output: string } {
  const cache = mkdtempSync(join(folder, 'cache-'))
  const args = ['node_modules/vitest/vitest.mjs', 'run', 'test/guests/toolbox-go.test.ts', '--reporter=verbose']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      NO_COLOR: '1',
      WITGEN_GUESTS: '',
      WITGEN_SKIP_GUESTS: '',
      WITGEN_GUEST_CACHE: cache,
      WITGEN_PYTHON: join(folder, 'no-python'),
      ...env,
    },
  })
  return { status, output: stdout + stderr }
}

describe('a language that cannot be built', { timeout: 60_000 }, () => {
  test('is a failed test that names the missing tool, and how to leave it out', () => {
    const { status, output } = testGo({})
    expect(status).toBe(1)
    expect(output).toContain('The guest go/toolbox.wasm could not be built (WITGEN_SKIP_GUESTS=go leaves go out)')
    expect(output).toContain(
      'missing: python3 with the module venv. On Debian and Ubuntu: apt-get install python3-venv',
    )
    expect(output).toMatch(/Tests .*failed/)
  })

  test('is skipped where WITGEN_SKIP_GUESTS names it', () => {
    const { status, output } = testGo({ WITGEN_SKIP_GUESTS: 'go' })
    expect(status).toBe(0)
    expect(output).toMatch(/Tests +\d+ skipped/)
  })
})

describe('WITGEN_SKIP_GUESTS', () => {
  test('names languages', () => {
    vi.stubEnv('WITGEN_SKIP_GUESTS', ' sample, ')
    expect(skippedLanguages([recipe()])).toEqual(new Set(['sample']))
    expect(skipNotice()).toBe('skipped, since WITGEN_SKIP_GUESTS names them: the guests in sample')
  })

  test('may name nothing', () => {
    vi.stubEnv('WITGEN_SKIP_GUESTS', '')
    expect(skippedLanguages([recipe()])).toEqual(new Set())
    expect(skipNotice()).toBeUndefined()
  })

  test('a language that does not exist is refused', () => {
    vi.stubEnv('WITGEN_SKIP_GUESTS', 'sampel')
    expect(() => skippedLanguages([recipe()])).toThrow(
      'WITGEN_SKIP_GUESTS: no guest is written in sampel, only in sample',
    )
  })
})

describe('hashes', () => {
  test('a build goes by sources, tools and components', () => {
    const key = hashOfBuild(recipe(), { a: '1', b: '2' })
    expect(hashOfBuild(recipe(), { b: '2', a: '1' })).toBe(key)
    expect(hashOfBuild(recipe(), { a: '1', b: '3' })).not.toBe(key)
    expect(hashOfBuild(recipe({ inputs: ['package.json'] }), { a: '1', b: '2' })).not.toBe(key)
    expect(hashOfBuild(recipe({ components: ['sample/b.wasm'] }), { a: '1', b: '2' })).not.toBe(key)
  })

  test('patterns name each file once, whatever their order', () => {
    const twice = recipe({ inputs: ['test/guests/wit/toolbox.wit', 'test/guests/wit/*'] })
    expect(hashOfSources(twice)).toBe(hashOfSources(recipe()))
  })

  test('a pattern that names nothing is refused', () => {
    expect(() => hashOfSources(recipe({ inputs: ['test/guests/none/*.c'] }))).toThrow(
      'the recipe of sample names sources that are not there: test/guests/none/*.c',
    )
  })
})

describe('withLock', () => {
  test('one after the other', async () => {
    const path = join(folder, 'one')
    const steps: string[] = []
    const work = (name: string) => async (): Promise<void> => {
      steps.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      steps.push(`${name} ends`)
    }
    await Promise.all([withLock(path, work('a')), withLock(path, work('b'))])
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  test('is released when the work fails', async () => {
    const path = join(folder, 'fails')
    const failing = withLock(path, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  test('a lock that was left behind is taken over', async () => {
    const path = join(folder, 'left')
    writeFileSync(`${path}.lock`, '')
    const minuteAgo = Date.now() / 1000 - 60
    utimesSync(`${path}.lock`, minuteAgo, minuteAgo)
    expect(await withLock(path, async () => 'done')).toBe('done')
  })
})

describe('run', () => {
  const node = (code: string): Promise<string> => run('sample', process.execPath, ['-e', code])

  test('gives what a command prints', async () => {
    expect(await node('console.log(1); console.error(2)')).toBe('1\n')
  })

  test('a command that fails is an error with its output', async () => {
    const failing = node('console.log("out"); console.error("err"); process.exit(3)')
    await expect(failing).rejects.toThrow(/failed with exit code 3\n(out\nerr|err\nout)\n/)
  })

  test('a command that does not exist is named', async () => {
    mkdirSync(join(folder, 'empty'))
    const missing = join(folder, 'empty/tool')
    await expect(run('sample', missing, [])).rejects.toThrow(`${missing}: spawn`)
  })
})
