import type { WasiFace } from './face.ts'
import type { WasiOptions } from './options.ts'

/** `wasi:cli/environment`: what the host grants, and no working folder. */
export function environment({ args = [], env = {} }: Pick<WasiOptions, 'args' | 'env'>): WasiFace {
  return {
    getEnvironment: (): [string, string][] => Object.entries(env),
    getArguments: (): readonly string[] => args,
    initialCwd: (): undefined => undefined,
  }
}
