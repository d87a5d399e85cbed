import type { Context } from '../context.ts'
import type { HandleTally } from '../lifecycle/vitals.ts'
import { trap } from './calls.ts'

/** Spec: `Table.MAX_LENGTH`. */
const MAX_HANDLES = 2 ** 28 - 1

/** What tells one resource type of one instance from another. */
export interface ResourceType {
  /** `ns:pkg/iface#counter` */
  readonly name: string
}

/**
 * The handles of one component instance. An entry is a resource type, a representation, and the number of times an own
 * handle is lent, or -1 for a borrow handle. Spec: CanonicalABI.md, `Table`, `ResourceHandle`.
 */
export class HandleTable {
  // In parallel arrays, so that adding a handle allocates nothing; index 0 is no handle.
  readonly #types: (ResourceType | undefined)[] = [undefined]
  readonly #reps: number[] = [0]
  readonly #lends: number[] = [0]
  /** The first free index; the next one stands in its `#reps`. 0 for none. */
  #free = 0
  /** How many handles there are, for those who may not keep the table. */
  readonly tally: HandleTally = { handles: 0 }

  /** How many handles there are. */
  get size(): number {
    return this.tally.handles
  }

  /** Adds a handle and gives its index. `lends` is 0 for an own handle, -1 for a borrow. */
  add(cx: Context, type: ResourceType, rep: number, lends: 0 | -1): number {
    this.tally.handles++
    const index = this.#free
    if (index === 0) {
      if (this.#reps.length > MAX_HANDLES) trap(cx, 'AbiViolation', 'the guest holds too many handles')
      this.#types.push(type)
      this.#lends.push(lends)
      return this.#reps.push(rep) - 1
    }
    this.#free = this.#reps[index] as number
    this.#types[index] = type
    this.#reps[index] = rep
    this.#lends[index] = lends
    return index
  }

  /** The representation of a handle of the type, own or borrow. */
  rep(cx: Context, type: ResourceType, index: number): number {
    this.#check(cx, type, index)
    return this.#reps[index] as number
  }

  isBorrow(index: number): boolean {
    return this.#lends[index] === -1
  }

  /** Takes an own handle out. Spec: `lift_own`, `trap_if(h.num_lends != 0)`, `trap_if(not h.own)`. */
  removeOwn(cx: Context, type: ResourceType, index: number): number {
    if (this.#types[index] !== type || this.#lends[index] !== 0) this.#refuseOwn(cx, type, index)
    return this.#remove(index)
  }

  /** Takes any handle out: an own one that is not lent, or a borrow. Spec: `canon_resource_drop`. */
  remove(cx: Context, type: ResourceType, index: number): number {
    this.#check(cx, type, index)
    if ((this.#lends[index] as number) > 0)
      trap(cx, 'AbiViolation', `the guest drops a handle of ${type.name} that is lent`)
    return this.#remove(index)
  }

  /** Marks an own handle as lent, or not lent any more. Spec: `num_lends`. */
  lend(index: number, by: 1 | -1): void {
    const lends = this.#lends[index]
    if (lends !== undefined && lends >= 0) this.#lends[index] = lends + by
  }

  /** The borrow handles that there are: types and indices. */
  borrows(): (readonly [ResourceType, number])[] {
    return this.#types.flatMap((type, index) =>
      type !== undefined && this.#lends[index] === -1 ? [[type, index] as const] : [],
    )
  }

  /** The representations of the own handles of a type, lent ones included. */
  owned(type: ResourceType): number[] {
    return this.#reps.filter((_, index) => this.#types[index] === type && this.#lends[index] !== -1)
  }

  #remove(index: number): number {
    const rep = this.#reps[index] as number
    this.#types[index] = undefined
    this.#reps[index] = this.#free
    this.#free = index
    this.tally.handles--
    return rep
  }

  #refuseOwn(cx: Context, type: ResourceType, index: number): never {
    this.#check(cx, type, index)
    const text = this.isBorrow(index) ? 'is only borrowed' : 'is lent at the moment'
    trap(cx, 'AbiViolation', `the guest passes on the handle ${index} of ${type.name}, which ${text}`)
  }

  #check(cx: Context, type: ResourceType, index: number): void {
    const found = this.#types[index]
    if (found === type) return
    if (found === undefined)
      trap(cx, 'AbiViolation', `the guest uses the handle ${index} of ${type.name}, which it does not have`)
    trap(cx, 'AbiViolation', `the guest uses a handle of ${found.name} as one of ${type.name}`)
  }
}
