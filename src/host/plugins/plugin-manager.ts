/// <reference lib="esnext.disposable" preserve="true" />
import { isWasmError, WasmError } from '../../runtime/index.ts'
import { checkLoadOptions, checkSwapOptions, checkUnloadOptions, MANAGER } from './check-options.ts'
import type { ArgumentsOf, PathOf, ResultOf } from './function-path.ts'
import { alreadyLoaded, noFunction, notLoaded } from './plugin-errors.ts'
import { PluginEntry } from './plugin-entry.ts'
import { pluginFace } from './plugin-face.ts'
import { PluginOpener } from './plugin-opener.ts'
import type {
  Drained,
  LoadOptions,
  PluginId,
  PluginInfo,
  PluginManagerOptions,
  PluginSource,
  SwapOptions,
  UnloadOptions,
} from './plugin-options.ts'
import type { PluginVersion } from './plugin-version.ts'
import type { ObjectOf, Plugin, WorldClasses } from './world-class.ts'

/** How long users of a guest are waited for unless told otherwise, in milliseconds. */
const DRAIN_MS = 10_000

/**
 * Plugins by name: guests that are loaded, called, swapped for others while they are in use, and unloaded.
 *
 * Calls are synchronous and always reach exactly one guest. Until a swap has checked its new guest, calls go to the old one; the
 * switch itself is one step; those who still use the old guest (callbacks of `use`, objects of its resources) keep it until they
 * are done, or until `drainMs` have passed. Changes of one plugin run one after the other, in the order they were asked for.
 *
 * ```ts
 * await using plugins = new PluginManager({ worlds: { pipeline: Pipeline }, imports: { pipeline: { … } } })
 * await plugins.load('shout', 'shout.wasm')
 * plugins.call('shout', 'analysis.shout', 'text')
 * await plugins.swap('shout', 'shout-2.wasm', { probe: ({ analysis }) => analysis.shout('a') === 'A' })
 * ```
 */
export class PluginManager<const W extends WorldClasses> {
  readonly #opener: PluginOpener<W>
  readonly #entries: Map<string, PluginEntry<LoadOptions<W, keyof W>>> = new Map()
  /** Guests that serve no more and have users yet. */
  readonly #ending: Map<PluginVersion, Promise<Ended>> = new Map()
  #isDisposed = false

  /** @throws WasmError `InvalidParam` for options that are none */
  constructor(options: PluginManagerOptions<W>) {
    this.#opener = new PluginOpener(options)
  }

  /**
   * Loads a guest under a name, which is taken from now on.
   *
   * @returns the plugin: an object like one of its world class, which calls the guest that serves under the name at each time
   * @throws WasmError `InvalidParam` for options that are none; `ModuleAlreadyLoaded` when the name is taken, also by a plugin that is still being loaded; `WorldMismatch`
   * when the guest fits none or several of the worlds and `world` does not say which; `Cancelled` when its probe fails; what the
   * world class throws
   */
  async load<K extends keyof W & string = keyof W & string>(
    name: string,
    source: PluginSource,
    options: LoadOptions<W, K> = {},
  ): Promise<Plugin<ObjectOf<W[K]>>> {
    this.#checkOpen(name)
    checkLoadOptions(options, name)
    const taken = this.#entries.get(name)
    if (taken !== undefined) throw alreadyLoaded(name, stateOf(taken.current))
    const entry = new PluginEntry<LoadOptions<W, keyof W>>(name, options as LoadOptions<W, keyof W>)
    this.#entries.set(name, entry)
    await entry.exclusively(async () => {
      try {
        entry.current = await this.#open(entry, source, entry.options)
      } catch (error) {
        entry.takeOut()
        this.#entries.delete(name)
        throw error
      }
      log('info', 'load', entry.current, 'a plugin has been loaded')
    })
    return entry.face() as Plugin<ObjectOf<W[K]>>
  }

