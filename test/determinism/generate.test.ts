// The command as it is published gives the bytes that are committed: on every Node, in every locale, time zone and folder, for
// every line ending. And it writes nothing when there is nothing to write.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BuiltCli, majorOf, MAJORS, nodesAtHand, type Outcome } from './built-cli.ts'
import { committed, copyProject, generated, makeCrlf, PROJECTS, tree } from './project.ts'

const nodes = nodesAtHand()
const [running] = nodes

const build = mkdtempSync(join(tmpdir(), 'witgen-built-'))
let cli: BuiltCli
/** The sample project, generated. */
const sample = join(build, 'sample')
beforeAll(() => {
  cli = new BuiltCli(build)
  copyProject(PROJECTS['wit/'] ?? '', sample)
  expect(cli.run(running, sample, GENERATE)).toMatchObject({ status: 0 })
}, 120_000)
afterAll(() => rmSync(build, { recursive: true, force: true }))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-project-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const GENERATE = ['generate', 'wit', '--out', 'generated', '--import-extension', 'ts']

/** Environments that must not matter, and what Node makes of each: its locale and time zone. */
const ENVIRONMENTS = [
  {
    env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
    locale: 'tr-TR',
    zone: 'Pacific/Kiritimati',
  },
] as const

describe.each(Object.entries(PROJECTS))('%s', (_, project) => {
  const wanted = committed(project)

  test('there is something to compare with', () => {
    expect(Object.keys(wanted).length).toBeGreaterThanOrEqual(3)
  })

  test.each(nodes)('Node $version', (node) => {
    copyProject(project, folder)
    expect(cli.run(node, folder, GENERATE)).toMatchObject({ status: 0, stdout: '' })
    expect(generated(folder, project)).toEqual(wanted)
  })

  test.each(ENVIRONMENTS)('locale $locale, time zone $zone', ({ env }) => {
    copyProject(project, folder)
    expect(cli.run(running, folder, GENERATE, env)).toMatchObject({ status: 0, stdout: '' })
    expect(generated(folder, project)).toEqual(wanted)
  })

  test('another folder, and the line ends of Windows', () => {
    const moved = join(folder, 'some where/ëlse')
    copyProject(project, moved)
    makeCrlf(join(moved, 'wit'))
    const args = ['generate', join(moved, 'wit'), '--out', 'some where/ëlse/generated', '--import-extension', 'ts']
    expect(cli.run(running, folder, args)).toMatchObject({ status: 0, stdout: '' })
    expect(generated(moved, project)).toEqual(wanted)
  })
})

const absent = MAJORS.filter((major) => nodes.every(({ version }) => majorOf(version) !== major))
test(`ran on Node ${nodes.map((n) => n.version).join(', ')}; not at hand: ${absent.join(', ') || 'none'}`, () => {
  for (const { path, version } of nodes) {
    expect(execFileSync(path, ['--print', 'process.version'], { encoding: 'utf8' })).toBe(`${version}\n`)
  }
})

test.each(ENVIRONMENTS)('$env has an effect', ({ env, locale, zone }) => {
  const script = 'const o = Intl.DateTimeFormat().resolvedOptions(); console.log(o.locale + " " + o.timeZone)'
  for (const { path } of nodes) {
    expect(execFileSync(path, ['--eval', script], { env, encoding: 'utf8' })).toBe(`${locale} ${zone}\n`)
  }
})

test.each(nodes)('a second run writes nothing on Node $version', (node) => {
  cpSync(sample, folder, { recursive: true })
  const before = tree(folder)
  const paths = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map((path) => join(folder, path))
  // A file that is replaced is another file; one that comes and goes changes the time of its folder.
  const longAgo = new Date('2001-02-03T04:05:06Z')
  for (const path of paths.toReversed()) utimesSync(path, longAgo, longAgo)
  const identity = (): unknown =>
    paths.map((path) => {
      const { ino, mtimeMs } = statSync(path)
      return { path, ino, mtimeMs }
    })
  const identities = identity()
  const count = Object.keys(before).filter((path) => /\.ts$|^witgen\.lock\.json$/u.test(path)).length
  expect(cli.run(node, folder, GENERATE)).toEqual({
    status: 0,
    stdout: '',
    stderr: `0 files written, ${count} unchanged\n`,
  })
  expect(identity()).toEqual(identities)
  expect(tree(folder)).toEqual(before)
})

