// Views and blocks wherever a list can stand: in options and results, in functions of resources and of the world itself.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  removeHooks,
  withMetrics,
  type ArgumentBlock,
  type CallSite,
  type NumberList,
  type RecordList,
} from 'witgen/runtime'
import {
  generateWorld,
  importWorld,
  temporaryFolder,
  typeErrors,
  type WorldObject,
} from '../helpers/echo-guest-world.ts'
import { componentOf } from '../helpers/wat.ts'
import { messageOf, thrownBy } from '../hostile/guest.ts'
import { POSITIONS_WAT, POSITIONS_WIT } from './positions-guest.ts'

interface Point {
  readonly x: number
  readonly y: number
}
interface Store {
  items(): Float64Array
  [Symbol.dispose](): void
}
interface World extends WorldObject {
  readonly api: { readonly Store: new (values: unknown) => Store; freed(): number }
  echo(l: unknown): Uint16Array
}
interface Views {
  maybe<R>(some: boolean, use: (view: NumberList<'f64'> | undefined) => R): R
  maybePoints<R>(some: boolean, use: (view: RecordList<Point> | undefined) => R): R
  attempt<R>(kind: number, use: (view: NumberList<'u8'> | undefined) => R): R
  bare<R>(fail: boolean, use: (view: NumberList<'u32'>) => R): R
  texts<R>(l: unknown, use: (view: NumberList<'u8'>) => R): R
  storeItems<R>(view: unknown, use: (view: NumberList<'u8'>) => R): R
  storeItems_<R>(store: unknown, use: (view: NumberList<'f64'>) => R): R
  storePoints<R>(store: unknown, use: (view: RecordList<Point>) => R): R
  storeAppended<R>(store: unknown, list: unknown, use: (view: NumberList<'f64'> | undefined) => R): R
  storeFirst(store: unknown, plus: unknown): number
  storeEcho<R>(values: unknown, use: (view: NumberList<'f64'>) => R): R
  reserve(type: 'f64', n: number): ArgumentBlock<'f64'>
}
interface RootViews {
  echo<R>(l: unknown, use: (view: NumberList<'u16'>) => R): R
  maybeLongs<R>(some: boolean, use: (view: NumberList<'s64'> | undefined) => R): R
  reserve(type: 'u16', n: number): ArgumentBlock<'u16'>
}

const folder = temporaryFolder('view-positions')
afterAll(() => rmSync(folder, { recursive: true }))

let fresh: (options?: object) => {
  readonly world: World
  readonly views: Views
  readonly root: RootViews
  again(): readonly unknown[]
}
beforeAll(async () => {
  const { file } = generateWorld(POSITIONS_WIT, 'w', folder, true)
  const W = await importWorld(file, 'W')
  const compiled = await W.compile(await componentOf(POSITIONS_WAT, POSITIONS_WIT))
  const load = async (path: string): Promise<unknown> =>
    import(/* @vite-ignore */ pathToFileURL(join(folder, path)).href)
  const { viewsOfApi } = (await load('test/t/api.views.ts')) as { viewsOfApi: (exports: object) => Views }
  const { viewsOfW } = (await load('w.views.ts')) as { viewsOfW: (world: object) => RootViews }
  fresh = (options = {}) => {
    const world = W.instantiate(compiled, { imports: {}, name: 'guest', ...options }) as World
    const again = (): readonly unknown[] => [viewsOfApi(world.api), viewsOfW(world)]
    return { world, views: viewsOfApi(world.api), root: viewsOfW(world), again }
  }
})

test('the objects with views are made once for each instance', () => {
  const { views, root, world, again } = fresh()
  expect(again()[0]).toBe(views)
  expect(again()[1]).toBe(root)
  expect(fresh().views).not.toBe(views)
  world.dispose()
  expect(again).toThrow(expect.objectContaining({ codeName: 'Disposed' }))
})

const all = (view: Iterable<unknown> | undefined): unknown => (view === undefined ? undefined : [...view])

