import type { WasiOptions } from './options.ts'

/** What a guest can be granted of WASI. */
export const WASI_OPTIONS: ReadonlySet<string> = new Set<keyof WasiOptions>([
  'args',
  'env',
  'preopens',
  'stdin',
  'stdout',
  'stderr',
  'clocks',
  'random',
  'net',
])
