import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guestFiles } from '../guests/guests.ts'
import { missingImports } from './imports.ts'

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

/** For tests that start npm several times. */
const SLOW = { timeout: 180_000 }

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
  must(root, process.execPath, 'scripts/build.ts', outDir)
  const report = must(source, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch)
  const parsed: unknown = JSON.parse(report)
  const [pack] = Object.values(parsed as object) as { filename: string; files: { path: string }[] }[]
  if (pack === undefined) throw new Error('npm pack made no package')
  packed = pack.files.map((file) => file.path)

  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', type: 'module', private: true }))
  cpSync(join(root, 'wit/pipeline.wit'), join(project, 'wit/pipeline.wit'))
  must(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', join(scratch, pack.filename))
}, 180_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the package', () => {
  test('holds what users need and nothing else', () => {
    const folders = new Set(packed.map((path) => path.split('/')[0]))
    const files = ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']
    expect([...folders].toSorted()).toEqual(files)
    expect(packed.filter((path) => /\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([])
  })

  test('no module that nothing reaches, and every one that another imports', () => {
    expect(packed.filter((path) => /^dist\/(?:scaffold|explain|inspect|init|watch)\//u.test(path))).toEqual([])
    expect(missingImports(join(project, 'node_modules/witgen'), packed)).toEqual([])
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

  test('its WIT generates, and its host passes the type check against that', () => {
    mkdirSync(join(project, 'readme/wit'), { recursive: true })
    writeFileSync(join(project, 'readme/wit/hello.wit'), block('wit'))
    const host = /`host\.js` calls it:\n\n```js\n([^]*?)```/.exec(readme)?.[1] ?? ''
    expect(host).toContain("import { Hello } from './generated/hello.js'")
    // As TypeScript: what the README says in JavaScript holds there as well.
    writeFileSync(
      join(project, 'readme/main.ts'),
      `declare const console: Record<'log', (...data: unknown[]) => void>\n${host}`,
    )
    const generated = witgen(process.execPath, 'readme/wit', '--target', 'js', '--out', 'readme/generated')
    expect(generated).toMatchObject({ status: 0 })
    expect(compile('readme', ['--noEmit'])).toMatchObject({ status: 0, stdout: '' })
  })
})

describe.each(nodes)('on Node $version', ({ path: node, version }) => {
  test('witgen --version', () => {
    expect(witgen(node, '--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' })
  })

  test('takes a single file', () => {
    const [wit] = readdirSync(join(project, 'wit'))
    expect(witgen(node, 'inspect', `wit/${wit ?? ''}`)).toMatchObject({ status: 0, stderr: '' })
  })

  /** A project inside of the one that has the package, so that both Nodes find it installed. */
  const member = (name: string, files: Readonly<Record<string, string>>): string => {
    const folder = join(project, name)
    rmSync(folder, { recursive: true, force: true })
    cpSync(join(root, 'wit/pipeline.wit'), join(folder, 'wit/pipeline.wit'))
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
    return folder
  }
  const env = { ...process.env, NO_COLOR: '1', PATH: [dirname(node), process.env['PATH']].join(delimiter) }
  const run = (cwd: string, command: string, ...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(command, args, { cwd, encoding: 'utf8', env })

  test(
    'witgen init, then npm run build: generates before each build, and stops it where the WIT is broken',
    SLOW,
    () => {
      const folder = member('hook', {
        'package.json': JSON.stringify({ type: 'module', scripts: { build: 'node --version' } }, null, 2),
        'tsconfig.json': '{}',
      })
      const wit = join(folder, 'wit/pipeline.wit')
      const generated = join(folder, 'generated/demo/pipeline/analysis.ts')
      expect(run(folder, 'npx', '--no-install', 'witgen', 'init')).toMatchObject({
        status: 0,
        stderr: '4 things added\n',
      })
      const first = run(folder, 'npm', 'run', 'build')
      expect(first).toMatchObject({ status: 0, stderr: '6 files written\n' })
      expect(first.stdout).toContain(version)

      const text = readFileSync(wit, 'utf8')
      writeFileSync(wit, text.replace('shout: func', 'whisper: func'))
      expect(run(folder, 'npm', 'run', 'build')).toMatchObject({ status: 0, stderr: '2 files written, 4 unchanged\n' })
      const before = readFileSync(generated, 'utf8')
      expect(before).toContain('whisper(text: string): string')

      writeFileSync(wit, text.replace('text: string) ->', 'text: strin) ->'))
      const broken = run(folder, 'npm', 'run', 'build')
      expect(broken.status).toBe(1)
      expect(broken.stderr).toMatch(/^wit\/pipeline\.wit:\d+:\d+ error WIT0031: the type `strin` is not defined$/mu)
      expect(broken.stdout).not.toContain(version)
      expect(readFileSync(generated, 'utf8')).toBe(before)
      writeFileSync(wit, text)
      expect(run(folder, 'npm', 'run', 'build')).toMatchObject({ status: 0 })
    },
  )

  test('--target js by a config file in TypeScript: runs without a compiler, and has types', SLOW, () => {
    const [guest] = guestFiles('rust/pipeline.wasm')
    const folder = member('javascript', {
      'package.json': '{ "type": "module" }',
      'witgen.config.ts': `import { defineConfig } from 'witgen'
        const target = 'js' as const
        export default defineConfig({ target, out: 'gen' })`,
      'tsconfig.json': JSON.stringify({
        files: ['main.ts'],
        compilerOptions: {
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noEmit: true,
          target: 'es2022',
          lib: ['es2022', 'dom'],
          module: 'nodenext',
          types: [],
        },
      }),
      'main.js': `import { Pipeline } from './gen/pipeline.js'
        const pipeline = await Pipeline.load('guest.wasm', { imports: { 'demo:pipeline/log': { log: () => {} } } })
        console.log(pipeline.analysis.shout('straße'))
        try { pipeline.analysis.summarise([]) } catch (error) { console.log(error.payload.tag) }
        pipeline.dispose()`,
      'main.ts': `import { Pipeline, type analysis } from './gen/pipeline.js'
        const pipeline = await Pipeline.load('x', { imports: { 'demo:pipeline/log': { log: (level) => void level } } })
        export const found: analysis.Sample | undefined = pipeline.analysis.find([], 1)
        // @ts-expect-error an id is a number
        pipeline.analysis.find([], '1')`,
    })
    cpSync(guest?.path ?? '', join(folder, 'guest.wasm'))
    const before = readdirSync(folder)
    expect(run(folder, 'npx', '--no-install', 'witgen')).toMatchObject({ status: 0, stderr: '14 files written\n' })
    expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual(['gen', 'witgen.lock.json'])
    expect(run(folder, node, 'main.js')).toMatchObject({ status: 0, stdout: 'STRASSE\nempty-input\n', stderr: '' })
    expect(run(folder, 'npx', '--no-install', 'witgen', '--check')).toMatchObject({ status: 0, stderr: '' })
    for (const compiler of ['typescript', 'typescript-5.9']) {
      const args = [join(root, 'node_modules', compiler, 'bin/tsc'), '-p', folder]
      expect(spawnSync(process.execPath, args, { encoding: 'utf8' })).toMatchObject({ stdout: '', status: 0 })
    }
  })

  test('a build script of your own', SLOW, () => {
    const folder = member('script', {
      'package.json': '{ "type": "module" }',
      'build.mjs': `import { DiagnosticError, defineConfig, generate } from 'witgen'
        const config = defineConfig({ inputs: ['wit'], out: 'gen' })
        const { written } = await generate(config)
        const { unchanged } = await generate({ ...config, mode: 'check' })
        try { await generate({ ...config, worlds: ['nothing'], out: 'never' }) } catch (error) {
          if (!(error instanceof DiagnosticError)) throw error
          console.log(written.length, unchanged.length, error.diagnostics[0].code, error.diagnostics[0].message)
        }
        try { await generate({ input: ['wit'] }) } catch (error) { console.log(error.message) }`,
    })
    expect(run(folder, node, 'build.mjs')).toMatchObject({
      status: 0,
      stdout: '6 6 GEN0001 no world is called `nothing`\nCFG0003: there is no option `input`\n',
      stderr: '',
    })
    expect(existsSync(join(folder, 'never'))).toBe(false)
  })

  test('--watch, until Ctrl-C', SLOW, async () => {
    const folder = member('watch', { 'package.json': '{ "type": "module" }' })
    const main = join(project, 'node_modules/witgen/dist/cli/main.js')
    const child = spawn(node, [main, '--watch'], { cwd: folder, env })
    const exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
    const printed = (pattern: RegExp): Promise<void> =>
      new Promise((resolve) => {
        let text = ''
        child.stderr.on('data', (chunk: Buffer) => {
          text += chunk.toString()
          if (pattern.test(text)) resolve()
        })
      })
    await printed(/watching .*\n/u)
    const edited = printed(/changed: wit\/pipeline\.wit\n.*written.*\n/u)
    const wit = join(folder, 'wit/pipeline.wit')
    writeFileSync(wit, readFileSync(wit, 'utf8').replace('shout: func', 'whisper: func'))
    await edited
    expect(readFileSync(join(folder, 'generated/demo/pipeline/analysis.ts'), 'utf8')).toContain('whisper(')
    child.kill('SIGINT')
    expect(await exit).toEqual({ code: 0, signal: null })
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
