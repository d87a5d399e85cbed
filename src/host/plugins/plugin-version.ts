import { setTimeout } from 'node:timers/promises'
import { type Instance, instanceOf } from '../../runtime/world-instance.ts'
import type { FunctionTable, Member } from './function-table.ts'
import type { PluginId, PluginInfo } from './plugin-options.ts'
import type { WorldObject } from './world-class.ts'

/** How long to wait before looking again whether the last user has gone, in milliseconds: more each time. */
const FIRST_LOOK = 1
const LAST_LOOK = 20

/** One guest under a plugin's name, from its instantiation to its end. */
export class PluginVersion implements PluginId {
  readonly name: string
  readonly version: number
  readonly world: string
  readonly table: FunctionTable
  readonly #object: WorldObject
  #calls = 0
  #users = 0
  #isDraining = false

  constructor(id: PluginId, world: string, object: WorldObject, table: FunctionTable) {
    this.name = id.name
    this.version = id.version
    this.world = world
    this.#object = object
    this.table = table
  }

  get info(): PluginInfo {
    const { name, version, world } = this
    const state = this.#isDraining ? 'draining' : 'ready'
    return { name, version, world, state, calls: this.#calls, users: this.#users + this.#resources }
  }

  /** A function or class of the guest, as it is at the moment. */
  read({ face, member }: Member): unknown {
    const object: object = face === undefined ? this.#object : Reflect.get(this.#object, face)
    return Reflect.get(object, member)
  }

  call({ face, member }: Member, args: readonly unknown[]): unknown {
    const object: object = face === undefined ? this.#object : Reflect.get(this.#object, face)
    this.#calls++
    this.#users++
    try {
      return Reflect.apply(Reflect.get(object, member) as () => unknown, object, args)
    } finally {
      this.#users--
    }
  }

  /** Keeps the guest until what `run` returns has settled. */
  async hold<R>(run: () => R | Promise<R>): Promise<R> {
    this.#users++
    try {
      return await run()
    } finally {
      this.#users--
    }
  }

  /**
   * Waits until nobody uses the guest any more, for `ms` milliseconds at most.
   *
   * @returns whether that came to pass
   */
  async drain(ms: number): Promise<boolean> {
    this.#isDraining = true
    const deadline = performance.now() + ms
    // A call that is on the stack, as when an import asks for the end of its own guest, has returned after this.
    await Promise.resolve()
    for (let pause = FIRST_LOOK; this.#users + this.#resources > 0; pause = Math.min(pause * 2, LAST_LOOK)) {
      const left = deadline - performance.now()
      if (left <= 0) return false
      await setTimeout(Math.min(pause, left))
    }
    return true
  }

  /** Disposes of the guest. Throws `HostError` when an object of the host throws at that. */
  end(): void {
    this.#object.dispose()
  }

  /** The guest's instance, as the runtime knows it. */
  get instance(): Instance {
    return instanceOf(this.#object)
  }

  get #resources(): number {
    return this.instance.resources
  }
}
