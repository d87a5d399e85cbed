import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wasiPackages } from '../conformance/wasi-packages.ts'
import { BuiltCli } from '../determinism/built-cli.ts'

/** How long the published command takes, in milliseconds: the least of several runs, each in a process of its own. */
export interface GenerateTimes {
  /** `node -e 0`, which every other time contains. */
  readonly nodeMs: number
  readonly versionMs: number
  /** wasi:cli/command; undefined where its WIT cannot be fetched. */
  readonly wasi: { readonly coldMs: number; readonly unchangedMs: number; readonly checkMs: number } | undefined
  /** First runs for packages of twice as many functions each. */
  readonly growth: readonly { readonly functions: number; readonly ms: number }[]
}

/** Measures the command of a build of its own on `node`. */
export function runGenerate(node: string, quick: boolean): GenerateTimes {
  const folder = mkdtempSync(join(tmpdir(), 'witgen-bench-'))
  try {
    const cli = new BuiltCli(join(folder, 'package'))
    const binary = { path: node, version: '' }
    const witgen = (...args: string[]): number => {
      const start = performance.now()
      const { status, stderr } = cli.run(binary, folder, args)
      if (status !== 0) throw new Error(`witgen ${args.join(' ')} failed: ${stderr}`)
      return performance.now() - start
    }
    const fresh = (...args: string[]): number => {
      rmSync(join(folder, 'out'), { recursive: true, force: true })
      return witgen('generate', ...args, '--out', 'out')
    }
    const wasi = wasiFolder()
    if (wasi !== undefined) cpSync(wasi, join(folder, 'wasi/wit'), { recursive: true })
    const sizes = quick ? [50, 100] : [50, 100, 200, 400, 800, 1600]
    for (const functions of sizes) {
      mkdirSync(join(folder, String(functions)))
      writeFileSync(join(folder, `${functions}/world.wit`), packageOf(functions))
    }
    const least = new Map<string, number>()
    const note = (what: string, ms: number): unknown => least.set(what, Math.min(ms, least.get(what) ?? Infinity))
    // Round by round, so that a slow moment of the machine meets all of them.
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      note('node', timeOf(node, ['-e', '0']))
      note('version', witgen('--version'))
      if (wasi !== undefined) {
        const args = ['wasi/wit', '--world', 'command']
        note('cold', fresh(...args))
        note('unchanged', witgen('generate', ...args, '--out', 'out'))
        note('check', witgen('generate', ...args, '--out', 'out', '--check'))
      }
      for (const functions of sizes) note(String(functions), fresh(`${functions}/world.wit`))
    }
    const of = (what: string): number => least.get(what) ?? Number.NaN
    return {
      nodeMs: of('node'),
      versionMs: of('version'),
      wasi: wasi === undefined ? undefined : { coldMs: of('cold'), unchangedMs: of('unchanged'), checkMs: of('check') },
      growth: sizes.map((functions) => ({ functions, ms: of(String(functions)) })),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function timeOf(node: string, args: readonly string[]): number {
  const start = performance.now()
  spawnSync(node, args)
  return performance.now() - start
}

/** The WIT of wasi:cli with what it refers to; undefined where it is not at hand. */
export function wasiFolder(): string | undefined {
  try {
    return wasiPackages('WASI 0.2').get('cli')
  } catch {
    return undefined
  }
}

/** A package of so many functions, in interfaces of 25, each with types of its own. */
function packageOf(functions: number): string {
  const faces = Array.from({ length: Math.ceil(functions / 25) }, (_, i) => `part${i}`)
  const body = Array.from({ length: 25 }, (_, i) => {
    return `record r${i} { a: u32, b: string, c: list<f64> } f${i}: func(x: r${i}, y: list<r${i}>) -> result<r${i}, string>;`
  }).join('\n')
  const exports = faces.map((face, i) => `${i % 2 === 0 ? 'export' : 'import'} ${face};`)
  return `package bench:growth;\n${faces.map((face) => `interface ${face} {\n${body}\n}`).join('\n')}\nworld w { ${exports.join(' ')} }\n`
}

/** The times, one a line, beside what they should be. */
export function generateTable({ nodeMs, versionMs, wasi, growth }: GenerateTimes): string[] {
  const ms = (n: number): string => `${n.toFixed(0)} ms`
  const steps = growth.slice(1).map(({ functions, ms: time }, i) => {
    const factor = time / (growth[i]?.ms ?? Number.NaN)
    return `  ${String(functions).padStart(5)} functions  ${ms(time).padStart(8)}, ${factor.toFixed(2)} × half of them (at most 2.4)`
  })
  return [
    `node -e 0: ${ms(nodeMs)}; witgen --version: ${ms(versionMs)}, ${(versionMs / nodeMs).toFixed(2)} × (at most 1.5)`,
    wasi === undefined
      ? 'wasi:cli/command is not measured: its WIT comes through cargo'
      : `wasi:cli/command: cold ${ms(wasi.coldMs)} (at most 250), nothing changed ${ms(wasi.unchangedMs)} (at most 120), --check ${ms(wasi.checkMs)}`,
    ...steps,
  ]
}
