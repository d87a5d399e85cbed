// Resources that the guest implements, used by the host.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder, typeErrors } from '../helpers/echo-guest-world.ts'
import { Box, Entry, open, type Counter, type Store } from './store.ts'
import { build, thrownBy, type Built } from './worlds.ts'

const folder = temporaryFolder('guest-resources')
afterAll(() => rmSync(folder, { recursive: true }))

let built: Built
let store: Store
beforeAll(async () => {
  built = await build('guest', 'store', 'Store', folder)
})
beforeEach(() => {
  Box.live = 0
  Entry.log.length = 0
  store = open(built)
})

test('the generated code passes the type check', async () => {
  expect(await typeErrors(folder)).toEqual([])
})

describe('a resource of the guest', () => {
  test('constructor, methods, statics', () => {
    const { Counter } = store.api
    const c = new Counter(5)
    expect(c.value()).toBe(5)
    expect(c.inc(2)).toBe(7)
    expect(c).toBeInstanceOf(Counter)
    const sum = Counter.merge(c, new Counter(10))
    expect(sum.value()).toBe(17)
    expect(sum).toBeInstanceOf(Counter)
    expect(store.api.destroyed()).toBe(2)
  })

  test('a static function that fails', () => {
    expect(store.api.Counter.parse(100).value()).toBe(100)
    expect(thrownBy(() => store.api.Counter.parse(101))).toMatchObject({
      codeName: 'GuestError',
      payload: 101,
      function: 'test:resources/api#[static]counter.parse',
    })
  })

  test('a constructor that fails throws', () => {
    const { Checked } = store.api
    expect(new Checked(4).n()).toBe(4)
    expect(thrownBy(() => new Checked(3))).toMatchObject({
      codeName: 'GuestError',
      payload: 3,
      function: 'test:resources/api#[constructor]checked',
    })
    expect(new Checked(6).n()).toBe(6)
  })

  test('wrong arguments of constructors, methods and statics name the path', () => {
    const { Counter } = store.api
    const c = new Counter(1)
    const text = (call: () => unknown): unknown => (thrownBy(call) as Error).message
    const prefix = 'wasm module guest error [1 InvalidParam]:'
    expect(text(() => new Counter(-1))).toBe(`${prefix} [constructor]counter: start: expected u32, got -1`)
    expect(text(() => c.inc('1' as never))).toBe(`${prefix} [method]counter.inc: by: expected u32, got "1"`)
    const counter = 'expected test:resources/api#counter, got'
    expect(text(() => Counter.merge(c, {} as never))).toBe(`${prefix} [static]counter.merge: b: ${counter} an object`)
    expect(text(() => store.api.total([c, null as never]))).toBe(`${prefix} total: all[1]: ${counter} null`)
    expect(text(() => store.api.peek(null as never))).toBe(`${prefix} peek: c: ${counter} null`)
    // What a refused call was to take over is still there.
    expect(c.value()).toBe(1)
    expect(Counter.merge(c, new Counter(1)).value()).toBe(2)
  })

  test('in lists, options and records', () => {
    const made = store.api.make(5)
    expect(made.map((c) => c.value())).toEqual([0, 1, 2, 3, 4])
    expect(store.api.peek(made[3])).toBe(3)
    expect(store.api.peekAll(made)).toBe(10)
    expect(store.api.peek(undefined)).toBe(0)
    expect(store.api.maybe(0)).toBeUndefined()
    expect(store.api.maybe(9)?.value()).toBe(9)
    expect(store.api.total(made)).toBe(10)
    expect(store.api.make(0)).toEqual([])
    const { label, it } = store.api.wrap(new store.api.Counter(8))
    expect([label, it.value()]).toEqual(['wrapped', 8])
  })

  test('a constructor called without new, and one that the resource has not', () => {
    const { Counter } = store.api as unknown as { Counter: (n: number) => unknown }
    expect(() => Counter(1)).toThrow(new TypeError('Counter has to be called with new'))
  })
})

