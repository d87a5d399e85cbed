import type { Api, Item, Point } from './api.ts'
import { measure, type Effort } from './measure.ts'
import type { Instantiate } from './peers.ts'

const point: Point = { x: 1.5, y: 2 }
const item: Item = { x: 1.5, y: 2, id: 5, name: 'abcdefghijklmnopq' }
const items: Item[] = Array.from({ length: 1000 }, (_, i) => ({
  ...item,
  id: i,
  name: item.name.slice(0, 10 + (i % 8)),
}))

/** The calls that are made to several instances in turn. */
const MANY_CALLS: Readonly<Record<string, (next: () => Api, apis: readonly Api[]) => () => unknown>> = {
  'add(u32,u32)': (next) => () => next().add(3, 4),
  'echo string 16 B': (next) => () => next().echoString('abcdefghijklmnop'),
  'echo record point': (next) => () => next().echoPoint(point),
  'echo record item': (next) => () => next().echoItem(item),
  'echo list<item> 1k': (next) => () => next().echoItems(items),
  'resource method': (_, apis) => {
    const next = inTurn(apis.map((api) => new api.Counter(0)))
    return () => next().inc(1)
  },
  'import u32 x1000': (next) => () => next().callPing(1000),
}

export const MANY_NAMES: readonly string[] = Object.keys(MANY_CALLS)

let apis: Api[] = []
const made = new Map<string, () => unknown>()

/** The time of one call, in nanoseconds, where the calls go to instances of `guests` in turn: always the same in a process. */
export async function measureMany(
  instantiate: Instantiate,
  guests: readonly number[],
  name: string,
  effort: Effort,
): Promise<number> {
  if (apis.length === 0) apis = guests.map((guest) => instantiate(guest) as Api)
  let call = made.get(name)
  if (call === undefined) {
    const make = MANY_CALLS[name]
    if (make === undefined) throw new Error(`there is no call ${name}`)
    made.set(name, (call = make(inTurn(apis), apis)))
  }
  return measure(call, effort)
}

function inTurn<T>(all: readonly T[]): () => T {
  let i = 0
  return () => {
    i = i + 1 === all.length ? 0 : i + 1
    return all[i] as T
  }
}
