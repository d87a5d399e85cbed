import type { CallHooks, CompiledComponent } from '../../src/runtime/index.ts'
import type { Built } from './worlds.ts'

/** The world of `guest.wit`, as the tests use it. */
export interface Store {
  readonly api: Api
  readonly boxes: { readonly Box: new (value: number) => GuestBox; swap(b: GuestBox): GuestBox }
  spend(t: Ticket): { price: number; paid: boolean }
  check(t: Ticket): number
  orderTicket(price: number): Ticket
  dispose(): void
}

export interface Counter extends Disposable {
  value(): number
  inc(by: number): number
  absorb(other: Counter): number
  same(other: Counter): boolean
}
interface CounterClass {
  new (start: number): Counter
  merge(a: Counter, b: Counter): Counter
  parse(n: number): Counter
}
interface GuestBox extends Disposable {
  get(): number
}
interface Api {
  readonly Counter: CounterClass
  readonly Checked: new (n: number) => { n(): number } & Disposable
  make(n: number): Counter[]
  total(all: readonly Counter[]): number
  peekAll(all: readonly Counter[]): number
  peek(c: Counter | undefined): number
  maybe(n: number): Counter | undefined
  wrap(c: Counter): { label: string; it: Counter }
  first(c: Counter, then: number, text: string): Counter
  destroyed(): number
  nextHandle(): number
  hold(e: Entry): void
  release(): Entry | undefined
  letGo(): void
  echo(e: Entry): Entry
  echoAll(all: readonly Entry[]): Entry[]
  lend(e: Entry): number
  lendTwice(a: Entry, b: Entry): number
  lendAll(all: readonly Entry[]): number
  order(id: number): Entry
  handOver(id: number): number
  find(id: number): Entry | undefined
  open(id: number): Entry
}

/** Objects of the host note what is done with them. */
export class Entry {
  static readonly log: string[] = []
  static found: Entry | undefined
  #id: number
  constructor(id: number) {
    this.#id = id
    Entry.log.push(`new ${id}`)
  }
  id(): number {
    return this.#id
  }
  rename(id: number): void {
    Entry.log.push(`rename ${this.#id} ${id}`)
    this.#id = id
  }
  static find(id: number): Entry | undefined {
    return Entry.found?.id() === id ? Entry.found : undefined
  }
  static open(id: number): Entry {
    if (id > 100) throw Object.assign(new Error('no'), { payload: `there is no ${id}` })
    return new Entry(id)
  }
  [Symbol.dispose](): void {
    Entry.log.push(`dispose ${this.#id}`)
  }
}

export class Box {
  static live = 0
  readonly #value: number
  constructor(value: number) {
    this.#value = value
    Box.live++
  }
  get(): number {
    return this.#value
  }
  [Symbol.dispose](): void {
    Box.live--
  }
}

export class Ticket {
  static live = 0
  readonly #price: number
  constructor(price: number) {
    this.#price = price
    Ticket.live++
  }
  price(): number {
    return this.#price
  }
  [Symbol.dispose](): void {
    Ticket.live--
  }
}

/** What the host does where a test wants something of its own. */
export interface Overrides {
  readonly look?: (e: Entry) => number
  readonly Entry?: typeof Entry
}

/** The host's side; the numbers that the guest notes go to `notes`. */
export function hostImports(overrides: Overrides = {}, notes: number[] = []): object {
  const take = (e: Entry): number => e.id()
  return {
    'test:resources/host': {
      Entry,
      take,
      look: take,
      give: (id: number) => new Entry(id),
      lookAtAll: (all: readonly Entry[]) => all.reduce((sum, e) => sum + e.id(), 0),
      ...overrides,
    },
    'test:resources/boxes': {
      Box,
      swap(b: Box): Box {
        const swapped = new Box(b.get() + 1)
        b[Symbol.dispose]()
        return swapped
      },
    },
    ticket: Ticket,
    buy: (price: number) => new Ticket(price),
    note: (n: number) => void notes.push(n),
  }
}

/** An instance of the guest, and the numbers that it noted. */
export function open(
  { WorldClass, compiled }: Pick<Built, 'WorldClass'> & { readonly compiled: CompiledComponent },
  overrides: Overrides = {},
  hooks?: CallHooks,
): Store & { readonly notes: readonly number[] } {
  const notes: number[] = []
  const imports = hostImports(overrides, notes)
  const store = WorldClass.instantiate(compiled, { imports, name: 'guest', hooks }) as unknown as Store
  return Object.assign(store, { notes })
}