describe('options and results', () => {
  test('some', () => {
    const { views, world } = fresh()
    expect(views.maybe(true, all)).toEqual([1.5, 2.5, 3.5])
    expect(views.maybePoints(true, (view) => [view?.length, view?.at(0).x, view?.at(0).y])).toEqual([1, 1.5, 2.5])
    expect(views.attempt(0, all)).toEqual([97, 98, 99])
    expect(views.bare(false, (view) => view.at(0))).toBe(0x636261)
    expect(world.api.freed()).toBe(4)
  })

  test('none: the function is called all the same, and the guest cleans up', () => {
    const { views, world } = fresh()
    let calls = 0
    const use = (view: unknown): unknown => [view, ++calls]
    expect(views.maybe(false, use)).toEqual([undefined, 1])
    expect(views.maybePoints(false, use)).toEqual([undefined, 2])
    expect(views.attempt(1, use)).toEqual([undefined, 3])
    expect(world.api.freed()).toBe(3)
  })

  test('err is thrown, and the function is not called', () => {
    const { views, world } = fresh()
    let calls = 0
    expect(thrownBy(() => views.attempt(2, () => calls++))).toMatchObject({ codeName: 'GuestError', payload: 'ab' })
    expect(thrownBy(() => views.bare(true, () => calls++))).toMatchObject({
      codeName: 'GuestError',
      payload: undefined,
    })
    expect([calls, world.api.freed()]).toEqual([0, 2])
  })

  test('views of an option end with the function, too', () => {
    const { views } = fresh()
    const kept = views.maybe(true, (view) => view)
    const raw = views.maybe(true, (view) => view?.array)
    expect(messageOf(thrownBy(() => kept?.at(0)))).toBe(
      '[21 ExpiredView]: a view on the result of test:t/api#maybe was used after the function that was given it had ended',
    )
    expect(raw?.length).toBe(0)
  })

  test('an option of an option is left to the ordinary function', () => {
    expect(fresh().views).not.toHaveProperty('nested')
  })
})

describe('resources', () => {
  test('a method takes its object first', () => {
    const { views, world } = fresh()
    const store = new world.api.Store([1, 2, 3, 4])
    expect(views.storeItems_(store, all)).toEqual([1, 2, 3, 4])
    expect(views.storePoints(store, (view) => [...view].map(({ x, y }) => [x, y]))).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(views.storeAppended(store, [5], all)).toEqual([5])
    expect(views.storeAppended(store, [], all)).toBeUndefined()
    expect(world.api.freed()).toBe(4)
    store[Symbol.dispose]()
  })

  test('a static function takes none', () => {
    expect(fresh().views.storeEcho([7, 8], all)).toEqual([7, 8])
  })

  test('blocks are arguments of both', () => {
    const { views, world } = fresh()
    const store = new world.api.Store([1])
    const fill = (value: number): ArgumentBlock<'f64'> => {
      const block = views.reserve('f64', 1)
      block.array[0] = value
      return block
    }
    expect(views.storeFirst(store, fill(41))).toBe(42)
    expect(views.storeEcho(fill(5), all)).toEqual([5])
    expect(views.storeAppended(store, fill(6), all)).toEqual([6])
  })

  test('the object is lent while its list is viewed', () => {
    const { views, world } = fresh()
    const store = new world.api.Store([1])
    const error = views.storeItems_(store, () => thrownBy(() => store[Symbol.dispose]()))
    expect(error).toMatchObject({ codeName: 'InvalidHandle' })
    expect(store.items()).toEqual(new Float64Array([1]))
    store[Symbol.dispose]()
    expect(messageOf(thrownBy(() => views.storeItems_(store, all)))).toBe(
      '[20 Disposed]: store: this test:t/api#store has been disposed or passed on',
    )
  })

  test.each([
    ['nothing', () => undefined, 'InvalidParam'],
    ['another object', () => ({}), 'InvalidParam'],
    ['an object of another instance', () => new (fresh().world.api.Store)([1]), 'InvalidHandle'],
  ])('%s is refused, and the instance goes on', (_, receiver, codeName) => {
    const { views } = fresh()
    expect(thrownBy(() => views.storeItems_(receiver(), all))).toMatchObject({ codeName })
    expect(views.storeEcho([1], all)).toEqual([1])
  })

  test('a function of the interface keeps its name', () => {
    expect(fresh().views.storeItems(new Uint8Array([1, 2]), all)).toEqual([1, 2])
  })
})

