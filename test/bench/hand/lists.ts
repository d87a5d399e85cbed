/* oxlint-disable unicorn/no-new-array -- lists of a known length */
import type { Item, Pair, Point } from '../api.ts'
import { allocate, checkList, type Guest, invalid, isObject, isU32 } from './guest.ts'
import { liftString, lowerString } from './strings.ts'

/*
 * Lists of compounds. Lowering gives the pointer, the length is in `guest.count`; lifting takes the address of pointer and
 * length. An element's fields are read and checked before its string is lowered; views are read after that, since the
 * guest's realloc may have grown the memory.
 */

export function lowerItems(guest: Guest, path: string, value: unknown): number {
  if (!Array.isArray(value)) invalid(path, 'array', value)
  const list: readonly unknown[] = value
  const n = list.length
  const start = allocate(guest, path, n * 32, 8)
  for (let i = 0, f = start >>> 3, w = start >>> 2; i < n; i++, f += 4, w += 8) {
    const element = list[i]
    if (!isObject(element)) invalid(`${path}[${i}]`, 'item', element)
    const { x, y, id, name } = element as Item
    if (typeof x !== 'number') invalid(`${path}[${i}].x`, 'f64', x)
    if (typeof y !== 'number') invalid(`${path}[${i}].y`, 'f64', y)
    if (!isU32(id)) invalid(`${path}[${i}].id`, 'u32', id)
    if (typeof name !== 'string') invalid(`${path}[${i}].name`, 'string', name)
    const text = lowerString(guest, path, name)
    const { F64, U32 } = guest
    F64[f] = x
    F64[f + 1] = y
    U32[w + 4] = id
    U32[w + 5] = text
    U32[w + 6] = guest.count
  }
  guest.count = n
  return start
}

export function liftItems(guest: Guest, at: number): Item[] {
  const { F64, U32 } = guest
  const start = U32[at >>> 2] as number
  const n = U32[(at >>> 2) + 1] as number
  checkList(guest, start, n * 32, 8)
  const list = new Array<Item>(n)
  for (let i = 0, f = start >>> 3, w = start >>> 2; i < n; i++, f += 4, w += 8) {
    const x = F64[f] as number
    const y = F64[f + 1] as number
    const id = U32[w + 4] as number
    list[i] = { x, y, id, name: liftString(guest, U32[w + 5] as number, U32[w + 6] as number) }
  }
  return list
}

export function lowerPoints(guest: Guest, path: string, value: unknown): number {
  if (!Array.isArray(value)) invalid(path, 'array', value)
  const list: readonly unknown[] = value
  const n = list.length
  const start = allocate(guest, path, n * 16, 8)
  const { F64 } = guest
  for (let i = 0, f = start >>> 3; i < n; i++, f += 2) {
    const element = list[i]
    if (!isObject(element)) invalid(`${path}[${i}]`, 'point', element)
    const { x, y } = element as Point
    if (typeof x !== 'number') invalid(`${path}[${i}].x`, 'f64', x)
    if (typeof y !== 'number') invalid(`${path}[${i}].y`, 'f64', y)
    F64[f] = x
    F64[f + 1] = y
  }
  guest.count = n
  return start
}

export function liftPoints(guest: Guest, at: number): Point[] {
  const { F64, U32 } = guest
  const start = U32[at >>> 2] as number
  const n = U32[(at >>> 2) + 1] as number
  checkList(guest, start, n * 16, 8)
  const list = new Array<Point>(n)
  for (let i = 0, f = start >>> 3; i < n; i++, f += 2) {
    list[i] = { x: F64[f] as number, y: F64[f + 1] as number }
  }
  return list
}

export function lowerStrings(guest: Guest, path: string, value: unknown): number {
  if (!Array.isArray(value)) invalid(path, 'array', value)
  const list: readonly unknown[] = value
  const n = list.length
  const start = allocate(guest, path, n * 8, 4)
  for (let i = 0, w = start >>> 2; i < n; i++, w += 2) {
    const element = list[i]
    if (typeof element !== 'string') invalid(`${path}[${i}]`, 'string', element)
    const text = lowerString(guest, path, element)
    const { U32 } = guest
    U32[w] = text
    U32[w + 1] = guest.count
  }
  guest.count = n
  return start
}

export function liftStrings(guest: Guest, at: number): string[] {
  const { U32 } = guest
  const start = U32[at >>> 2] as number
  const n = U32[(at >>> 2) + 1] as number
  checkList(guest, start, n * 8, 4)
  const list = new Array<string>(n)
  for (let i = 0, w = start >>> 2; i < n; i++, w += 2) {
    list[i] = liftString(guest, U32[w] as number, U32[w + 1] as number)
  }
  return list
}

export function lowerPairs(guest: Guest, path: string, value: unknown): number {
  if (!Array.isArray(value)) invalid(path, 'array', value)
  const list: readonly unknown[] = value
  const n = list.length
  const start = allocate(guest, path, n * 12, 4)
  for (let i = 0, w = start >>> 2; i < n; i++, w += 3) {
    const element = list[i]
    if (!Array.isArray(element) || element.length !== 2) invalid(`${path}[${i}]`, 'array of 2', element)
    const id: unknown = element[0]
    const name: unknown = element[1]
    if (!isU32(id)) invalid(`${path}[${i}][0]`, 'u32', id)
    if (typeof name !== 'string') invalid(`${path}[${i}][1]`, 'string', name)
    const text = lowerString(guest, path, name)
    const { U32 } = guest
    U32[w] = id
    U32[w + 1] = text
    U32[w + 2] = guest.count
  }
  guest.count = n
  return start
}

export function liftPairs(guest: Guest, at: number): Pair[] {
  const { U32 } = guest
  const start = U32[at >>> 2] as number
  const n = U32[(at >>> 2) + 1] as number
  checkList(guest, start, n * 12, 4)
  const list = new Array<Pair>(n)
  for (let i = 0, w = start >>> 2; i < n; i++, w += 3) {
    list[i] = [U32[w] as number, liftString(guest, U32[w + 1] as number, U32[w + 2] as number)]
  }
  return list
}
