import { expectThat } from '../expect.ts'
import { isObject } from '../../runtime/abi/checks.ts'
import { checkHooks, checkLogger, checkWasi, refuseUnknown } from '../../runtime/known-keys.ts'
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

/** Options of which nothing is known yet. */
type Given = Readonly<Partial<Record<keyof SwapOptions<WorldClasses, string>, unknown>>>

/** @throws WasmError `InvalidParam` for options of a manager that are none, and imports of a world that it does not have */
export function checkManagerOptions(options: PluginManagerOptions<WorldClasses>): void {
  refuseUnknown(options, OF_MANAGER, 'options', MANAGER)
  checkShared(options, MANAGER)
  const worlds = new Set(Object.keys(options.worlds ?? {}))
  refuseUnknown(options.worlds, worlds, 'worlds', MANAGER)
  for (const [world, World] of Object.entries(options.worlds)) {
    expectThat(isWorldClass(World), `worlds.${world}`, 'a generated world class', World, MANAGER)
  }
  if (options.imports === undefined) return
  refuseUnknown(options.imports, worlds, 'imports', MANAGER)
  for (const [world, imports] of Object.entries(options.imports)) checkImports(imports, `imports.${world}`, MANAGER)
}

/** @throws WasmError `InvalidParam` for options of `load` that are none */
export function checkLoadOptions(options: Given, name: string): void {
  refuseUnknown(options, OF_LOAD, 'options', name)
  checkOwn(options, name)
}

/** @throws WasmError `InvalidParam` for options of `swap` that are none */
export function checkSwapOptions(options: Given, name: string): void {
  refuseUnknown(options, OF_SWAP, 'options', name)
  checkOwn(options, name)
  checkMs(options.drainMs, 'drainMs', name)
}

/** @throws WasmError `InvalidParam` for options of `unload` or `dispose` that are none */
export function checkUnloadOptions(options: UnloadOptions, name: string): void {
  refuseUnknown(options, OF_UNLOAD, 'options', name)
  checkMs(options.drainMs, 'drainMs', name)
}

function checkOwn(options: Given, name: string): void {
  const { probe, probeMs, imports } = options
  checkShared(options, name)
  checkImports(imports, 'imports', name)
  expectThat(probe === undefined || typeof probe === 'function', 'probe', 'a function', probe, name)
  checkMs(probeMs, 'probeMs', name)
}

function checkShared({ hooks, logger, wasi }: Given, name: string): void {
  checkHooks(hooks, name)
  checkLogger(logger, name)
  checkWasi(wasi, name)
}

function checkImports(imports: unknown, where: string, name: string): void {
  const isRight = imports === undefined || typeof imports === 'function' || isObject(imports)
  expectThat(isRight && !Array.isArray(imports), where, 'an object, or a function that gives one', imports, name)
}

function checkMs(ms: unknown, where: string, name: string): void {
  expectThat(ms === undefined || (typeof ms === 'number' && ms >= 0), where, 'milliseconds', ms, name)
}

function isWorldClass(World: unknown): boolean {
  const isSome = typeof World === 'function' || isObject(World)
  return isSome && 'compile' in World && 'instantiate' in World
}
