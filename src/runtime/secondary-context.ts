import { type Context, NO_MEMORY, NO_SEAT } from './context.ts'

/**
 * The context of functions whose canonical options name another allocator or memory than the rest of the instance, as
 * those of an adapter do: views and allocator of its own, everything else is that of the primary. No subclass, since the
 * primary's fields have to stay plain ones: each call reads them.
 */
export class SecondaryContext implements Context {
  readonly module: string
  readonly #primary: Context
  readonly seat: number = NO_SEAT
  count = 0
  size = 0
  U8: Context['U8'] = NO_MEMORY.U8
  U32: Context['U32'] = NO_MEMORY.U32
  F64: Context['F64'] = NO_MEMORY.F64
  view: Context['view'] = NO_MEMORY.view
  memory: Context['memory'] = undefined
  extent: Context['extent'] = { bytes: 0 }
  strings: Context['strings'] = undefined
  realloc: Context['realloc'] = undefined
  postReturn: Context['postReturn'] = undefined
  returned: unknown = undefined

  constructor(primary: Context) {
    this.module = primary.module
    this.#primary = primary
  }

  get handles(): Context['handles'] {
    return this.#primary.handles
  }
  get resources(): Context['resources'] {
    return this.#primary.resources
  }
  get types(): Context['types'] {
    return this.#primary.types
  }
  set types(types: Context['types']) {
    this.#primary.types = types
  }
  get peers(): Context['peers'] {
    return this.#primary.peers
  }
  set peers(peers: Context['peers']) {
    this.#primary.peers = peers
  }
  get scope(): Context['scope'] {
    return this.#primary.scope
  }
  get self(): number {
    return this.#primary.self
  }
  set self(id: number) {
    this.#primary.self = id
  }
  get borrows(): number {
    return this.#primary.borrows
  }
  set borrows(borrows: number) {
    this.#primary.borrows = borrows
  }
  get state(): number {
    return this.#primary.state
  }
  set state(state: number) {
    this.#primary.state = state
  }
  get cause(): unknown {
    return this.#primary.cause
  }
  set cause(cause: unknown) {
    this.#primary.cause = cause
  }
  get onTrap(): Context['onTrap'] {
    return this.#primary.onTrap
  }
  set onTrap(onTrap: Context['onTrap']) {
    this.#primary.onTrap = onTrap
  }
  get guard(): Context['guard'] {
    return this.#primary.guard
  }
  get bytesIn(): number {
    return this.#primary.bytesIn
  }
  set bytesIn(bytes: number) {
    this.#primary.bytesIn = bytes
  }
  get bytesOut(): number {
    return this.#primary.bytesOut
  }
  set bytesOut(bytes: number) {
    this.#primary.bytesOut = bytes
  }
}
