import type { Source } from '../../runtime/index.ts'
import type { ImportsOf, ObjectOf, Plugin, SharedOptions, WorldClasses } from './world-class.ts'

/** Where a plugin comes from: whatever `load` of a world class takes, what `compile` of one has made included. */
export type PluginSource = Source

/** Which guest an import is called by. */
export interface PluginId {
  readonly name: string
  /** 1 for the guest that was loaded, one more for each guest that a swap tries, of which some are refused. */
  readonly version: number
}

/** What the host gives to the guests of a world: the same to all, or made for each one. */
export type ImportsFor<W> = ImportsOf<W> | ((plugin: PluginId) => ImportsOf<W>)

/** What a manager is made of. Besides the worlds everything goes to each guest, as options of its world class. */
export interface PluginManagerOptions<W extends WorldClasses> extends SharedOptions {
  /** The world classes that plugins may implement, by names for them. */
  readonly worlds: W
  /** What the host gives, by the names of the worlds. */
  readonly imports?: { readonly [K in keyof W]?: ImportsFor<W[K]> | undefined } | undefined
}

/**
 * Says whether a guest is fit to serve: it is not when this returns `false`, throws or rejects.
 *
 * @param plugin the guest that is asked about
 */
export type Probe<I> = (plugin: Plugin<I>) => unknown

/** Options of one plugin, which win over those of the manager. A swap keeps those that it does not give anew. */
export interface LoadOptions<W extends WorldClasses, K extends keyof W> extends SharedOptions {
  /** Which world the guest implements; default: the only one that it fits. */
  readonly world?: K | undefined
  readonly imports?: ImportsFor<W[K]> | undefined
  /** Asked before the guest serves. */
  readonly probe?: Probe<ObjectOf<W[K]>> | undefined
  /** How long the probe may take, in milliseconds; default: 10,000. */
  readonly probeMs?: number | undefined
}

export interface UnloadOptions {
  /**
   * How long to wait for those who still use the guest, in milliseconds, before it is disposed of all the same; default:
   * 10,000.
   */
  readonly drainMs?: number | undefined
}

/** `world` is the one that the plugin has, for the type of the probe. */
export interface SwapOptions<W extends WorldClasses, K extends keyof W> extends LoadOptions<W, K>, UnloadOptions {}

/** How the end of a guest went. */
export interface Drained {
  /** Whether all its users had let go of it in time. */
  readonly drained: boolean
}

/** A guest that a manager has. */
export interface PluginInfo extends PluginId {
  readonly world: string
  /** `draining`: its name is free, or serves another guest, and its last users are waited for. */
  readonly state: 'ready' | 'draining'
  /** How many calls went through the manager. */
  readonly calls: number
  /** How many calls, `use` callbacks and objects of its resources there are that have not ended. */
  readonly users: number
}
