import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from '../../src/generate.ts'
import { scaffold, type ScaffoldOptions, type ScaffoldResult } from '../../src/scaffold/scaffold.ts'

/** Each folder: what a host looked like (`before`, for `before.wit`), and what becomes of it when the WIT is `after.wit`. */
export const golden: string = fileURLToPath(new URL('golden/', import.meta.url))

export const CASES: readonly string[] = readdirSync(golden).sort()

/** A folder for projects in which `witgen/runtime` is found. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'witgen-scaffold-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), join(folder, 'node_modules/witgen'))
  return folder
}

/** A project with one WIT file, its generated code, and what stands in a folder of the case. */
export async function project(folder: string, wit: string, sources: string | undefined): Promise<void> {
  mkdirSync(join(folder, 'wit'), { recursive: true })
  cpSync(wit, join(folder, 'wit/world.wit'))
  if (sources !== undefined) cpSync(sources, folder, { recursive: true })
  await generate({
    inputs: [join(folder, 'wit')],
    worlds: [],
    out: join(folder, 'generated'),
    importExtension: 'js',
    features: new Set(),
    mode: 'write',
  })
}

/** `witgen scaffold` in a project. */
export function scaffoldIn(folder: string, options: Partial<ScaffoldOptions> = {}): Promise<ScaffoldResult> {
  return scaffold({
    inputs: [join(folder, 'wit')],
    world: undefined,
    out: join(folder, 'host.ts'),
    generated: join(folder, 'generated'),
    importExtension: undefined,
    wasi: false,
    features: new Set(),
    mode: 'write',
    ...options,
  })
}

/** The files of a folder that end in `.ts`, by name. */
export function sourcesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
