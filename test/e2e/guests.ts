import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { log } from '../../generated/pipeline.ts'
import { Pipeline } from '../../generated/pipeline.ts'

/** Where the built guests lie: the committed ones, or with `WITGEN_GUESTS` those of `npm run guests -- --out DIR`. */
const folder: string = process.env['WITGEN_GUESTS'] ?? fileURLToPath(new URL('../guests/', import.meta.url))

/** The Rust guest of the sample world. */
export const rustGuest: string = join(folder, 'rust/pipeline.wasm')

/** A guest of another world that only looks like the sample world. */
export const wrongGuest: string = join(folder, 'rust-wrong/pipeline.wasm')

/** One line that a guest logged. */
export type LogLine = readonly [level: log.Level, message: string]

/** An instance of the Rust guest, and the lines that it logs. */
export async function loadRust(): Promise<{ readonly pipeline: Pipeline; readonly lines: LogLine[] }> {
  const lines: LogLine[] = []
  const write = (level: log.Level, message: string): void => void lines.push([level, message])
  return { pipeline: await loadWithLog(write), lines }
}

/** An instance of the Rust guest with the host's `log` given. */
export function loadWithLog(write: (level: log.Level, message: string) => void): Promise<Pipeline> {
  return Pipeline.load(rustGuest, { imports: { 'demo:pipeline/log': { log: write } } })
}

/** What `call` throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** What `call` rejects with. */
export async function rejectionOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
