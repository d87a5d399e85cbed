// Hooks around the functions of resources: those of the guest and those of the host, generated and dynamic.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addHooks, instantiate, removeHooks, withMetrics, type CallHooks } from '../../src/runtime/index.ts'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { Entry, hostImports, open, type Store } from './store.ts'
import { build, type Built } from './worlds.ts'

const folder = temporaryFolder('resource-hooks')
afterAll(() => rmSync(folder, { recursive: true }))

let built: Built
beforeAll(async () => {
  built = await build('guest', 'store', 'Store', folder)
})
beforeEach(() => {
  Entry.found = undefined
})

/** What has been called, in order: `> name`, `< name`, `! name`. */
function recorder(): CallHooks & { take(): string[] } {
  const events: string[] = []
  return {
    onCall: (site) => void events.push(`> ${site.function}`),
    onReturn: (site) => void events.push(`< ${site.function}`),
    onError: (site) => void events.push(`! ${site.function}`),
    take: () => events.splice(0),
  }
}

const call = (name: string): string[] => [`> ${name}`, `< ${name}`]

type Opened = Pick<Store, 'api'>
const WAYS: readonly { readonly name: string; readonly open: (hooks?: CallHooks) => { of: object; store: Opened } }[] =
  [
    {
      name: 'generated',
      open: (hooks) => {
        const store = open(built, {}, hooks)
        return { of: store, store }
      },
    },
    {
      name: 'dynamic',
      open: (hooks) => {
        const instance = instantiate(built.compiled, { imports: hostImports(), hooks })
        return { of: instance, store: { api: instance.exports['test:resources/api'] as unknown as Store['api'] } }
      },
    },
  ]

describe.each(WAYS)('$name', ({ open }) => {
  test("a guest's constructor, methods, static functions and destructor", () => {
    const hooks = recorder()
    const { of, store } = open(hooks)
    const { Counter } = store.api
    hooks.take()
    const counter = new Counter(3)
    expect(hooks.take()).toEqual(call('[constructor]counter'))
    expect(counter).toBeInstanceOf(Counter)
    expect(counter.inc(2)).toBe(5)
    expect(hooks.take()).toEqual(call('[method]counter.inc'))
    const merged = Counter.merge(counter, new Counter(1))
    expect(merged.value()).toBe(6)
    expect(hooks.take()).toEqual(
      ['[constructor]counter', '[static]counter.merge', '[method]counter.value'].flatMap(call),
    )
    merged[Symbol.dispose]()
    expect(hooks.take()).toEqual(call('[resource-drop]counter'))
    expect(() => merged.value()).toThrow('[20 Disposed]')
    expect(() => counter.inc(-1)).toThrow('[20 Disposed]')
    expect(hooks.take()).toEqual(
      ['[method]counter.value', '[method]counter.inc'].flatMap((name) => [`> ${name}`, `! ${name}`]),
    )
    removeHooks(of, hooks)
  })

  test('of one instance alone, added and removed while objects live', () => {
    const [one, other] = [open(), open()]
    const [mine, theirs] = [new one.store.api.Counter(1), new other.store.api.Counter(10)]
    const { prototype } = one.store.api.Counter as unknown as { prototype: object }
    const plain: unknown = Reflect.get(prototype, 'inc')
    const [first, second] = [recorder(), recorder()]
    addHooks(one.of, first)
    expect([mine.inc(1), theirs.inc(1)]).toEqual([2, 11])
    expect(first.take()).toEqual(call('[method]counter.inc'))
    addHooks(other.of, second)
    expect([mine.inc(1), theirs.inc(1)]).toEqual([3, 12])
    expect([first.take(), second.take()]).toEqual([call('[method]counter.inc'), call('[method]counter.inc')])
    removeHooks(one.of, first)
    expect([mine.inc(1), theirs.inc(1), new one.store.api.Counter(7).value()]).toEqual([4, 13, 7])
    expect([first.take(), second.take()]).toEqual([[], call('[method]counter.inc')])
    removeHooks(other.of, second)
    expect(Reflect.get(prototype, 'inc')).toBe(plain)
  })

  test("the host's constructor and methods, as the guest calls them, with a failure", () => {
    const { of, store } = open()
    const hooks = recorder()
    addHooks(of, hooks)
    store.api.order(10)
    expect(hooks.take()).toEqual([
      '> order',
      ...call('[constructor]entry'),
      ...call('[method]entry.id'),
      ...call('[method]entry.rename'),
      '< order',
    ])
    store.api.find(1)
    expect(hooks.take()).toEqual(['> find', ...call('[static]entry.find'), '< find'])
    expect(() => store.api.open(101)).toThrow('[18 GuestError]')
    expect(hooks.take()).toEqual(['> open', '> [static]entry.open', '! [static]entry.open', '! open'])
    removeHooks(of, hooks)
    store.api.order(10)
    expect(hooks.take()).toEqual([])
  })

  test('metrics have a row for each function', () => {
    const { of, store } = open()
    const metrics = withMetrics(of)
    const counter = new store.api.Counter(1)
    for (let i = 0; i < 3; i++) counter.inc(1)
    counter[Symbol.dispose]()
    expect(metrics.snapshot().map((row) => [row.interface, row.function, row.direction, row.count])).toEqual([
      ['test:resources/api', '[constructor]counter', 'export', 1],
      ['test:resources/api', '[method]counter.inc', 'export', 3],
      ['test:resources/api', '[resource-drop]counter', 'export', 1],
    ])
    removeHooks(of, metrics)
  })
})

test('an instance that is disposed takes its hooks off the class that all instances share', () => {
  const hooks = recorder()
  const store = open(built, {}, hooks)
  const { prototype } = store.api.Counter as unknown as { prototype: object }
  const hooked: unknown = Reflect.get(prototype, 'inc')
  store.dispose()
  expect(Reflect.get(prototype, 'inc')).not.toBe(hooked)
  expect(new (open(built).api.Counter)(1).inc(1)).toBe(2)
})
