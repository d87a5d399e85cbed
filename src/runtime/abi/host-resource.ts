import type { Context } from '../context.ts'
import { WasmError } from '../errors.ts'
import { trap } from './calls.ts'
import type { HandleTable, ResourceType } from './handles.ts'
import type { Path } from './path.ts'
import { invalid } from './refusal.ts'

/** A resource type that the host implements, in one instance: the guest's handles stand for objects of a class. */
export class HostResource implements ResourceType {
  readonly name: string
  readonly #Class: abstract new (...args: never[]) => object
  readonly #objects: (object | undefined)[] = []
  readonly #free: number[] = []

  /** @param Class what every object has to be an instance of */
  constructor(name: string, Class: abstract new (...args: never[]) => object) {
    this.name = name
    this.#Class = Class
  }

  /** Spec: `lift_own`. The guest gives the object back: the same one. */
  liftOwn(cx: Context, index: number): object {
    return this.#take(cx, cx.handles.removeOwn(cx, this, index >>> 0))
  }

  /** Spec: `lift_borrow`. The guest keeps its handle, and cannot drop it before the import returns. */
  liftBorrow(cx: Context, index: number): object {
    const rep = cx.handles.rep(cx, this, index >>> 0)
    cx.handles.lend(index >>> 0, 1)
    cx.scope.push(index >>> 0)
    return this.#objects[rep] ?? lost(cx, this.name)
  }

  /** Spec: `lower_own`. */
  lowerOwn(cx: Context, path: Path, value: unknown): number {
    const rep = this.#put(path, value)
    const index = cx.handles.add(cx, this, rep, 0)
    cx.scope.push({
      undo: () => {
        this.#take(cx, cx.handles.removeOwn(cx, this, index))
      },
    })
    return index
  }

  /** Spec: `lower_borrow`. The guest has to drop the handle before its function returns. */
  lowerBorrow(cx: Context, path: Path, value: unknown): number {
    const rep = this.#put(path, value)
    const index = cx.handles.add(cx, this, rep, -1)
    cx.borrows++
    cx.scope.push({
      undo: () => {
        cx.borrows--
        this.#take(cx, cx.handles.remove(cx, this, index))
      },
    })
    return index
  }

  /** The guest has dropped its own handle: the object's `[Symbol.dispose]` runs, once. */
  drop(cx: Context, rep: number): void {
    dispose(this.#take(cx, rep))
  }

  /**
   * The instance has ended and will drop nothing any more: what its tables own is disposed of, once each, also where one of
   * them throws.
   *
   * @returns what was thrown
   */
  end(tables: Iterable<HandleTable>): unknown[] {
    const owned = new Set<object>()
    for (const table of tables) {
      for (const rep of table.owned(this)) {
        const object = this.#objects[rep]
        if (object !== undefined) owned.add(object)
      }
    }
    this.#objects.length = 0
    const errors: unknown[] = []
    for (const object of owned) {
      try {
        dispose(object)
      } catch (error) {
        errors.push(error)
      }
    }
    return errors
  }

  /** The guest has dropped a borrow handle. */
  release(cx: Context, rep: number): void {
    cx.borrows--
    this.#take(cx, rep)
  }

  /** The representation of one more handle for the object behind another. */
  share(rep: number): number {
    return this.#add(this.#objects[rep])
  }

  #put(path: Path, value: unknown): number {
    if (!(value instanceof this.#Class)) invalid(path, `an object of the class ${this.#Class.name || this.name}`, value)
    return this.#add(value)
  }

  #add(object: object | undefined): number {
    const rep = this.#free.pop()
    if (rep === undefined) return this.#objects.push(object) - 1
    this.#objects[rep] = object
    return rep
  }

  #take(cx: Context, rep: number): object {
    const object = this.#objects[rep] ?? lost(cx, this.name)
    this.#objects[rep] = undefined
    this.#free.push(rep)
    return object
  }
}

function dispose(object: object): void {
  const method: unknown = Reflect.get(object, Symbol.dispose)
  if (typeof method === 'function') method.call(object)
}

function lost(cx: Context, name: string): never {
  return trap(cx, 'AbiViolation', `the object behind a handle of ${name} is gone`)
}

/** The host's class for a resource that the guest imports; a stand-in where the guest never needs it. */
export function missingClass(module: string, name: string): abstract new () => object {
  return class {
    constructor() {
      throw new WasmError('LinkError', module, undefined, `the class of ${name} has not been given`)
    }
  }
}
