// Our own header stays.
import { createHash } from 'node:crypto'
import type { Clock } from './generated/demo/store/clock.js'
import type { Entry, Kv, Order } from './generated/demo/store/kv.js'
import type { StoreImports } from './generated/store.js'
import type { Random } from './generated/demo/store/random.js'

const   values = new Map<string, Uint8Array>()   // formatting is ours, too

/** A digest for the log. */
function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Keeps values.
 *
 * WIT: `demo:store/kv@1.0.0`
 */
export const kv: Kv & { clear(): void } = {
  /**
   * Read a value.
   *
   * WIT: `get: func(key: string, fallback: list<u8>) -> option<list<u8>>`
   */
  get(key: string, fallback: Uint8Array): Uint8Array | undefined {
    // Lower case: keys of old guests are not.
    return values.get(key.toLowerCase())
  },

  // Writing is logged.
  /**
   * Write a value.
   *
   * WIT: `set: func(scope: string, key: string, value: list<u8>) -> result<option<u64>, problem>`
   * @throws { payload: Problem } to return an `err`
   */
  set(scope: string, key: string, value: Uint8Array): bigint | undefined {
    if (values.size > 1000) throw { payload: 'full' }
    values.set(key.toLowerCase(), value)
    console.log(key, digest(value))
    return undefined
  },

  // witgen: demo:store/kv#clear is no longer in the world
  /**
   * Forget everything.
   *
   * WIT: `clear: func()`
   */
  clear(): void {
    values.clear() // and the disk?
  },

  /**
   * How many there are.
   *
   * WIT: `count: func() -> u32`
   */
  count(): number {
    return values.size
  },

  /**
   * All of them.
   *
   * WIT: `entries: func(order: order, limit: option<u32>) -> list<entry>`
   */
  entries(order: Order, /* at most */ limit: number | undefined): readonly Entry[] {
    if (this.count() === 0) return []
    return [...values].slice(0, limit).map(([key, value]) => ({ key, value }))
  },

  /** WIT: `touch: func(name: string, by: s64) -> bool` */
  touch(name: string, by: bigint): boolean {
    throw new Error('not implemented: demo:store/kv#touch', { cause: { name, by } })
  },

  /**
   * Forget one.
   *
   * WIT: `delete: func(key: string) -> result<entry, problem>`
   * @throws `{ payload: Problem }` to return an `err`: `full`, `locked`
   * @throws anything else to end the guest
   */
  delete(key: string): Entry {
    throw new Error('not implemented: demo:store/kv#delete', { cause: { key } })
  },
}

/** WIT: `demo:store/clock@1.0.0` */
export const clock: Clock = {
  /** WIT: `now: func() -> u64` */
  now: () => BigInt(Date.now()),

  /**
   * Wait.
   *
   * WIT: `sleep: func(ms: u32)`
   */
  sleep(ms: number): void {
    throw new Error('not implemented: demo:store/clock#sleep', { cause: { ms } })
  },
}

/** WIT: `trace: func(text: string)` */
export function trace(text: string): void {
  throw new Error('not implemented: trace', { cause: { text } })
}

/** WIT: `demo:store/random@1.0.0` */
export const random: Random = {
  /** WIT: `bytes: func(count: u32) -> list<u8>` */
  bytes(count: number): Uint8Array | readonly number[] {
    throw new Error('not implemented: demo:store/random#bytes', { cause: { count } })
  },
}

/** What the host gives to guests of the world `demo:store/store`. */
export const imports: StoreImports = {
  'demo:store/kv': kv,
  'demo:store/clock': clock,
  trace,
  'demo:store/random': random,
}
