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

async function interrupted(signal: NodeJS.Signals): Promise<{ code: unknown; signal: unknown }> {
  const exit = new Promise<{ code: unknown; signal: unknown }>((resolve) =>
    child.once('exit', (code, by) => resolve({ code, signal: by })),
  )
  child.kill(signal)
  return exit
}

const generated = (path: string): string => readFileSync(project.path(`generated/${path}`), 'utf8')
const DONE = /files? written.*\n/u

describe('the WIT', { timeout: 60_000 }, () => {
  test('a change, a mistake, its mending; Ctrl-C', async () => {
    start()
    expect(await printed(/watching .*\n/u)).toBe('3 files written\nwatching ./wit and the configuration; Ctrl-C ends\n')
    expect(generated('a/b/i.ts')).toContain('f(): void')

    project.write('wit/a.wit', wit('g: func();'))
    expect(await printed(DONE)).toBe('changed: wit/a.wit\n2 files written, 1 unchanged\n')
    expect(generated('a/b/i.ts')).toContain('g(): void')

    const before = generated('a/b/i.ts')
    project.write('wit/a.wit', wit('g: func(x: nothing);'))
    const mistake = await printed(/help|\n {2}5 \|/u)
    expect(mistake).toContain('wit/a.wit:3:26 error WIT0031: the type `nothing` is not defined')
    expect(generated('a/b/i.ts')).toBe(before)

    project.write('wit/a.wit', wit('h: func();'))
    expect(await printed(DONE)).toContain('2 files written')
    expect(generated('a/b/i.ts')).toContain('h(): void')
    expect(await interrupted('SIGINT')).toEqual({ code: 0, signal: null })
  })

  test('files that are added, removed and replaced; deps/', async () => {
    start()
    await printed(/watching/u)
    project.write('wit/more.wit', 'interface more { f: func(); }\nworld v { export more; }\n')
    expect(await printed(DONE)).toContain('changed: wit/more.wit\n3 files written')
    expect(existsSync(project.path('generated/v.ts'))).toBe(true)

    project.write('wit/deps/c/c.wit', 'package c:d; interface t { type x = u32; }\n')
    await printed(DONE)
    project.write('wit/more.wit', 'interface more { use c:d/t.{x}; f: func() -> x; }\nworld v { export more; }\n')
    expect(await printed(DONE)).toContain('changed: wit/more.wit')
    expect(generated('c/d/t.ts')).toContain('type X = number')

    project.write('wit/deps/c/c.wit', 'package c:d; interface t { type x = string; }\n')
    expect(await printed(DONE)).toContain('changed: wit/deps/c/c.wit')
    expect(generated('c/d/t.ts')).toContain('type X = string')

    // The way of most editors: a new file under the old name.
    project.write('wit/.a.wit.swp', wit('replaced: func();'))
    renameSync(project.path('wit/.a.wit.swp'), project.path('wit/a.wit'))
    expect(await printed(DONE)).toContain('changed: wit/a.wit')
    expect(generated('a/b/i.ts')).toContain('replaced(): void')

    rmSync(project.path('wit/more.wit'))
    expect(await printed(DONE)).toContain('removed')
    expect(existsSync(project.path('generated/v.ts'))).toBe(false)

    rmSync(project.path('wit'), { recursive: true })
    expect(await printed(/WIT007\d/u)).toContain('wit error WIT007')
    project.write('wit/a.wit', wit('back: func();'))
    await printed(DONE)
    expect(generated('a/b/i.ts')).toContain('back(): void')
    expect(await interrupted('SIGTERM')).toEqual({ code: 0, signal: null })
  })

  test('many changes are one round, and its own output is none', async () => {
    start('--out', 'wit/generated')
    await printed(/watching/u)
    for (let round = 0; round < 20; round++) project.write('wit/a.wit', wit(`f${round}: func();`))
    await printed(DONE)
    await sleep(1000)
    expect(output).toBe('')
    project.write('wit/notes.txt', 'no WIT')
    project.write('wit/generated/mine.ts', 'export {}')
    await sleep(1000)
    expect(output).toBe('')
    expect(readFileSync(project.path('wit/generated/a/b/i.ts'), 'utf8')).toContain('f19(): void')
  })

  test('a single file, which is yet to come', async () => {
    start('late/x.wit')
    await printed(/WIT0070[^]*watching/u)
    project.write('late/x.wit', wit('late: func();'))
    await printed(DONE)
    expect(generated('a/b/i.ts')).toContain('late(): void')
  })
})

describe('the configuration', { timeout: 60_000 }, () => {
  test('appears, changes, breaks, is mended', async () => {
    start()
    await printed(/watching/u)
    project.write('witgen.config.ts', `export default { out: 'other' }`)
    expect(await printed(DONE)).toContain('changed: witgen.config.ts\n')
    expect(statSync(project.path('other/w.ts')).isFile()).toBe(true)

    project.write('witgen.config.ts', `export default { uot: 'other' }`)
    expect(await printed(/help/u)).toContain('witgen.config.ts:1:18 error CFG0003: there is no option `uot`')

    project.write('second/a.wit', wit('second: func();'))
    project.write('witgen.config.ts', `export default { inputs: ['second'], out: 'other' }`)
    await printed(DONE)
    project.write('second/a.wit', wit('third: func();'))
    expect(await printed(DONE)).toContain('changed: second/a.wit\n')
    expect(readFileSync(project.path('other/a/b/i.ts'), 'utf8')).toContain('third(): void')
  })
})
