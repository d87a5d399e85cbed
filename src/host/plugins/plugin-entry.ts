import { notLoaded, stillLoading } from './plugin-errors.ts'
import { pluginFace } from './plugin-face.ts'
import type { PluginVersion } from './plugin-version.ts'

const NONE = (): readonly string[] => []

/** A name of a manager and the guest that serves under it. Its changes run one after the other. */
export class PluginEntry<O> {
  readonly name: string
  /** What `load` was given, and what swaps have changed of it. */
  options: O
  /** Undefined while the first guest is loaded, and after the plugin has been taken out. */
  current: PluginVersion | undefined
  #isOut = false
  #face: object | undefined
  #versions = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(name: string, options: O) {
    this.name = name
    this.options = options
  }

  /** Calls that are made of it go to the guest of the moment. */
  face(): object {
    this.#face ??= pluginFace(this.live(NONE).table, () => this.live(NONE))
    return this.#face
  }

  /**
   * The guest that serves.
   *
   * @param loaded the names that there are, for the error
   * @throws WasmError `ModuleNotLoaded` before the first one and after the last one
   */
  live(loaded: () => readonly string[]): PluginVersion {
    if (this.current !== undefined) return this.current
    throw this.#isOut ? notLoaded(this.name, loaded()) : stillLoading(this.name)
  }

  /** The number of the next guest; that of one which never serves is not used again. */
  nextVersion(): number {
    return ++this.#versions
  }

  /** Ends the entry and gives what served last. */
  takeOut(): PluginVersion | undefined {
    const last = this.current
    this.current = undefined
    this.#isOut = true
    return last
  }

  /** Runs a change after those that have been asked for before it, however they end. */
  exclusively<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#last.then(change)
    this.#last = result.catch(() => {})
    return result
  }
}
