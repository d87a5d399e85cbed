import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guestFiles } from '../guests/guests.ts'

// What a user gets: the package is built, packed and installed into a project of its own, with nothing of the repository.

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'witgen-package-'))
const project = join(scratch, 'project')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  exports: Record<string, string | Record<string, string>>
}

/** The Node that the user's shell finds, outside of node_modules: the oldest one at hand. */
function systemNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return folders.map((folder) => join(folder, 'node')).find((file) => existsSync(file)) ?? process.execPath
}

const nodes = [...new Set([systemNode(), process.execPath])].map((path) => ({
  path,
  version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim(),
}))

const tsc = join(root, 'node_modules/typescript/bin/tsc')
let packed: readonly string[] = []

function witgen(node: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const main = join(project, 'node_modules/witgen/dist/cli/main.js')
  return spawnSync(node, [main, ...args], { cwd: project, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
}

/** Runs a command that has to succeed; gives what it printed. */
function must(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`)
  return stdout
}

/** Compiles `main.ts` of a folder of the project as strictly as TypeScript can. */
function compile(folder: string, output: readonly string[]): { status: number | null; stdout: string } {
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--isolatedDeclarations']
  const target = ['--target', 'es2022', '--lib', 'es2022,dom', '--module', 'nodenext', '--types', '']
  const args = [tsc, ...strict, ...target, '--declaration', '--rootDir', folder, ...output, `${folder}/main.ts`]
  return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' })
}

beforeAll(() => {
  // Built beside the repository's own dist, which another process may be using.
  const source = join(scratch, 'source')
  for (const file of ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'templates']) {
    cpSync(join(root, file), join(source, file), { recursive: true })
  }
  const outDir = join(source, 'dist')
  must(root, process.execPath, tsc, '-p', 'tsconfig.build.json', '--outDir', outDir)
  const report = must(source, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch)
  const parsed: unknown = JSON.parse(report)
  const [pack] = Object.values(parsed as object) as { filename: string; files: { path: string }[] }[]
  if (pack === undefined) throw new Error('npm pack made no package')
  packed = pack.files.map((file) => file.path)

  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', type: 'module', private: true }))
  cpSync(join(root, 'wit'), join(project, 'wit'), { recursive: true })
  must(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', join(scratch, pack.filename))
}, 180_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the package', () => {
  test('holds what users need and nothing else', () => {
    const folders = new Set(packed.map((path) => path.split('/')[0]))
    const files = ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json', 'templates']
    expect([...folders].toSorted()).toEqual(files)
    expect(packed.filter((path) => /\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([])
  })

  test('every entry point exists', () => {
    const targets = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : [entry['types'], entry['default']],
    )
    expect(targets.filter((path) => !packed.includes(path?.replace('./', '') ?? ''))).toEqual([])
  })

  test('installs few packages', () => {
    const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as { packages: object }
    expect(Object.keys(lock.packages).length - 1).toBeLessThanOrEqual(40)
  })
})

describe('the README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const block = (language: string): string => {
    const text = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readme)?.[1]
    if (text === undefined) throw new Error(`the README has no block of ${language}`)
    return text
  }

  test('its WIT generates, and its host compiles against it', () => {
    mkdirSync(join(project, 'readme/wit'), { recursive: true })
    writeFileSync(join(project, 'readme/wit/pipeline.wit'), block('wit'))
    writeFileSync(
      join(project, 'readme/main.ts'),
      `declare const console: Record<'log' | 'error', (...data: string[]) => void>
      ${block('ts')}`,
    )
    expect(witgen(process.execPath, 'readme/wit', '--out', 'readme/generated')).toMatchObject({ status: 0 })
    expect(compile('readme', ['--noEmit'])).toMatchObject({ status: 0, stdout: '' })
  })
})

describe.each(nodes)('on Node $version', ({ path: node }) => {
  test('witgen --version', () => {
    expect(witgen(node, '--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' })
  })

  test('takes a single file', () => {
    const [wit] = readdirSync(join(project, 'wit'))
    expect(witgen(node, 'inspect', `wit/${wit ?? ''}`)).toMatchObject({ status: 0, stderr: '' })
  })

  test('generates, knows what is up to date, compiles and runs a guest', () => {
    rmSync(join(project, 'src'), { recursive: true, force: true })
    expect(witgen(node, '--out', 'src/generated')).toMatchObject({ status: 0, stdout: '' })
    expect(witgen(node, '--out', 'src/generated', '--check')).toMatchObject({ status: 0, stdout: '', stderr: '' })
    rmSync(join(project, 'src/generated/pipeline.ts'))
    expect(witgen(node, '--out', 'src/generated', '--check')).toMatchObject({
      status: 3,
      stdout: 'missing  src/generated/pipeline.ts\n',
    })
    witgen(node, '--out', 'src/generated')

    const [guest] = guestFiles('rust/pipeline.wasm')
    cpSync(guest?.path ?? '', join(project, 'guest.wasm'))
    writeFileSync(
      join(project, 'src/main.ts'),
      `import { Pipeline } from './generated/pipeline.js'

       declare const console: { log(text: string): void }
       const log = (level: string, message: string): void => console.log(level + ' ' + message)
       const pipeline = await Pipeline.load('guest.wasm', { imports: { 'demo:pipeline/log': { log } } })
       console.log(pipeline.analysis.shout('straße') + pipeline.analysis.callBack(1))
       pipeline.dispose()\n`,
    )
    expect(compile('src', ['--outDir', 'out'])).toMatchObject({ status: 0, stdout: '' })
    const ran = spawnSync(node, ['out/main.js'], { cwd: project, encoding: 'utf8' })
    expect(ran).toMatchObject({ status: 0, stdout: 'debug call 1 of 1\nSTRASSE1\n', stderr: '' })
  })
})
