import { HandleTable } from './abi/handles.ts'
import type { Guard } from './policy/guard.ts'
import type { Path } from './abi/path.ts'
import type { AnyResource, HandleUse } from './abi/resources.ts'
import type { WasmError } from './errors.ts'
import type { MemoryExtent } from './lifecycle/vitals.ts'

/** What an instance is doing. Imports may be called while RUNNING only, exports entered while IDLE only. */
export const IDLE = 0
export const RUNNING = 1
/** Arguments are being lowered: user code (getters, iterators) may run, an error is the caller's. */
export const LOWERING = 2
export const POST_RETURN = 3
export const POISONED = 4
export const DISPOSED = 5
/** The guest has returned a core value and has a post-return, which runs once that is lifted. */
export const RETURNED = 6
/** Another component instance of the same component has called the host. */
export const HELD = 7

/** The `seat` of an instance whose own core functions are called: nothing of it is bound, it is the only such one, or it cannot sit. */
export const NO_SEAT = -1
export const ALONE = -2
export const STANDS = -3

export type State = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Strings in another way than `abi/strings.ts` does them; `lower` leaves the (tagged) length in `cx.count`. */
export interface StringCodec {
  readonly encoding: 'utf8' | 'utf16' | 'latin1+utf16'
  lower(cx: Context, path: Path, s: string): number
  lift(cx: Context, ptr: number, n: number): string
}

const EMPTY = new ArrayBuffer(0)
/** What a context without a memory sees: shared, since what lies between a context and its views costs a page each. */
export const NO_MEMORY: Pick<Context, 'U8' | 'U32' | 'F64' | 'view'> = {
  U8: new Uint8Array(EMPTY),
  U32: new Uint32Array(EMPTY),
  F64: new Float64Array(EMPTY),
  view: new DataView(EMPTY),
}

/**
 * The state that all calls of one instance share: what it is doing, cached views on its memory, its allocator.
 * Generated code reads it on every call, so it is one flat object with one hidden class.
 */
export class Context {
  state: number = RUNNING
  /** Where `dispatch.ts` finds its core functions; below 0 its own are called. See `seats.ts`. */
  seat: number = NO_SEAT
  /** Second result of lowering a string or list: bytes (code units) or elements. */
  count = 0
  /** Bytes of memory, as of the last `refresh`. */
  size = 0
  U8: Uint8Array<ArrayBufferLike> = NO_MEMORY.U8
  U32: Uint32Array<ArrayBufferLike> = NO_MEMORY.U32
  F64: Float64Array<ArrayBufferLike> = NO_MEMORY.F64
  view: DataView<ArrayBufferLike> = NO_MEMORY.view
  memory: WebAssembly.Memory | undefined = undefined
  /** `size` again, for those who may not keep the memory. Contexts with the same memory share it. */
  extent: MemoryExtent = { bytes: 0 }
  /** Undefined for UTF-8. */
  strings: StringCodec | undefined = undefined
  realloc: ((old: number, oldSize: number, align: number, size: number) => number) | undefined = undefined
  /** Bytes that variable-length values took on their way into and out of the guest, ever increasing; for metrics. */
  bytesIn = 0
  bytesOut = 0
  /** The handles that the guest holds. */
  readonly handles: HandleTable = new HandleTable()
  /** The resource types of the instance, by slot. */
  readonly resources: AnyResource[] = []
  /** The same by their number in the link program, for the dynamic codec. */
  types: readonly AnyResource[] = []
  /** What runs when the result has been lifted, and the core result that it gets, while RETURNED. */
  postReturn: ((result: unknown) => unknown) | undefined = undefined
  returned: unknown = undefined
  /** Those of the component instances that live and die with this one, itself included; empty when it is alone. */
  peers: readonly Context[] = []
  /** What the calls in progress have lent or passed on; a number is a handle of the guest's that an import was lent. */
  readonly scope: (HandleUse | number)[] = []
  /** The `id` of the object whose method is running; 0 for none. A number, since storing one costs engines no barrier. */
  self = 0
  /** How many handles the guest has been lent and has yet to drop. */
  borrows = 0
  /** The instance's name, for errors. */
  readonly module: string
  /** The first trap, once POISONED. */
  cause: unknown = undefined
  /** Told of the first trap. */
  onTrap: ((error: WasmError) => void) | undefined = undefined
  /** What holds the instance to a policy, where there is one. */
  guard: Guard | undefined = undefined

  constructor(module: string) {
    this.module = module
  }
}
