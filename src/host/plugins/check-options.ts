import { checkHooks, refuseUnknown } from '../../runtime/known-keys.ts'
import type { PluginManagerOptions, SwapOptions, UnloadOptions } from './plugin-options.ts'
import type { SharedOptions, WorldClasses } from './world-class.ts'

/** What errors of a manager, which belong to no plugin, call the module. */
export const MANAGER = 'plugins'

const SHARED = ['hooks', 'logger', 'wasi', 'policy'] as const satisfies readonly (keyof SharedOptions)[]
const OWN = ['world', 'imports', 'probe', 'probeMs'] as const
const UNLOAD = ['drainMs'] as const satisfies readonly (keyof UnloadOptions)[]

const OF_MANAGER: ReadonlySet<string> = new Set<keyof PluginManagerOptions<WorldClasses>>([
  'worlds',
  'imports',
  ...SHARED,
])
const OF_LOAD: ReadonlySet<string> = new Set<keyof SwapOptions<WorldClasses, string>>([...OWN, ...SHARED])
const OF_SWAP: ReadonlySet<string> = new Set<keyof SwapOptions<WorldClasses, string>>([...OWN, ...SHARED, ...UNLOAD])
const OF_UNLOAD: ReadonlySet<string> = new Set<string>(UNLOAD)

/** @throws WasmError `InvalidParam` for options of a manager that are none, and imports of a world that it does not have */
export function checkManagerOptions(options: PluginManagerOptions<WorldClasses>): void {
  refuseUnknown(options, OF_MANAGER, 'options', MANAGER)
  checkHooks(options.hooks, MANAGER)
  const worlds = new Set(Object.keys(options.worlds ?? {}))
  refuseUnknown(options.worlds, worlds, 'worlds', MANAGER)
  if (options.imports !== undefined) refuseUnknown(options.imports, worlds, 'imports', MANAGER)
}

/** @throws WasmError `InvalidParam` for options of `load` that are none */
export function checkLoadOptions(options: object, name: string): void {
  refuseUnknown(options, OF_LOAD, 'options', name)
}

/** @throws WasmError `InvalidParam` for options of `swap` that are none */
export function checkSwapOptions(options: object, name: string): void {
  refuseUnknown(options, OF_SWAP, 'options', name)
}

/** @throws WasmError `InvalidParam` for options of `unload` or `dispose` that are none */
export function checkUnloadOptions(options: object, name: string): void {
  refuseUnknown(options, OF_UNLOAD, 'options', name)
}
