import type { Sharing } from '../sharing.ts'
import { invalid, isU32 } from './checks.ts'
import type { Core } from './core.ts'
import type { Guest } from './guest.ts'

/** A lazy cursor over the items of a result; usable until the function that got it returns. */
class Cursor {
  readonly #F64: Float64Array
  readonly #start: number
  #n: number

  constructor(F64: Float64Array, start: number, n: number) {
    this.#F64 = F64
    this.#start = start >>> 3
    this.#n = n
  }

  get length(): number {
    return this.#n
  }

  x(i: number): number {
    if (i >>> 0 !== i || i >= this.#n) throw new RangeError('there is no such item, or the view has ended')
    return this.#F64[this.#start + i * 4] as number
  }

  static close(cursor: Cursor): void {
    cursor.#n = 0
  }
}

/** Results that are read in place. A typed array is handed out without being taken away again: hand-written code may trust its user. */
export function handSharing(guest: Guest, core: Core): Sharing {
  const { enterChecked, beginPostReturn, endPostReturn, failed, block, bytes, words, doubles, checkList } = guest
  const giveBytes = core.func<(length: number) => number>('give-bytes')
  const giveBytesPost = core.post('give-bytes')
  const giveItems = core.func<() => number>('give-items')
  const giveItemsPost = core.post('give-items')

  function end(post: (ret: number) => void, ret: number): void {
    try {
      beginPostReturn()
      post(ret)
      endPostReturn()
    } catch (error) {
      throw failed(error)
    }
  }

  function withBytes<R>(length: number, use: (view: Uint8Array) => R): R {
    if (!isU32(length)) invalid('give-bytes: length', 'u32', length)
    enterChecked()
    let ret: number
    let view: Uint8Array
    try {
      ret = block(giveBytes(length), 8, 4)
      const start = words()[ret >>> 2] as number
      const n = words()[(ret >>> 2) + 1] as number
      checkList(start, n, 1)
      view = bytes().subarray(start, start + n)
    } catch (error) {
      throw failed(error)
    }
    try {
      return use(view)
    } finally {
      end(giveBytesPost, ret)
    }
  }

  function withItems<R>(use: (items: Cursor) => R): R {
    enterChecked()
    let ret: number
    let cursor: Cursor
    try {
      ret = block(giveItems(), 8, 4)
      const start = words()[ret >>> 2] as number
      const n = words()[(ret >>> 2) + 1] as number
      checkList(start, n * 32, 8)
      cursor = new Cursor(doubles(), start, n)
    } catch (error) {
      throw failed(error)
    }
    try {
      return use(cursor)
    } finally {
      Cursor.close(cursor)
      end(giveItemsPost, ret)
    }
  }

  return {
    firstByte: (length) => withBytes(length, (view) => view[0] as number),
    itemX: (index) => withItems((items) => items.x(index)),
    sumOfX: () =>
      withItems((items) => {
        let sum = 0
        for (let i = 0, { length } = items; i < length; i++) sum += items.x(i)
        return sum
      }),
  }
}
