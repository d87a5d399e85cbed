import { type Context, DISPOSED, IDLE, POISONED, RUNNING } from '../context.ts'
import { WasmError } from '../errors.ts'
import type { ResourceTally } from '../lifecycle/vitals.ts'
import type { MethodWrappers } from '../shared-methods.ts'
import { enterRunning, leave, poison } from './calls.ts'
import type { ResourceType } from './handles.ts'
import { type Path, renderPath } from './path.ts'
import { invalid } from './refusal.ts'
import type { ResourceMembers } from './resource-class.ts'

/** The representation of what is disposed or passed on: no u32. */
const GONE = -1

/** A resource type that a guest implements, in one instance. */
export class GuestResource implements ResourceType {
  readonly name: string
  readonly cx: Context
  dtor: ((rep: number) => void) | undefined = undefined
  /** Makes the host's object for a handle. */
  make: (handle: GuestHandle) => object = notBound
  /** The handle of an object that the generated class made; undefined for any other value. */
  read: (value: unknown) => GuestHandle | undefined = () => undefined
  /** How many of its objects the host has been given and has neither disposed of nor passed on. */
  readonly tally: ResourceTally
  /** Where hooks find its functions. */
  members: ResourceMembers | undefined = undefined
  /** What hooks have put around methods of its objects, by the number of the method; see `wrapMethod`. */
  wrappers: MethodWrappers | undefined = undefined

  constructor(name: string, cx: Context) {
    this.name = name
    this.cx = cx
    this.tally = { name, live: 0 }
  }

  /** Spec: `lift_own`. The handle leaves the guest's table; the host's object holds the representation. */
  liftOwn(cx: Context, index: number): object {
    return this.make(liftHandle(cx, this, index))
  }

  /** Spec: `lift_borrow`: what the guest lends to an import; ends with it. */
  liftBorrow(cx: Context, index: number): object {
    const handle = new GuestHandle(this, cx.handles.rep(cx, this, index >>> 0))
    handle.lent = 1
    cx.handles.lend(index >>> 0, 1)
    cx.scope.push({
      end() {
        cx.handles.lend(index >>> 0, -1)
        handle.rep = GONE
      },
    })
    return this.make(handle)
  }

  /** Spec: `lower_own`. The object is disposed for the host, unless the call fails before it begins. */
  lowerOwn(cx: Context, path: Path, value: unknown): number {
    const handle = this.#handle(cx, path, value)
    if (isLent(handle)) throw misuse(cx, 'InvalidHandle', path, `this ${this.name} is lent to a call at the moment`)
    const { rep } = handle
    const index = cx.handles.add(cx, this, rep, 0)
    handle.rep = GONE
    this.tally.live--
    cx.scope.push({
      undo: () => {
        cx.handles.removeOwn(cx, this, index)
        handle.rep = rep
        this.tally.live++
      },
    })
    return index
  }

  /** Spec: `lower_borrow`. */
  lowerBorrow(cx: Context, path: Path, value: unknown): number {
    return this.lendObject(cx, this.#handle(cx, path, value))
  }

  /** Lends an object of the host's until the call ends. */
  lendObject(cx: Context, handle: GuestHandle): number {
    handle.lent++
    cx.scope.push({
      end() {
        handle.lent--
      },
    })
    return this.lend(cx, handle.rep)
  }

  /** Lends to a component: the one that implements the resource gets the representation itself, another a handle. */
  lend(cx: Context, rep: number): number {
    if (cx.handles === this.cx.handles) return rep
    const index = cx.handles.add(cx, this, rep, -1)
    cx.borrows++
    cx.scope.push({
      undo: () => {
        cx.borrows--
        cx.handles.remove(cx, this, index)
      },
    })
    return index
  }

  /** A component has dropped a borrow handle. */
  release(cx: Context, _rep: number): void {
    cx.borrows--
  }

  /** Spec: `canon_resource_drop` of an own handle: runs the destructor, in the component that implements the resource. */
  drop(cx: Context, rep: number): void {
    if (this.dtor === undefined) return
    if (cx.handles === this.cx.handles) this.dtor(rep)
    else within(this.cx, this.dtor, rep)
  }

  #handle(cx: Context, path: Path, value: unknown): GuestHandle {
    const handle = this.read(value)
    if (handle === undefined) invalid(path, this.name, value)
    if (handle.type !== this) throw misuse(cx, 'InvalidHandle', path, `this ${this.name} belongs to another instance`)
    if (handle.rep === GONE) throw misuse(cx, 'Disposed', path, `this ${this.name} has been disposed or passed on`)
    return handle
  }
}

