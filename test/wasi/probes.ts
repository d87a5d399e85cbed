import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, instantiate, type CompiledComponent, type Logger, type WasiOptions } from 'witgen/runtime'
import { guestPath } from '../guests/guests.ts'

/** A program of `test/guests/wasi-*` for the command line: what it does is its first argument. */
export interface Probe {
  readonly language: 'c' | 'rust' | 'go'
  readonly component: string
  /** What its language's runtime needs before the program begins. */
  readonly needs: WasiOptions
}

export const probes: readonly Probe[] = [
  { language: 'c', component: 'wasi-c/probe.wasm', needs: {} },
  { language: 'rust', component: 'wasi-rust/probe.wasm', needs: {} },
  { language: 'go', component: 'wasi-go/probe.wasm', needs: { clocks: true, random: true } },
]

const compiled = new Map<string, Promise<CompiledComponent>>()

/** A guest of `test/guests`, compiled once. */
export function compiledGuest(component: string): Promise<CompiledComponent> {
  let promise = compiled.get(component)
  if (promise === undefined) compiled.set(component, (promise = guestPath(component).then((path) => compile(path))))
  return promise
}

/** A line of the log. */
export type LogLine = readonly [level: string, fields: object, message: string]

/**
 * A logger that keeps what guests say, and denials, without the fields that say which call it was (test/runtime/log.test.ts
 * is about those).
 */
export function recorder(): { readonly logger: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const at =
    (level: string) =>
    (fields: object, message: string): void => {
      const { instance: _, call: __, function: func, event, ...rest } = fields as Readonly<Record<string, unknown>>
      if (event === undefined) lines.push([level, rest, message])
      else if (event === 'denied') lines.push([level, { ...rest, function: func }, message])
    }
  const [trace, debug, info, warn, error, fatal] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map(at)
  return { logger: { trace, debug, info, warn, error, fatal } as Logger, lines }
}

/** What a run of a command-line program came to. */
export interface Run {
  readonly stdout: string
  readonly stderr: string
  /** What `wasi:cli/run` threw. */
  readonly error: unknown
  readonly log: readonly LogLine[]
}

/** Runs a command-line program; its output is kept unless the options say where it goes. */
export function runCommand(component: CompiledComponent, wasi: WasiOptions): Run {
  const out: { readonly stdout: Uint8Array[]; readonly stderr: Uint8Array[] } = { stdout: [], stderr: [] }
  const { logger, lines } = recorder()
  const guest = instantiate<{ 'wasi:cli/run': { run(): void } }>(component, {
    name: 'probe',
    logger,
    wasi: { stdout: (bytes) => void out.stdout.push(bytes), stderr: (bytes) => void out.stderr.push(bytes), ...wasi },
  })
  let error: unknown
  try {
    guest.exports['wasi:cli/run'].run()
  } catch (thrown) {
    error = thrown
  }
  guest.dispose()
  const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString()
  return { stdout: text(out.stdout), stderr: text(out.stderr), error, log: lines }
}

/** A folder with things to be granted, and things beside them that are not. */
export interface Fixture {
  /** `hello.txt`, `sub/inner.txt`, and links: `in` into the folder, `out`, `absolute` and `up` out of it, `loop` to itself. */
  readonly readable: string
  readonly writable: string
  /** Beside both, not granted. */
  readonly secret: string
  remove(): void
}

export function makeFixture(): Fixture {
  const root = mkdtempSync(join(tmpdir(), 'witgen-wasi-'))
  const [readable, writable, secret] = [join(root, 'readable'), join(root, 'writable'), join(root, 'secret.txt')]
  mkdirSync(join(readable, 'sub'), { recursive: true })
  mkdirSync(writable)
  writeFileSync(secret, 'secret')
  writeFileSync(join(readable, 'hello.txt'), 'hello')
  writeFileSync(join(readable, 'sub/inner.txt'), 'inner')
  symlinkSync('sub/../sub/inner.txt', join(readable, 'in'))
  symlinkSync('../secret.txt', join(readable, 'out'))
  symlinkSync(secret, join(readable, 'absolute'))
  symlinkSync('..', join(readable, 'up'))
  symlinkSync('loop', join(readable, 'loop'))
  return { readable, writable, secret, remove: () => rmSync(root, { recursive: true, force: true }) }
}
