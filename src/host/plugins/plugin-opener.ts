import { WasmError } from '../../runtime/index.ts'
import { checkManagerOptions } from './check-options.ts'
import { findWorld, type FoundWorld } from './find-world.ts'
import { functionTable, type FunctionTable } from './function-table.ts'
import { named } from './plugin-errors.ts'
import type { PluginEntry } from './plugin-entry.ts'
import { pluginFace } from './plugin-face.ts'
import type { ImportsFor, PluginId, PluginManagerOptions, PluginSource, SwapOptions } from './plugin-options.ts'
import { PluginVersion } from './plugin-version.ts'
import { probeGuest } from './probe.ts'
import type { Plugin, SharedOptions, WorldClass, WorldClasses, WorldObject } from './world-class.ts'

/** Makes guests of sources, with everything checked that can be checked before they serve. */
export class PluginOpener<W extends WorldClasses> {
  readonly #worlds: W
  readonly #imports: PluginManagerOptions<W>['imports']
  readonly #shared: SharedOptions
  /** All objects of a class have the same functions. */
  readonly #tables: Map<WorldClass, FunctionTable> = new Map()

  /** @throws WasmError `InvalidParam` for options that are none */
  constructor(options: PluginManagerOptions<W>) {
    checkManagerOptions(options)
    const { worlds, imports, ...shared } = options
    this.#worlds = worlds
    this.#imports = imports
    this.#shared = shared
  }

  /**
   * A guest that fits its world and has passed its probe.
   *
   * @throws WasmError what the world class throws; `WorldMismatch` when no world is given and it fits none or several; `Cancelled`
   * when its probe fails. Nothing of the guest is left then.
   */
  async open(
    entry: PluginEntry<unknown>,
    source: PluginSource,
    options: SwapOptions<W, keyof W>,
  ): Promise<PluginVersion> {
    const { world: given, imports, probe, probeMs, drainMs: _, ...own } = options
    const { name } = entry
    const shared = { ...this.#shared, ...own }
    const id: PluginId = { name, version: entry.nextVersion() }
    let version: PluginVersion
    try {
      const importsOf = (world: keyof W): unknown => importsFor(imports ?? this.#imports?.[world], id)
      const { world, compiled } = await this.#find(source, name, given, shared, importsOf)
      const World = this.#world(world, name)
      const object = World.instantiate(compiled, { ...shared, name, imports: importsOf(world) } as never)
      version = new PluginVersion(id, world, object, this.#tableOf(World, object))
    } catch (error) {
      throw named(error, name)
    }
    if (probe === undefined) return version
    try {
      const plugin = pluginFace(version.table, () => version) as Plugin<never>
      await probeGuest(name, () => probe(plugin), probeMs)
      return version
    } catch (error) {
      version.end()
      throw error
    }
  }

  async #find(
    source: PluginSource,
    name: string,
    given: keyof W | undefined,
    shared: SharedOptions,
    importsOf: (world: string) => unknown,
  ): Promise<FoundWorld> {
    const [first, ...others] = Object.keys(this.#worlds)
    const world = given === undefined && others.length === 0 ? first : given
    if (world === undefined) return findWorld(this.#worlds, source, name, shared, importsOf)
    return { world: String(world), compiled: await this.#world(world, name).compile(source, shared) }
  }

  #world(world: keyof W, name: string): WorldClass {
    const World = Object.hasOwn(this.#worlds, world) ? this.#worlds[world] : undefined
    if (World !== undefined) return World
    const text = `the manager has no world ${String(world)}; it has: ${Object.keys(this.#worlds).join(', ')}`
    throw new WasmError('InvalidParam', name, undefined, text)
  }

  #tableOf(World: WorldClass, object: WorldObject): FunctionTable {
    let table = this.#tables.get(World)
    if (table === undefined) this.#tables.set(World, (table = functionTable(object)))
    return table
  }
}

function importsFor(imports: ImportsFor<WorldClass> | undefined, id: PluginId): unknown {
  return typeof imports === 'function' ? imports(id) : imports
}
