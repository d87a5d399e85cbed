// Our own header stays.
import { createHash } from 'node:crypto'
import type { Clock } from './generated/demo/store/clock.js'
import type { Entry, Kv } from './generated/demo/store/kv.js'
import type { StoreImports } from './generated/store.js'

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
export const kv: Kv = {
  /**
   * Read a value.
   *
   * WIT: `get: func(key: string) -> option<list<u8>>`
   */
  get(key: string): Uint8Array | undefined {
    // Lower case: keys of old guests are not.
    return values.get(key.toLowerCase())
  },

  // Writing is logged.
  /**
   * Write a value.
   *
   * WIT: `set: func(key: string, value: list<u8>) -> result<_, problem>`
   * @throws { payload: Problem } to return an `err`
   */
  set(key: string, value: Uint8Array): undefined {
    if (values.size > 1000) throw { payload: 'full' }
    values.set(key.toLowerCase(), value)
    console.log(key, digest(value))
    return undefined
  },

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
   * WIT: `count-entries: func() -> u32`
   */
  countEntries(): number {
    return values.size
  },

  /**
   * All of them.
   *
   * WIT: `entries: func(first: u32, limit: u32) -> list<entry>`
   */
  entries(_first: number, /* at most */ limit: number): readonly Entry[] {
    if (this.countEntries() === 0) return []
    return [...values].slice(0, limit).map(([key, value]) => ({ key, value }))
  },

  /** WIT: `touch: func(key: string, by: u32)` */
  touch(key: string, by: number): void {
    throw new Error('not implemented: demo:store/kv#touch', { cause: { key, by } })
  },
}

/** WIT: `demo:store/clock@1.0.0` */
export const clock: Clock = {
  /** WIT: `now: func() -> u64` */
  now: () => BigInt(Date.now()),
}

/** What the host gives to guests of the world `demo:store/store`. */
export const imports: StoreImports = {
  'demo:store/kv': kv,
  'demo:store/clock': clock,
}
