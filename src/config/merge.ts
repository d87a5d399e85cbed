import { isAbsolute, join, relative } from 'node:path'
import type { WitgenConfig } from './config.ts'
import type { LoadedConfig } from './load-config.ts'

/**
 * What the command line says, and for the rest what the configuration says, with its paths relative to the working folder
 * instead of its own. The defaults, too, lie beside the configuration.
 */
export function mergeConfig(flags: WitgenConfig, loaded: LoadedConfig | undefined): WitgenConfig {
  if (loaded === undefined) return flags
  const { config } = loaded
  const folder = relative('.', loaded.folder)
  const beside = (path: string): string => (isAbsolute(path) || folder === '' ? path : join(folder, path))
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
  return {
    ...config,
    inputs: (config.inputs ?? ['./wit']).map(beside),
    out: beside(config.out ?? './generated'),
    ...given,
  }
}
