import { type Context, DISPOSED, POISONED, RUNNING } from '../context.ts'
import type { CoreFunction } from '../descriptor.ts'
import { WasmError } from '../errors.ts'
import { enterRunning, failed, leave, poison } from './calls.ts'
import type { ResourceType } from './handles.ts'
import { type Path, renderPath } from './path.ts'
import { invalid } from './refusal.ts'

/** The representation of what is disposed or passed on: no i32. */
const GONE = 2 ** 32

/** A resource type that a guest implements, in one instance. */
export class GuestResource implements ResourceType {
  readonly name: string
  /** What errors call its destructor. */
  readonly dropName: string
  readonly cx: Context
  dtor: ((rep: number) => void) | undefined = undefined
  /** Makes the host's object for a handle. */
  make: (handle: GuestHandle) => object = notBound
  /** The handle of an object that the generated class made; undefined for any other value. */
  read: (value: unknown) => GuestHandle | undefined = () => undefined

  constructor(name: string, cx: Context) {
    this.name = name
    this.dropName = name.replace('#', '#[resource-drop]')
    this.cx = cx
  }

  /** Spec: `lift_own`. The handle leaves the guest's table; the host's object holds the representation. */
  liftOwn(cx: Context, index: number): object {
    return this.make(new GuestHandle(this, cx.handles.removeOwn(cx, this, index >>> 0)))
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
    if (handle.lent > 0) throw misuse(cx, 'InvalidHandle', path, `this ${this.name} is lent to a call at the moment`)
    const { rep } = handle
    const index = cx.handles.add(cx, this, rep, 0)
    handle.rep = GONE
    cx.scope.push({
      undo: () => {
        cx.handles.removeOwn(cx, this, index)
        handle.rep = rep
      },
    })
    return index
  }

  /** Spec: `lower_borrow`. */
  lowerBorrow(cx: Context, path: Path, value: unknown): number {
    const handle = this.#handle(cx, path, value)
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
  readonly type: GuestResource
  readonly cx: Context
  rep: number
  /** How many calls it is lent to. */
  lent = 0

  constructor(type: GuestResource, rep: number) {
    this.type = type
    this.cx = type.cx
    this.rep = rep
  }
}

/** What a method gets as its receiver, the representation or a handle; the caller has counted it as lent. */
export function repOf(cx: Context, handle: GuestHandle): number {
  if (handle.rep === GONE) {
    throw new WasmError(
      'Disposed',
      handle.cx.module,
      undefined,
      `this ${handle.type.name} has been disposed or passed on`,
    )
  }
  return handle.type.lend(cx, handle.rep)
}

/** Disposes a guest's resource: runs its destructor. A second time, or in a lost instance, nothing happens. */
export function dropHandle(handle: GuestHandle): void {
  const { cx, rep, type } = handle
  if (rep === GONE) return
  if (cx.state === POISONED || cx.state === DISPOSED) {
    handle.rep = GONE
    return
  }
  const func = type.dropName
  if (handle.lent > 0)
    throw new WasmError('InvalidHandle', cx.module, func, `this ${type.name} is lent to a call at the moment`)
  enterRunning(cx, func)
  handle.rep = GONE
  try {
    type.dtor?.(rep)
    leave(cx)
  } catch (error) {
    throw failed(cx, func, error)
  }
}

/**
 * The class that users see: `new counter.Counter(1)` makes objects of `Class` for one instance. One prototype serves all
 * instances, so that engines see one kind of object.
 *
 * @param name what the class is called
 * @param create what `new` does; undefined for a resource without constructor
 */
export function resourceClass<C>(
  name: string,
  Class: { readonly prototype: object },
  create: ((...args: never[]) => object) | undefined,
  statics: Readonly<Record<string, CoreFunction>>,
): C {
  const make = create as ((...args: unknown[]) => object) | undefined
  function Resource(...args: unknown[]): object {
    if (new.target === undefined) throw new TypeError(`${name} has to be called with new`)
    if (make === undefined) throw new TypeError(`${name} has no constructor: the guest makes its objects`)
    return make(...args)
  }
  Resource.prototype = Class.prototype
  Object.defineProperty(Resource, 'name', { value: name })
  return Object.assign(Resource, statics) as C
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

function notBound(): never {
  throw new TypeError('a resource has been lifted before its interface was bound')
}

function misuse(cx: Context, code: 'InvalidHandle' | 'Disposed', path: Path, text: string): WasmError {
  return new WasmError(code, cx.module, undefined, `${renderPath(path)}: ${text}`)
}
