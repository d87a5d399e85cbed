import type { Api, Item } from './api.ts'
import type { BenchCase } from './cases.ts'

/** Reading results where they lie, as a peer's own users write it; who cannot has to take the result as a whole. */
export interface Sharing {
  /** The first of `length` bytes. */
  firstByte(length: number): number
  /** The field `x` of the item at an index. */
  itemX(index: number): number
  /** The sum of the field `x` over all items. */
  sumOfX(): number
}

const known = new WeakMap<Partial<Api>, () => Sharing>()

/** Remembers how results of an instance are read in place; what that takes is made when a case asks for it. */
export function share<A extends Partial<Api>>(api: A, make: () => Sharing): A {
  known.set(api, make)
  return api
}

function sharingOf(api: Api): Sharing {
  return (
    known.get(api)?.() ?? {
      firstByte: (length) => api.giveBytes(length)[0] ?? Number.NaN,
      itemX: (index) => api.giveItems()[index]?.x ?? Number.NaN,
      sumOfX: () => api.giveItems().reduce((sum, { x }) => sum + x, 0),
    }
  )
}

const MI = 1024 * 1024
const items: Item[] = Array.from({ length: 1000 }, (_, i) => ({ x: i / 2, y: -i, id: i, name: `item number ${i}` }))
const keep = (api: Api): void => api.keepItems(items)

/** Calls whose results are looked at, not copied. */
export const SHARING_CASES: readonly BenchCase[] = [
  {
    name: 'view list<u8> 1 MiB, one byte',
    class: 'view',
    call: (api) => {
      const sharing = sharingOf(api)
      return () => sharing.firstByte(MI)
    },
    answer: 0,
  },
  {
    name: 'cursor list<item> 1k, one field',
    class: 'view',
    prepare: keep,
    call: (api) => {
      const sharing = sharingOf(api)
      return () => sharing.itemX(5)
    },
    answer: 2.5,
  },
  {
    name: 'cursor list<item> 1k, field of each',
    class: 'cursor',
    prepare: keep,
    call: (api) => {
      const sharing = sharingOf(api)
      return () => sharing.sumOfX()
    },
    answer: items.reduce((sum, { x }) => sum + x, 0),
  },
]