describe('ownership', () => {
  const DISPOSED = { codeName: 'Disposed' }

  test('passing own disposes the object', () => {
    const { Counter } = store.api
    const [a, b] = [new Counter(1), new Counter(2)]
    expect(a.absorb(b)).toBe(3)
    expect(thrownBy(() => b.value())).toMatchObject({
      ...DISPOSED,
      message: 'wasm module guest error [20 Disposed]: this test:resources/api#counter has been disposed or passed on',
      function: 'test:resources/api#[method]counter.value',
    })
    expect(thrownBy(() => a.absorb(b))).toMatchObject({
      ...DISPOSED,
      message:
        'wasm module guest error [20 Disposed]: other: this test:resources/api#counter has been disposed or passed on',
    })
    expect(thrownBy(() => a.same(b))).toMatchObject(DISPOSED)
    expect(a.value()).toBe(3)
  })

  test('disposing runs the destructor once', () => {
    const c = new store.api.Counter(1)
    c[Symbol.dispose]()
    expect(store.api.destroyed()).toBe(1)
    c[Symbol.dispose]()
    expect(store.api.destroyed()).toBe(1)
    expect(thrownBy(() => c.value())).toMatchObject(DISPOSED)
  })

  test('an object that was passed on can be disposed of without effect', () => {
    const c = new store.api.Counter(1)
    const { it } = store.api.wrap(c)
    c[Symbol.dispose]()
    expect(it.value()).toBe(1)
    expect(store.api.destroyed()).toBe(0)
  })

  test('one object as two own arguments', () => {
    const { Counter } = store.api
    const c = new Counter(4)
    expect(thrownBy(() => Counter.merge(c, c))).toMatchObject({
      ...DISPOSED,
      message:
        'wasm module guest error [20 Disposed]: b: this test:resources/api#counter has been disposed or passed on',
    })
    expect(c.value()).toBe(4)
  })

  test('one object as receiver and own argument', () => {
    const c = new store.api.Counter(4)
    expect(thrownBy(() => c.absorb(c))).toMatchObject({
      codeName: 'InvalidHandle',
      message:
        'wasm module guest error [22 InvalidHandle]: other: this test:resources/api#counter is lent to a call at the moment',
    })
    expect(c.inc(1)).toBe(5)
    expect(c.same(c)).toBe(true)
  })

  test('a call that fails while it is lowered gives back what it took', () => {
    const c = new store.api.Counter(6)
    expect(thrownBy(() => store.api.first(c, 256, 'x'))).toMatchObject({ codeName: 'InvalidParam' })
    expect(thrownBy(() => store.api.first(c, 1, 2 as never))).toMatchObject({ codeName: 'InvalidParam' })
    expect(c.value()).toBe(6)
    const back = store.api.first(c, 1, 'x')
    expect(back.value()).toBe(6)
    expect(thrownBy(() => c.value())).toMatchObject(DISPOSED)
  })

  test('user code that runs while a call is lowered cannot dispose of what is lent, nor call', () => {
    const c = new store.api.Counter(6)
    const errors: unknown[] = []
    const list = new Proxy([c, c], {
      get(target, key) {
        if (key === '1') {
          errors.push(thrownBy(() => c[Symbol.dispose]()))
          errors.push(thrownBy(() => c.value()))
        }
        return Reflect.get(target, key) as unknown
      },
    })
    expect(store.api.peekAll(list)).toBe(12)
    expect(errors).toHaveLength(2)
    expect(errors[0]).toMatchObject({
      codeName: 'InvalidHandle',
      message:
        'wasm module guest error [22 InvalidHandle]: this test:resources/api#counter is lent to a call at the moment',
    })
    expect(errors[1]).toMatchObject({ codeName: 'Reentrance' })
    expect(c.value()).toBe(6)
  })

  test("another instance's object", () => {
    const other = open(built)
    const mine = new store.api.Counter(1)
    const theirs = new other.api.Counter(2)
    const refused = {
      codeName: 'InvalidHandle',
      message:
        'wasm module guest error [22 InvalidHandle]: other: this test:resources/api#counter belongs to another instance',
    }
    expect(thrownBy(() => mine.absorb(theirs))).toMatchObject(refused)
    expect(thrownBy(() => mine.same(theirs))).toMatchObject(refused)
    expect(theirs.value()).toBe(2)
    expect(mine.value()).toBe(1)
  })

  test('disposing of an object of a lost instance does nothing', () => {
    const c = new store.api.Counter(1)
    // The guest finds that the counter has been destroyed, by a trap in its destructor.
    const broken = open(built, {
      look: () => {
        throw new Error('broken')
      },
    })
    const lost = new broken.api.Counter(1)
    expect(thrownBy(() => broken.api.lend(new Entry(1)))).toMatchObject({ codeName: 'HostError' })
    expect(() => lost[Symbol.dispose]()).not.toThrow()
    expect(thrownBy(() => lost.value())).toMatchObject({ codeName: 'InstancePoisoned' })
    expect(c.value()).toBe(1)
  })

  test('after the instance is disposed of', () => {
    const c: Counter = new store.api.Counter(1)
    store.dispose()
    expect(thrownBy(() => c.value())).toMatchObject(DISPOSED)
    expect(() => c[Symbol.dispose]()).not.toThrow()
  })
})

describe('an interface that is imported and exported', () => {
  test("the guest's resource wraps the host's", () => {
    const box = new store.boxes.Box(4)
    expect(box.get()).toBe(41)
    expect(Box.live).toBe(1)
    const swapped = store.boxes.swap(box)
    expect(swapped.get()).toBe(42)
    expect(Box.live).toBe(1)
    expect(thrownBy(() => box.get())).toMatchObject({ codeName: 'Disposed' })
    swapped[Symbol.dispose]()
    expect(Box.live).toBe(0)
  })

  test('the two resources are not the same type', () => {
    expect(thrownBy(() => store.boxes.swap(new Box(1) as never))).toMatchObject({
      message: 'wasm module guest error [1 InvalidParam]: swap: b: expected test:resources/boxes#box, got an object',
    })
  })
})

test('10,000 rounds leave no handle behind', () => {
  const { api, boxes } = store
  const round = (i: number): void => {
    const a = new api.Counter(i)
    const b = new api.Counter(1)
    expect(a.absorb(b)).toBe(i + 1)
    const { it } = api.wrap(a)
    expect(api.peek(it)).toBe(i + 1)
    if (i % 2 === 0) it[Symbol.dispose]()
    else expect(api.total([it, ...api.make(3)])).toBe(i + 4)
    if (i % 100 === 0) expect(thrownBy(() => api.first(new api.Counter(0), -1, ''))).toMatchObject({ code: 1 })
    boxes.swap(new boxes.Box(i))[Symbol.dispose]()
  }
  round(0)
  const before = api.nextHandle()
  for (let i = 0; i < 10_000; i++) round(i)
  expect(api.nextHandle()).toBe(before)
  expect(Box.live).toBe(0)
})
