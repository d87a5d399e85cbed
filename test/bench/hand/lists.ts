/* oxlint-disable unicorn/no-new-array -- lists of a known length */
import type { Item, Pair, Point } from '../api.ts'
import { invalid, isObject, isU32 } from './checks.ts'
import type { Guest } from './guest.ts'
import type { Strings } from './strings.ts'

/*
 * Lists of compounds. Lowering gives the pointer, the length is in `count()`; lifting takes the address of pointer and
 * length. An element's fields are read and checked before its string is lowered; views are read after that, since the
 * guest's realloc may have grown the memory.
 */

/** Lists of compounds. */
export interface Lists {
  lowerItems(path: string, value: unknown): number
  liftItems(at: number): Item[]
  lowerPoints(path: string, value: unknown): number
  liftPoints(at: number): Point[]
  lowerStrings(path: string, value: unknown): number
  liftStrings(at: number): string[]
  lowerPairs(path: string, value: unknown): number
  liftPairs(at: number): Pair[]
}

export function listsOf(guest: Guest, strings: Strings): Lists {
  const { count, setCount, words, doubles, checkList, allocate } = guest
  const { lowerString, liftString } = strings

  function lowerItems(path: string, value: unknown): number {
    if (!Array.isArray(value)) invalid(path, 'array', value)
    const list: readonly unknown[] = value
    const n = list.length
    const start = allocate(path, n * 32, 8)
    for (let i = 0, f = start >>> 3, w = start >>> 2; i < n; i++, f += 4, w += 8) {
      const element = list[i]
      if (!isObject(element)) invalid(`${path}[${i}]`, 'item', element)
      const { x, y, id, name } = element as Item
      if (typeof x !== 'number') invalid(`${path}[${i}].x`, 'f64', x)
      if (typeof y !== 'number') invalid(`${path}[${i}].y`, 'f64', y)
      if (!isU32(id)) invalid(`${path}[${i}].id`, 'u32', id)
      if (typeof name !== 'string') invalid(`${path}[${i}].name`, 'string', name)
      const text = lowerString(path, name)
      const F64 = doubles()
      const U32 = words()
      F64[f] = x
      F64[f + 1] = y
      U32[w + 4] = id
      U32[w + 5] = text
      U32[w + 6] = count()
    }
    setCount(n)
    return start
  }

  function liftItems(at: number): Item[] {
    const F64 = doubles()
    const U32 = words()
    const start = U32[at >>> 2] as number
    const n = U32[(at >>> 2) + 1] as number
    checkList(start, n * 32, 8)
    const list = new Array<Item>(n)
    for (let i = 0, f = start >>> 3, w = start >>> 2; i < n; i++, f += 4, w += 8) {
      const x = F64[f] as number
      const y = F64[f + 1] as number
      const id = U32[w + 4] as number
      list[i] = { x, y, id, name: liftString(U32[w + 5] as number, U32[w + 6] as number) }
    }
    return list
  }

  function lowerPoints(path: string, value: unknown): number {
    if (!Array.isArray(value)) invalid(path, 'array', value)
    const list: readonly unknown[] = value
    const n = list.length
    const start = allocate(path, n * 16, 8)
    const F64 = doubles()
    for (let i = 0, f = start >>> 3; i < n; i++, f += 2) {
      const element = list[i]
      if (!isObject(element)) invalid(`${path}[${i}]`, 'point', element)
      const { x, y } = element as Point
      if (typeof x !== 'number') invalid(`${path}[${i}].x`, 'f64', x)
      if (typeof y !== 'number') invalid(`${path}[${i}].y`, 'f64', y)
      F64[f] = x
      F64[f + 1] = y
    }
    setCount(n)
    return start
  }

  function liftPoints(at: number): Point[] {
    const F64 = doubles()
    const U32 = words()
    const start = U32[at >>> 2] as number
    const n = U32[(at >>> 2) + 1] as number
    checkList(start, n * 16, 8)
    const list = new Array<Point>(n)
    for (let i = 0, f = start >>> 3; i < n; i++, f += 2) {
      list[i] = { x: F64[f] as number, y: F64[f + 1] as number }
    }
    return list
  }

  function lowerStrings(path: string, value: unknown): number {
    if (!Array.isArray(value)) invalid(path, 'array', value)
    const list: readonly unknown[] = value
    const n = list.length
    const start = allocate(path, n * 8, 4)
    for (let i = 0, w = start >>> 2; i < n; i++, w += 2) {
      const element = list[i]
      if (typeof element !== 'string') invalid(`${path}[${i}]`, 'string', element)
      const text = lowerString(path, element)
      const U32 = words()
      U32[w] = text
      U32[w + 1] = count()
    }
    setCount(n)
    return start
  }

  function liftStrings(at: number): string[] {
    const U32 = words()
    const start = U32[at >>> 2] as number
    const n = U32[(at >>> 2) + 1] as number
    checkList(start, n * 8, 4)
    const list = new Array<string>(n)
    for (let i = 0, w = start >>> 2; i < n; i++, w += 2) {
      list[i] = liftString(U32[w] as number, U32[w + 1] as number)
    }
    return list
  }

  function lowerPairs(path: string, value: unknown): number {
    if (!Array.isArray(value)) invalid(path, 'array', value)
    const list: readonly unknown[] = value
    const n = list.length
    const start = allocate(path, n * 12, 4)
    for (let i = 0, w = start >>> 2; i < n; i++, w += 3) {
      const element = list[i]
      if (!Array.isArray(element) || element.length !== 2) invalid(`${path}[${i}]`, 'array of 2', element)
      const id: unknown = element[0]
      const name: unknown = element[1]
      if (!isU32(id)) invalid(`${path}[${i}][0]`, 'u32', id)
      if (typeof name !== 'string') invalid(`${path}[${i}][1]`, 'string', name)
      const text = lowerString(path, name)
      const U32 = words()
      U32[w] = id
      U32[w + 1] = text
      U32[w + 2] = count()
    }
    setCount(n)
    return start
  }

  function liftPairs(at: number): Pair[] {
    const U32 = words()
    const start = U32[at >>> 2] as number
    const n = U32[(at >>> 2) + 1] as number
    checkList(start, n * 12, 4)
    const list = new Array<Pair>(n)
    for (let i = 0, w = start >>> 2; i < n; i++, w += 3) {
      list[i] = [U32[w] as number, liftString(U32[w + 1] as number, U32[w + 2] as number)]
    }
    return list
  }

  return { lowerItems, liftItems, lowerPoints, liftPoints, lowerStrings, liftStrings, lowerPairs, liftPairs }
}