describe("the world's own functions", () => {
  test('are viewed by the instance', () => {
    const { root, world } = fresh()
    expect(root.echo(new Uint16Array([1, 65535]), all)).toEqual([1, 65535])
    expect(root.maybeLongs(true, all)).toEqual([-1n, 2n])
    expect(root.maybeLongs(false, all)).toBeUndefined()
    const block = root.reserve('u16', 2)
    block.array.set([3, 4])
    expect(root.echo(block, (view) => view.copy())).toEqual(new Uint16Array([3, 4]))
    expect(world.api.freed()).toBe(4)
    world.dispose()
    expect(thrownBy(() => root.echo([1], all))).toMatchObject({ codeName: 'Disposed' })
  })

  test('errors have their names', () => {
    const { root } = fresh()
    const kept = root.echo([1], (view) => view)
    expect(messageOf(thrownBy(() => kept.length))).toBe(
      '[21 ExpiredView]: a view on the result of echo was used after the function that was given it had ended',
    )
    expect(messageOf(thrownBy(() => root.echo([-1], all)))).toBe('[1 InvalidParam]: echo: l[0]: expected u16, got -1')
  })
})

describe('hooks', () => {
  const watched = (): { readonly seen: unknown[]; readonly hooks: object } => {
    const seen: unknown[] = []
    const onReturn = (site: CallSite, _: number, bytesIn: number, bytesOut: number): void =>
      void seen.push([site.interface, site.function, bytesIn, bytesOut])
    return { seen, hooks: { onReturn } }
  }

  test('count what is viewed as handed out, once, and blocks as handed in', () => {
    const { seen, hooks } = watched()
    const { views, root, world } = fresh({ hooks })
    views.maybe(true, (view) => view?.array.length)
    views.maybe(false, () => 0)
    views.maybePoints(true, (view) => view?.at(0).x)
    views.attempt(0, (view) => [view?.at(0), view?.at(0)])
    views.storeEcho(views.reserve('f64', 4), (view) => view.length)
    root.echo(root.reserve('u16', 3), (view) => view.length)
    const store = new world.api.Store([1, 2])
    views.storePoints(store, (view) => view.length)
    expect(seen).toEqual([
      ['test:t/api', 'maybe', 0, 24],
      ['test:t/api', 'maybe', 0, 0],
      ['test:t/api', 'maybe-points', 0, 16],
      ['test:t/api', 'attempt', 0, 3],
      ['test:t/api', '[static]store.echo', 32, 32],
      ['$root', 'echo', 6, 6],
      ['test:t/api', '[constructor]store', 16, 0],
      ['test:t/api', '[method]store.points', 0, 16],
    ])
  })

  test('come and go, and see methods under both names', () => {
    const { views, world } = fresh()
    const store = new world.api.Store([1, 2])
    const metrics = withMetrics(world)
    views.storeItems_(store, all)
    store.items()
    removeHooks(world, metrics)
    views.storeItems_(store, all)
    expect(metrics.snapshot()).toMatchObject([{ function: '[method]store.items', count: 2, bytesOut: 32 }])
  })
})

test('codecs are those of the interface: no file of views has any', () => {
  const { views } = fresh()
  expect(views.texts([['a'], []], all)).toEqual([97, 98])
  for (const path of ['test/t/api.views.ts', 'w.views.ts'])
    expect(readFileSync(join(folder, path), 'utf8')).not.toMatch(/^(?:export )?function (?!viewsOf)/mu)
})

test('codec files are the same with views and without', () => {
  const without = join(folder, 'without')
  generateWorld(POSITIONS_WIT, 'w', without)
  for (const path of ['test/t/api.codec.ts', 'w.codec.ts', 'test/t/api.ts', 'w.ts'])
    expect(readFileSync(join(folder, path), 'utf8')).toBe(readFileSync(join(without, path), 'utf8'))
})

test('the generated code passes under every flag', async () => {
  expect(await typeErrors(folder)).toEqual([])
})