/** What the host holds of a resource that lives in a guest: its representation, or `GONE` when it is disposed or passed on. */
export class GuestHandle {
  // Declared only: a field that is made before it is assigned is written twice.
  declare readonly type: GuestResource
  declare readonly cx: Context
  declare rep: number
  /** How many calls it is lent to. */
  declare lent: number
  /** Tells it from all others that are alive: `Context.self`. */
  declare readonly id: number

  constructor(type: GuestResource, rep: number) {
    this.type = type
    this.cx = type.cx
    this.rep = rep
    this.lent = 0
    this.id = lastId = (lastId & ID_MASK) + 1
  }
}

/** Keeps ids so small that every engine stores them without an object. */
const ID_MASK = 2 ** 29 - 1
let lastId = 0

/** Whether a call that has not ended works with the object. */
function isLent({ cx, id, lent }: GuestHandle): boolean {
  return lent > 0 || cx.self === id
}

/** What a method gets as its receiver, the representation or a handle. Lends it until `endHandles`, or until the call fails. */
export function lowerSelf(cx: Context, handle: GuestHandle): number {
  const { rep } = handle
  if (rep < 0) gone(handle)
  if (handle.cx !== cx) return handle.type.lendObject(cx, handle)
  cx.self = handle.id
  return rep
}

/** The handle of what a constructor has made. Spec: `lift_own`. */
export function liftHandle(cx: Context, type: GuestResource, index: number): GuestHandle {
  const handle = new GuestHandle(type, cx.handles.removeOwn(cx, type, index >>> 0))
  type.tally.live++
  return handle
}

/**
 * Begins to dispose a guest's resource.
 *
 * @param func what errors call its destructor
 * @returns the representation for the destructor; below 0 when there is nothing to do: a second time, or in a lost instance
 * @throws WasmError `InvalidHandle` while the object is lent, `Reentrance` in the middle of another call
 */
export function beginDrop(handle: GuestHandle, func: string): number {
  const { cx, rep } = handle
  if (rep < 0) return rep
  if (cx.state !== IDLE || handle.lent > 0) return dropNothing(handle, func)
  cx.state = RUNNING
  handle.rep = GONE
  handle.type.tally.live--
  return rep
}

function dropNothing(handle: GuestHandle, func: string): number {
  const { cx, type } = handle
  if (cx.state !== POISONED && cx.state !== DISPOSED) {
    if (isLent(handle))
      throw new WasmError('InvalidHandle', cx.module, func, `this ${type.name} is lent to a call at the moment`)
    enterRunning(cx, func)
  }
  // What was only lent was never counted.
  if (handle.lent === 0) type.tally.live--
  return (handle.rep = GONE)
}

/** Runs a core function of another component instance than the one that is running. */
function within(cx: Context, run: (rep: number) => void, rep: number): void {
  const { state } = cx
  cx.state = RUNNING
  try {
    run(rep)
    leave(cx)
  } catch (error) {
    throw poison(cx, undefined, error)
  }
  cx.state = state
}

function gone(handle: GuestHandle): never {
  const text = `this ${handle.type.name} has been disposed or passed on`
  throw new WasmError('Disposed', handle.cx.module, undefined, text)
}

function notBound(): never {
  throw new TypeError('a resource has been lifted before its interface was bound')
}

function misuse(cx: Context, code: 'InvalidHandle' | 'Disposed', path: Path, text: string): WasmError {
  return new WasmError(code, cx.module, undefined, `${renderPath(path)}: ${text}`)
}