test.each(nodes)('a run that finds nothing to do loads no parser on Node $version', (node) => {
  cpSync(sample, folder, { recursive: true })
  const coverage = join(folder, 'coverage')
  /** The base names of the modules that a run loads. */
  const loaded = (): readonly string[] => {
    rmSync(coverage, { recursive: true, force: true })
    expect(cli.run(node, folder, GENERATE, { NODE_V8_COVERAGE: coverage })).toMatchObject({ status: 0 })
    const reports = readdirSync(coverage).map(
      (file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')) as Report,
    )
    const urls = reports.flatMap(({ result }) => result.map(({ url }) => url))
    return urls.filter((url) => url.startsWith('file:')).map((url) => url.slice(url.lastIndexOf('/') + 1))
  }
  expect(loaded().toSorted()).toEqual(
    ['diagnostic.js', 'index.js', 'interrupt.js', 'main.js', 'run.js', 'start.js'].toSorted(),
  )
  appendFileSync(join(folder, 'generated/pipeline.ts'), ' ')
  expect(loaded()).toEqual(expect.arrayContaining(['pipeline.js', 'handlebars-runtime.cjs']))
})

/** What Node writes of the code that ran. */
interface Report {
  readonly result: readonly { readonly url: string }[]
}

describe('--check', () => {
  const analysis = 'generated/demo/pipeline/analysis.ts'
  const lock = 'witgen.lock.json'
  const inProject = (path: string): string => join(folder, path)
  beforeEach(() => {
    cpSync(sample, folder, { recursive: true })
  })

  /** Checks, and makes sure that nothing is written. */
  function check(...more: readonly string[]): Outcome {
    const before = tree(folder)
    const outcome = cli.run(running, folder, [...GENERATE, '--check', ...more])
    expect(tree(folder)).toEqual(before)
    return outcome
  }

  /** What it prints for files that are out of date. */
  const outOfDate = (...lines: readonly string[]): Outcome => ({
    status: 3,
    stdout: lines.map((line) => `${line}\n`).join(''),
    stderr: `${lines.length} file${lines.length === 1 ? '' : 's'} out of date; run the same command without --check\n`,
  })

  test('everything is up to date', () => {
    expect(check()).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  const cases: readonly { what: string; change: () => void; found: readonly string[] }[] = [
    {
      what: 'an edited file',
      change: () => appendFileSync(inProject(analysis), ' '),
      found: [`stale    ${analysis}`],
    },
    {
      what: 'a file that has lost its header',
      change: () => writeFileSync(inProject(analysis), 'export {}\n'),
      found: [`stale    ${analysis}`],
    },
    {
      what: 'a deleted file',
      change: () => rmSync(inProject(analysis)),
      found: [`missing  ${analysis}`],
    },
    {
      what: 'left-over files of a world that has gone',
      change: () => {
        writeFileSync(inProject('wit/more.wit'), 'interface more { f: func(); } world other { import more; }')
        expect(cli.run(running, folder, GENERATE)).toMatchObject({ status: 0 })
        rmSync(inProject('wit/more.wit'))
      },
      found: [
        'extra    generated/demo/pipeline/more.codec.ts',
        'extra    generated/demo/pipeline/more.ts',
        'extra    generated/other.ts',
      ],
    },
    {
      what: 'a lock file that lacks a case',
      change: () => {
        const numbers = JSON.parse(readFileSync(inProject(lock), 'utf8')) as Record<string, number>
        const { 'demo:pipeline/analysis#failure.unreadable': last, ...rest } = numbers
        expect(last).toBe(3)
        writeFileSync(inProject(lock), `${JSON.stringify(rest, null, 2)}\n`)
      },
      found: [`stale    ${lock}`],
    },
    {
      what: 'a missing lock file',
      change: () => rmSync(inProject(lock)),
      found: [`missing  ${lock}`],
    },
    {
      what: 'all at once',
      change: () => {
        appendFileSync(inProject('generated/pipeline.ts'), ' ')
        rmSync(inProject(analysis))
        rmSync(inProject(lock))
      },
      found: ['stale    generated/pipeline.ts', `missing  ${lock}`, `missing  ${analysis}`],
    },
  ]
  test.each(cases)('$what', ({ change, found }) => {
    change()
    expect(check()).toEqual(outOfDate(...found))
    // The same command without --check mends it.
    expect(cli.run(running, folder, GENERATE)).toMatchObject({ status: 0 })
    expect(tree(folder)).toEqual(tree(sample))
  })

  test('a lock file in which a case has another number than in the code', () => {
    const text = readFileSync(inProject(lock), 'utf8')
    writeFileSync(inProject(lock), text.replace('unreadable": 3', 'unreadable": 7'))
    expect(check()).toEqual(outOfDate('stale    generated/demo/pipeline/analysis.codec.ts'))
  })

  test('--format json', () => {
    rmSync(inProject(analysis))
    const { status, stdout } = check('--format', 'json')
    expect(status).toBe(3)
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [
        {
          code: 'GEN0902',
          severity: 'error',
          message: 'the file is missing: it would be generated now',
          file: analysis,
          line: null,
          column: null,
          endLine: null,
          endColumn: null,
          suggestion: 'run `witgen generate`',
        },
      ],
    })
  })
})
