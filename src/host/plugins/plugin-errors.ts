import { WasmError } from '../../runtime/index.ts'
import { nearMiss } from '../../runtime/near-miss.ts'

/** How many names a message lists. */
const LISTED = 20

/** `ModuleNotLoaded`: there is no such plugin; says which there are, and which was probably meant. */
export function notLoaded(name: string, loaded: readonly string[]): WasmError {
  const near = nearMiss(name, loaded)
  const hint = near === undefined ? '' : `; did you mean '${near}'?`
  const text = `no plugin is loaded under this name; loaded: ${listed(loaded)}${hint}`
  return new WasmError('ModuleNotLoaded', name, undefined, text)
}

/** `ModuleNotLoaded`: the plugin was asked for before it was there. */
export function stillLoading(name: string): WasmError {
  return new WasmError('ModuleNotLoaded', name, undefined, 'the plugin is still being loaded: await load() first')
}

/** @param state what there is under the name */
export function alreadyLoaded(name: string, state: string): WasmError {
  const text = `the name is taken: ${state}; swap() replaces a plugin, unload() takes it out`
  return new WasmError('ModuleAlreadyLoaded', name, undefined, text)
}

/** `InvalidParam`: the world of the plugin has no function under this path. */
export function noFunction(name: string, world: string, path: unknown, paths: readonly string[]): WasmError {
  const near = nearMiss(String(path), paths)
  const hint = near === undefined ? '' : `; did you mean '${near}'?`
  const text = `the world ${world} has no function '${String(path)}'; it has: ${listed(paths)}${hint}`
  return new WasmError('InvalidParam', name, undefined, text)
}

/** An error of a guest that had no name yet, with the name of its plugin. */
export function named(error: unknown, name: string): unknown {
  if (!(error instanceof WasmError) || error.module === name) return error
  const prefix = `wasm module ${error.module} error [${error.code} ${error.codeName}]: `
  if (!error.message.startsWith(prefix)) return error
  const text = error.message.slice(prefix.length)
  return new WasmError(
    error.codeName,
    name,
    error.function,
    text,
    'cause' in error ? { cause: error.cause } : undefined,
  )
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none'
  const rest = names.length - LISTED
  return `${names.slice(0, LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
