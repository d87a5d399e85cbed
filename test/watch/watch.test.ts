// `generate --watch`, as a process of its own on a project of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ScratchProject } from '../helpers/scratch-project.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

const wit = (body: string): string => `package a:b;\n\ninterface i { ${body} }\n\nworld w { export i; }\n`
const PATIENCE_MS = 20_000

let project: ScratchProject
let child: ChildProcess
let output = ''
beforeEach(() => {
  project = new ScratchProject({ 'wit/a.wit': wit('f: func();') })
  output = ''
})
afterEach(() => {
  child.kill('SIGKILL')
  project.remove()
})

function start(...args: string[]): void {
  child = spawn(process.execPath, ['--conditions=witgen-source', main, 'generate', '--watch', ...args], {
    cwd: project.folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
}

/** Waits for what is printed from now on to match, and gives it; what was printed before is forgotten. */
async function printed(pattern: RegExp): Promise<string> {
  const end = Date.now() + PATIENCE_MS
  while (!pattern.test(output)) {
    if (Date.now() > end) throw new Error(`waited for ${pattern}, got:\n${output}`)
    await sleep(20)
  }
  const found = output
  output = ''
  return found
}

/** Waits until nothing has been printed for a second. */
async function quiet(): Promise<void> {
  for (let before = ''; ; before = output) {
    await sleep(1000)
    if (before === output) return
  }
}

async function interrupted(signal: NodeJS.Signals): Promise<{ code: unknown; signal: unknown }> {
  const exit = new Promise<{ code: unknown; signal: unknown }>((resolve) =>
    child.once('exit', (code, by) => resolve({ code, signal: by })),
  )
  child.kill(signal)
  return exit
}

const generated = (path: string): string => readFileSync(project.path(`generated/${path}`), 'utf8')

describe('the WIT', { timeout: 60_000 }, () => {
  test('a change, a mistake, its mending; Ctrl-C', async () => {
    start()
    expect(await printed(/watching .*\n/u)).toBe('3 files written\nwatching ./wit and the configuration; Ctrl-C ends\n')
    expect(generated('a/b/i.ts')).toContain('f(): void')

    project.write('wit/a.wit', wit('g: func();'))
    await printed(/^changed: wit\/a\.wit\n2 files written, 1 unchanged$/mu)
    expect(generated('a/b/i.ts')).toContain('g(): void')

    const before = generated('a/b/i.ts')
    project.write('wit/a.wit', wit('g: func(x: nothing);'))
    const mistake = await printed(/help|\n {2}5 \|/u)
    expect(mistake).toContain('wit/a.wit:3:26 error WIT0031: the type `nothing` is not defined')
    expect(generated('a/b/i.ts')).toBe(before)

    project.write('wit/a.wit', wit('h: func();'))
    await printed(/^2 files written/mu)
    expect(generated('a/b/i.ts')).toContain('h(): void')
    expect(await interrupted('SIGINT')).toEqual({ code: 0, signal: null })
  })

  test('files that are added, removed and replaced; deps/', async () => {
    start()
    await printed(/watching/u)
    project.write('wit/more.wit', 'interface more { f: func(); }\nworld v { export more; }\n')
    await printed(/^changed: wit\/more\.wit\n3 files written/mu)
    expect(existsSync(project.path('generated/v.ts'))).toBe(true)

    project.write('wit/deps/c/c.wit', 'package c:d; interface t { type x = u32; }\n')
    await printed(/^changed: wit\/deps[^]*files? written/mu)
    project.write('wit/more.wit', 'interface more { use c:d/t.{x}; f: func() -> x; }\nworld v { export more; }\n')
    await printed(/^changed: wit\/more\.wit\n[1-9]\d* files? written/mu)
    expect(generated('c/d/t.ts')).toContain('type X = number')

    project.write('wit/deps/c/c.wit', 'package c:d; interface t { type x = string; }\n')
    await printed(/^changed: wit\/deps\/c\/c\.wit\n[1-9]\d* files? written/mu)
    expect(generated('c/d/t.ts')).toContain('type X = string')

    // The way of most editors: a new file under the old name.
    project.write('wit/.a.wit.swp', wit('replaced: func();'))
    renameSync(project.path('wit/.a.wit.swp'), project.path('wit/a.wit'))
    await printed(/^changed: wit\/a\.wit\n[1-9]\d* files? written/mu)
    expect(generated('a/b/i.ts')).toContain('replaced(): void')

    rmSync(project.path('wit/more.wit'))
    await printed(/files? written, \d+ removed/u)
    expect(existsSync(project.path('generated/v.ts'))).toBe(false)

    rmSync(project.path('wit'), { recursive: true })
    expect(await printed(/WIT007\d/u)).toContain('wit error WIT007')
    project.write('wit/a.wit', wit('back: func();'))
    await printed(/^[1-9]\d* files? written/mu)
    expect(generated('a/b/i.ts')).toContain('back(): void')
    expect(await interrupted('SIGTERM')).toEqual({ code: 0, signal: null })
  })

  test('many changes are one round, and its own output is none', async () => {
    start('--out', 'wit/generated')
    await printed(/watching/u)
    for (let round = 0; round < 20; round++) project.write('wit/a.wit', wit(`f${round}: func();`))
    const last = project.path('wit/generated/a/b/i.ts')
    await expect.poll(() => readFileSync(last, 'utf8'), { timeout: PATIENCE_MS }).toContain('f19(): void')
    await quiet()
    expect(output.match(/^changed: /gmu)?.length).toBeLessThanOrEqual(3)
    output = ''
    project.write('wit/notes.txt', 'no WIT')
    project.write('wit/generated/mine.ts', 'export {}')
    await quiet()
    expect(output).toBe('')
  })

  test('a single file, which is yet to come', async () => {
    start('late/x.wit')
    await printed(/WIT0070[^]*watching/u)
    project.write('late/x.wit', wit('late: func();'))
    await printed(/^[1-9]\d* files? written/mu)
    expect(generated('a/b/i.ts')).toContain('late(): void')
  })
})

describe('the configuration', { timeout: 60_000 }, () => {
  test('appears, changes, breaks, is mended', async () => {
    start()
    await printed(/watching/u)
    project.write('witgen.config.ts', `export default { out: 'other' }`)
    await printed(/^changed: witgen\.config\.ts\n[1-9]\d* files? written/mu)
    expect(statSync(project.path('other/w.ts')).isFile()).toBe(true)

    project.write('witgen.config.ts', `export default { uot: 'other' }`)
    expect(await printed(/help/u)).toContain('witgen.config.ts:1:18 error CFG0003: there is no option `uot`')

    project.write('second/a.wit', wit('second: func();'))
    project.write('witgen.config.ts', `export default { inputs: ['second'], out: 'other' }`)
    await printed(/^[1-9]\d* files? written/mu)
    project.write('second/a.wit', wit('third: func();'))
    await printed(/^changed: second\/a\.wit\n[1-9]\d* files? written/mu)
    expect(readFileSync(project.path('other/a/b/i.ts'), 'utf8')).toContain('third(): void')
  })
})
