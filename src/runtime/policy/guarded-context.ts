import { Context, DISPOSED, IDLE, NO_SEAT, RUNNING } from '../context.ts'
import type { Guard } from './guard.ts'

/** The context of a component instance under a policy. Calls cost nothing more where the policy limits nothing call by call. */
export function contextUnder(guard: Guard, module: string): Context {
  if (guard.limitsCalls) return new GuardedContext(module, guard)
  const context = new Context(module)
  context.guard = guard
  return context
}

/**
 * The context of a component instance under a policy that limits calls: its guard sees when it is entered and left, and what it hands out. No
 * subclass, since the fields of others have to stay plain ones: each call reads them.
 */
class GuardedContext implements Context {
  readonly module: string
  readonly guard: Guard
  #state: number = RUNNING
  #bytesOut = 0
  readonly seat: number = NO_SEAT
  count = 0
  size = 0
  U8: Context['U8']
  U32: Context['U32']
  F64: Context['F64']
  view: Context['view']
  memory: Context['memory'] = undefined
  extent: Context['extent'] = { bytes: 0 }
  strings: Context['strings'] = undefined
  realloc: Context['realloc'] = undefined
  bytesIn = 0
  readonly handles: Context['handles']
  readonly resources: Context['resources']
  types: Context['types'] = []
  postReturn: Context['postReturn'] = undefined
  returned: Context['returned'] = undefined
  peers: Context['peers'] = []
  readonly scope: Context['scope']
  self = 0
  borrows = 0
  cause: unknown = undefined
  onTrap: Context['onTrap'] = undefined

  constructor(module: string, guard: Guard) {
    const { U8, U32, F64, view, handles, resources, scope } = new Context(module)
    this.module = module
    this.guard = guard
    this.U8 = U8
    this.U32 = U32
    this.F64 = F64
    this.view = view
    this.handles = handles
    this.resources = resources
    this.scope = scope
    guard.begin()
  }

  get state(): number {
    return this.#state
  }
  set state(state: number) {
    if (this.#state === IDLE) {
      if (state !== IDLE && state !== DISPOSED) this.guard.begin()
    } else if (state === IDLE) this.guard.end()
    this.#state = state
  }

  get bytesOut(): number {
    return this.#bytesOut
  }
  set bytesOut(bytes: number) {
    const more = bytes - this.#bytesOut
    this.#bytesOut = bytes
    this.guard.output(this, more)
  }
}