  /**
   * The plugin of a name: an object like one of its world class. Its functions call the guest that serves at each time, its
   * classes are that guest's.
   *
   * @param world the world that the plugin is expected to be of, for the type
   * @throws WasmError `ModuleNotLoaded`; `WorldMismatch` when it is of another world
   */
  get<K extends keyof W & string = keyof W & string>(name: string, world?: K): Plugin<ObjectOf<W[K]>> {
    const entry = this.#entry(name)
    checkWorld(entry.live(this.#names), world)
    return entry.face() as Plugin<ObjectOf<W[K]>>
  }

  /** Whether a plugin of the name serves. */
  has(name: string): boolean {
    return this.#entries.get(name)?.current !== undefined
  }

  /**
   * Calls a function of a plugin, synchronously.
   *
   * @param path `iface.func`, or `func` for a function of the world itself, as the world class has them
   * @throws WasmError `ModuleNotLoaded` with the names that there are; `InvalidParam` when its world has no such function; what
   * the function throws
   */
  call<P extends PathOf<W>>(name: string, path: P, ...args: ArgumentsOf<W, P>): ResultOf<W, P> {
    const version = this.#entry(name).live(this.#names)
    const at = version.table.functions.get(path)
    if (at === undefined) throw noFunction(name, version.world, path, [...version.table.functions.keys()])
    return version.call(at, args) as ResultOf<W, P>
  }

  /**
   * Uses one guest for a while: calls of what `run` is given all go to the guest that serves now, which is kept until what
   * `run` returns has settled (a swap or unload waits for it, `drainMs` at most).
   *
   * @param world the world that the plugin is expected to be of, for the type
   * @throws WasmError `ModuleNotLoaded`; `WorldMismatch` when it is of another world; what `run` throws
   */
  async use<R, K extends keyof W & string = keyof W & string>(
    name: string,
    run: (plugin: Plugin<ObjectOf<W[K]>>, id: PluginId) => R | Promise<R>,
    world?: K,
  ): Promise<R> {
    const version = this.#entry(name).live(this.#names)
    checkWorld(version, world)
    const face = pluginFace(version.table, () => version) as Plugin<ObjectOf<W[K]>>
    return version.hold(() => run(face, { name, version: version.version }))
  }

  /**
   * Puts another guest in a plugin's place. The new one is loaded, checked against the plugin's world and asked by the probe
   * first, while the old one serves; if any of that fails, the old one goes on as if nothing had happened. Options that are not
   * given are those of `load` or of the last swap.
   *
   * @returns when the old guest has ended: whether its users had let go of it in time
   * @throws WasmError `ModuleNotLoaded`; `WorldMismatch` or whatever the world class throws; `Cancelled` when the probe fails
   */
  async swap<K extends keyof W & string = keyof W & string>(
    name: string,
    source: PluginSource,
    options: SwapOptions<W, K> = {},
  ): Promise<Drained> {
    this.#checkOpen(name)
    checkSwapOptions(options, name)
    const { drainMs, world, ...changes } = options
    const entry = this.#entry(name)
    const old = await entry.exclusively(async () => {
      const before = entry.live(this.#names)
      checkWorld(before, world)
      const merged = { ...entry.options, ...given(changes), world: before.world } as LoadOptions<W, keyof W>
      try {
        entry.current = await this.#open(entry, source, merged)
      } catch (error) {
        log('warn', 'swap', before, 'a plugin has not been swapped: the guest that served goes on', error)
        throw error
      }
      entry.options = merged
      log('info', 'swap', entry.current, 'a plugin has been swapped')
      return before
    })
    // The swap is done: what an object of the host does while the old guest gives it back is no failure of it.
    const { drained } = await this.#end(old, drainMs)
    return { drained }
  }

  /**
   * Takes a plugin out: calls are refused from now on, and when its users have let go of it (or `drainMs` have passed) the guest
   * is disposed of. The name is free at once.
   *
   * @throws WasmError `ModuleNotLoaded`; `HostError` when an object of the host throws while the guest gives it back
   */
  async unload(name: string, options: UnloadOptions = {}): Promise<Drained> {
    checkUnloadOptions(options, name)
    const { drainMs } = options
    const entry = this.#entry(name)
    const last = await entry.exclusively(async () => {
      const current = entry.live(this.#names)
      entry.takeOut()
      this.#entries.delete(name)
      return current
    })
    const { drained, errors } = await this.#end(last, drainMs)
    log('info', 'unload', last, 'a plugin has been unloaded')
    for (const error of errors) throw error
    return { drained }
  }

  /** The guests that serve, and those that are waited for, by name and version. */
  list(): PluginInfo[] {
    const serving = [...this.#entries.values()].flatMap(({ current }) => current ?? [])
    const infos = [...serving, ...this.#ending.keys()].map(({ info }) => info)
    return infos.sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1))
  }

  /** Unloads everything, also what is being loaded; resolves when nothing is left. Loading is refused from now on. */
  async dispose(options: UnloadOptions = {}): Promise<void> {
    checkUnloadOptions(options, MANAGER)
    this.#isDisposed = true
    const unloaded = [...this.#entries.keys()].map((name) => this.unload(name, options))
    const results = await Promise.allSettled([...unloaded, ...this.#ending.values()])
    for (const result of results) {
      // What could not be loaded need not be unloaded.
      if (result.status === 'rejected' && !isWasmError(result.reason, 'ModuleNotLoaded')) throw result.reason
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose()
  }

  async #open(
    entry: PluginEntry<unknown>,
    source: PluginSource,
    options: LoadOptions<W, keyof W>,
  ): Promise<PluginVersion> {
    const version = await this.#opener.open(entry, source, options)
    if (!this.#isDisposed) return version
    version.end()
    throw disposed(entry.name)
  }

  /** Waits for the users of a guest that serves no more, and disposes of it. */
  #end(version: PluginVersion, drainMs: number = DRAIN_MS): Promise<Ended> {
    const ending = this.#drain(version, drainMs).finally(() => this.#ending.delete(version))
    this.#ending.set(version, ending)
    return ending
  }

  async #drain(version: PluginVersion, drainMs: number): Promise<Ended> {
    const drained = await version.drain(drainMs)
    if (!drained) log('warn', 'drain', version, `a guest is disposed of while it is used: ${drainMs} ms have passed`)
    try {
      version.end()
      return { drained, errors: [] }
    } catch (error) {
      log('error', 'unload', version, 'an object of the host threw while a guest gave it back', error)
      return { drained, errors: [error] }
    }
  }

  #entry(name: string): PluginEntry<LoadOptions<W, keyof W>> {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw notLoaded(String(name), this.#names())
    return entry
  }

  readonly #names = (): string[] =>
    [...this.#entries.values()].flatMap(({ name, current }) => (current ? [name] : [])).sort()

  #checkOpen(name: string): void {
    if (this.#isDisposed) throw disposed(name)
    if (typeof name === 'string' && name !== '') return
    throw new WasmError('InvalidParam', String(name), undefined, 'the name of a plugin is a text that is not empty')
  }
}

/** How the end of a guest went, and what was thrown at it. */
interface Ended extends Drained {
  readonly errors: readonly unknown[]
}

/** What happens to a plugin is told by the guest that it happens to. */
function log(
  level: 'info' | 'warn' | 'error',
  event: 'load' | 'swap' | 'drain' | 'unload',
  { instance, name, world, version }: PluginVersion,
  message: string,
  err?: unknown,
): void {
  instance.log?.event(level, event, { plugin: name, world, version, ...(err === undefined ? {} : { err }) }, message)
}

function checkWorld({ name, world }: PluginVersion, expected: string | undefined): void {
  if (expected === undefined || expected === world) return
  throw new WasmError('WorldMismatch', name, undefined, `the plugin is of the world ${world}, not ${expected}`)
}

/** The options that have a value: one that is undefined changes nothing. */
function given<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>
}

function disposed(name: string): WasmError {
  return new WasmError('Disposed', name, undefined, 'the plugin manager has been disposed of')
}

function stateOf(version: PluginVersion | undefined): string {
  return version === undefined
    ? 'a plugin is being loaded'
    : `a plugin of the world ${version.world}, version ${version.version}`
}
