// Resources that the host implements, used by the guest.
import { rmSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { Entry, open, Ticket, type Store } from './store.ts'
import { build, thrownBy, type Built } from './worlds.ts'

const folder = temporaryFolder('host-resources')
afterAll(() => rmSync(folder, { recursive: true }))

let built: Built
let store: Store & { readonly notes: readonly number[] }
beforeAll(async () => {
  built = await build('guest', 'store', 'Store', folder)
})
beforeEach(() => {
  store = open(built)
  Entry.found = undefined
  Entry.log.length = 0
  Ticket.live = 0
})

describe('own', () => {
  test('the same object comes back', () => {
    const entry = new Entry(1)
    expect(store.api.echo(entry)).toBe(entry)
    store.api.hold(entry)
    expect(store.api.release()).toBe(entry)
    expect(store.api.release()).toBeUndefined()
    const all = [new Entry(2), new Entry(3), new Entry(4)]
    const back = store.api.echoAll(all)
    expect(back).toHaveLength(3)
    expect(back.every((e, i) => e === all[i])).toBe(true)
    expect(Entry.log.filter((line) => line.startsWith('dispose'))).toEqual([])
  })

  test("the guest's drop disposes of the object, once", () => {
    store.api.hold(new Entry(7))
    expect(Entry.log).toEqual(['new 7'])
    store.api.letGo()
    expect(Entry.log).toEqual(['new 7', 'dispose 7'])
  })

  test('an object given twice: each handle is one of its own', () => {
    const entry = new Entry(1)
    expect(store.api.echoAll([entry, entry])).toEqual([entry, entry])
  })

  test("the guest uses the host's constructor and methods", () => {
    const entry = store.api.order(10)
    expect(entry).toBeInstanceOf(Entry)
    expect(entry.id()).toBe(11)
    expect(Entry.log).toEqual(['new 10', 'rename 10 11'])
  })

  test('what the host gives the guest hands to the host', () => {
    expect(store.api.handOver(5)).toBe(5)
    expect(Entry.log).toEqual(['new 5'])
  })

  test('static functions', () => {
    Entry.found = new Entry(3)
    expect(store.api.find(3)).toBe(Entry.found)
    expect(store.api.find(4)).toBeUndefined()
    expect(store.api.open(5).id()).toBe(5)
    expect(thrownBy(() => store.api.open(101))).toMatchObject({ codeName: 'GuestError', payload: 'there is no 101' })
  })

  test('subclasses of the class will do', () => {
    class Special extends Entry {}
    const special = new Special(9)
    expect(store.api.echo(special)).toBe(special)
  })
})

describe('borrow', () => {
  test('the guest sees the object, and drops its handle without disposing of it', () => {
    const entry = new Entry(4)
    expect(store.api.lend(entry)).toBe(8)
    expect(store.api.lendTwice(entry, entry)).toBe(12)
    expect(store.api.lendAll([entry, new Entry(1), entry])).toBe(9)
    expect(Entry.log).toEqual(['new 4', 'new 1'])
  })

  test('an import gets the very object', () => {
    const seen: unknown[] = []
    const other = open(built, { look: (e) => seen.push(e) })
    const entry = new Entry(4)
    other.api.lend(entry)
    expect(seen).toEqual([entry])
    expect(seen[0]).toBe(entry)
  })
})

describe('mistakes of the host', () => {
  const message = (call: () => unknown): unknown => (thrownBy(call) as Error).message
  const CLASS = 'expected an object of the class Entry, got'

  test('objects of another class', () => {
    expect(message(() => store.api.echo({} as never))).toBe(
      `wasm module guest error [1 InvalidParam]: echo: e: ${CLASS} an object`,
    )
    expect(message(() => store.api.lendAll([new Entry(1), new Ticket(1) as never]))).toBe(
      `wasm module guest error [1 InvalidParam]: lend-all: all[1]: ${CLASS} an object`,
    )
    const entry = new Entry(1)
    expect(store.api.echo(entry)).toBe(entry)
  })

  test('a constructor that throws, a method that is not there, a dispose that throws', () => {
    class Broken extends Entry {
      constructor(id: number) {
        super(id)
        if (id === 13) throw new Error('not 13')
      }
      override [Symbol.dispose](): void {
        throw new Error('cannot be disposed of')
      }
    }
    const { api } = open(built, { Entry: Broken })
    expect(thrownBy(() => api.order(13))).toMatchObject({
      message: 'wasm module guest error [17 HostError]: not 13',
      function: 'test:resources/host#[constructor]entry',
    })
    const second = open(built, { Entry: Broken }).api
    second.hold(new Broken(1))
    expect(thrownBy(() => second.letGo())).toMatchObject({
      message: 'wasm module guest error [17 HostError]: cannot be disposed of',
      cause: new Error('cannot be disposed of'),
    })
    expect(thrownBy(() => second.destroyed())).toMatchObject({ codeName: 'InstancePoisoned' })
  })

  test('calling the instance from a dispose is re-entry', () => {
    let error: unknown
    class Calling extends Entry {
      override [Symbol.dispose](): void {
        error = thrownBy(() => calling.api.destroyed())
      }
    }
    const calling = open(built, { Entry: Calling })
    calling.api.hold(new Calling(1))
    calling.api.letGo()
    expect(error).toMatchObject({ codeName: 'Reentrance' })
    expect(calling.api.destroyed()).toBe(0)
  })
})

describe('dispose of the instance', () => {
  const disposed = (): string[] => Entry.log.filter((line) => line.startsWith('dispose'))

  test('gives back what the guest owns, once, and nothing that it has handed on', () => {
    store.api.hold(new Entry(7))
    const kept = new Entry(8)
    store.api.echo(kept)
    expect(disposed()).toEqual([])
    store.dispose()
    expect(disposed()).toEqual(['dispose 7'])
    store.dispose()
    expect(disposed()).toEqual(['dispose 7'])
  })

  test('also after a trap', () => {
    const other = open(built, {
      look: () => {
        throw new Error('not now')
      },
    })
    other.api.hold(new Entry(7))
    const lent = new Entry(1)
    expect(thrownBy(() => other.api.lend(lent))).toMatchObject({ codeName: 'HostError' })
    other.dispose()
    expect(disposed()).toEqual(['dispose 7'])
  })

  test('an object whose dispose throws: everything is given back all the same', () => {
    class Broken extends Entry {
      override [Symbol.dispose](): void {
        throw new Error('cannot be disposed of')
      }
    }
    const other = open(built, { Entry: Broken })
    other.api.hold(new Broken(1))
    expect(thrownBy(() => other.dispose())).toMatchObject({
      message:
        'wasm module guest error [17 HostError]: an object of the host threw while it was disposed of: cannot be disposed of',
      cause: new Error('cannot be disposed of'),
    })
    expect(thrownBy(() => other.api.destroyed())).toMatchObject({ codeName: 'Disposed' })
    other.dispose()
  })

  test('an object that calls the instance finds it disposed of', () => {
    let error: unknown
    class Calling extends Entry {
      override [Symbol.dispose](): void {
        error = thrownBy(() => calling.api.destroyed())
      }
    }
    const calling = open(built, { Entry: Calling })
    calling.api.hold(new Calling(1))
    calling.dispose()
    expect(error).toMatchObject({ codeName: 'Disposed' })
  })
})

describe('of the world itself', () => {
  test('functions, types and a resource', () => {
    expect(store.spend(new Ticket(12))).toStrictEqual({ price: 12, paid: true })
    expect(store.notes).toEqual([12])
    expect(Ticket.live).toBe(0)
    const ticket = new Ticket(3)
    expect(store.check(ticket)).toBe(3)
    expect(Ticket.live).toBe(1)
    const ordered = store.orderTicket(30)
    expect(ordered).toBeInstanceOf(Ticket)
    expect(ordered.price()).toBe(31)
    expect(Ticket.live).toBe(2)
  })
})

test('10,000 rounds leave neither handles nor objects behind', async () => {
  const { api } = store
  const refs: WeakRef<Entry>[] = []
  const round = (i: number): void => {
    const entry = new Entry(i)
    if (i % 100 === 0) refs.push(new WeakRef(entry))
    expect(api.lendAll([entry, entry])).toBe(2 * i)
    expect(api.echo(entry)).toBe(entry)
    expect(thrownBy(() => api.lendTwice(entry, null as never))).toMatchObject({ code: 1 })
    expect(thrownBy(() => api.echoAll([entry, null as never]))).toMatchObject({ code: 1 })
    api.hold(entry)
    if (i % 2 === 0) api.letGo()
    else expect(api.release()).toBe(entry)
    Entry.log.length = 0
  }
  round(1)
  const before = api.nextHandle()
  for (let i = 0; i < 10_000; i++) round(i)
  expect(api.nextHandle()).toBe(before)
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  await new Promise((resolve) => void setTimeout(resolve, 10))
  gc()
  expect(refs.filter((ref) => ref.deref() !== undefined)).toEqual([])
})
