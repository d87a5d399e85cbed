// Many instances of two worlds in random order, calling each other from imports, equal to a model of them.
import { expect, test } from 'vitest'
import { addHooks, isWasmError, liveReport, type InstanceOptions, type WasmError } from 'witgen/runtime'
import { SEATS } from '../../src/runtime/dispatch-table.ts'
import { Random } from '../fuzz/random.ts'
import type { Counter } from '../guests/generated/test/toolbox/counters.ts'
import type { Host } from '../guests/generated/test/toolbox/host.ts'
import { ToolboxLite } from '../guests/generated/toolbox-lite.ts'
import { Toolbox } from '../guests/generated/toolbox.ts'
import { guestFiles } from '../guests/guests.ts'

const SEEDS = Number(process.env['WITGEN_RANDOM_WORLDS'] ?? 8)
const FIRST_SEED = Number(process.env['WITGEN_RANDOM_SEED'] ?? 1)
const STEPS = 400

/** Makes an instance of one guest. Both worlds export the same `compute`. */
type Maker = (host: Host, options: InstanceOptions) => Toolbox | ToolboxLite

/** An instance, and what is known of it. */
interface Modelled {
  readonly toolbox: Toolbox | ToolboxLite
  /** The counters that the host holds and their values; undefined for one that is gone. */
  readonly counters: { readonly counter: Counter; value: bigint | undefined }[]
  state: 'idle' | 'busy' | 'poisoned' | 'disposed'
  /** What its next call of `lookup` does. */
  onLookup: () => string
}

class Model {
  readonly #random: Random
  readonly #makers: readonly Maker[]
  readonly #all: Modelled[] = []
  #depth = 0

  constructor(seed: number, makers: readonly Maker[]) {
    this.#random = new Random(seed)
    this.#makers = makers
  }

  step(): void {
    const one = this.#pick(this.#all)
    const open = this.#all.filter(({ state }) => state !== 'disposed').length
    if (one === undefined || (open < 2 * SEATS && this.#chance() < 0.15)) return this.#create()
    const steps = [this.#add, this.#reverse, this.#make, this.#increment, this.#merge, this.#drop, this.#nest]
    const r = this.#chance()
    if (r < 0.04) this.#dispose(one)
    else if (r < 0.06) this.#fail(one)
    else this.#pick(steps)?.call(this, one)
  }

  end(): void {
    for (const one of this.#all) one.toolbox.dispose()
  }

  #create(): void {
    const make = this.#pick(this.#makers)
    if (make === undefined) throw new Error('no guest')
    const policy = this.#chance() < 0.15 ? { maxMemoryPages: 1000 } : undefined
    const toolbox = make({ log: () => {}, twice: (n) => n * 2, lookup: () => one.onLookup() }, { policy })
    if (this.#chance() < 0.15) addHooks(toolbox, { onCall: () => {} })
    const one: Modelled = { toolbox, counters: [], state: 'idle', onLookup: () => '' }
    this.#all.push(one)
  }

  #add(one: Modelled): void {
    const [a, b] = [this.#int(), this.#int()]
    this.#call(one, () => expect(one.toolbox.compute.add(a, b)).toBe((a + b) >>> 0))
  }

  #reverse(one: Modelled): void {
    const text = 'añ☃𝄞'.repeat(1 + (this.#int() % 400))
    const reversed = Array.from(text).toReversed().join('')
    this.#call(one, () => expect(one.toolbox.compute.reverseText(text)).toBe(reversed))
  }

  #make(one: Modelled): void {
    const { toolbox } = one
    if (toolbox instanceof ToolboxLite) return this.#add(one)
    const value = BigInt(this.#int())
    this.#call(one, () => one.counters.push({ counter: new toolbox.counters.Counter(value), value }))
  }

  #increment(one: Modelled): void {
    const held = this.#pick(one.counters.filter(({ value }) => value !== undefined))
    if (held?.value === undefined) return
    const { counter, value } = held
    this.#call(one, () => expect(counter.increment(3n)).toBe((held.value = value + 3n)))
  }

  /** Of two counters; those of two instances are refused. */
  #merge(one: Modelled): void {
    const other = this.#chance() < 0.2 ? (this.#pick(this.#all) ?? one) : one
    const [a, b] = [this.#pick(one.counters), this.#pick(other.counters)]
    if (one.toolbox instanceof ToolboxLite || a?.value === undefined || b?.value === undefined || a === b) return
    const { Counter } = one.toolbox.counters
    if (other !== one) return this.#call(one, () => Counter.merge(a.counter, b.counter), 'InvalidHandle')
    const value = a.value + b.value
    this.#call(one, () => {
      one.counters.push({ counter: Counter.merge(a.counter, b.counter), value })
      a.value = undefined
    })
  }

  #drop(one: Modelled): void {
    const held = this.#pick(one.counters.filter(({ value }) => value !== undefined))
    if (held === undefined) return
    if (one.state !== 'busy') {
      held.counter[Symbol.dispose]()
      held.value = undefined
    } else expect(() => held.counter[Symbol.dispose]()).toThrow(expect.objectContaining({ codeName: 'Reentrance' }))
  }

  /** A call in which others are called. */
  #nest(one: Modelled): void {
    if (this.#depth > 5) return
    const keys = Array.from({ length: 1 + (this.#int() % 3) }, (_, i) => `${'k'.repeat(this.#int() % 100)}${i}`)
    const found = keys.map((key) => key.repeat(3))
    let next = 0
    const before = one.state
    this.#call(one, () => {
      if (before !== 'idle') return void one.toolbox.compute.lookUpAll(keys)
      one.onLookup = () => {
        this.#depth++
        for (let i = this.#int() % 4; i > 0; i--) this.step()
        this.#depth--
        return found[next++] ?? ''
      }
      expect(one.toolbox.compute.lookUpAll(keys)).toEqual(found)
    })
  }

  /** A host function that throws poisons the instance, whoever else is in the middle of a call. */
  #fail(one: Modelled): void {
    if (one.state !== 'idle') return this.#add(one)
    one.onLookup = () => {
      this.#depth++
      if (this.#depth < 5) this.step()
      this.#depth--
      throw new Error('on purpose')
    }
    one.state = 'busy'
    expect(() => one.toolbox.compute.lookUpAll(['a'])).toThrow(expect.objectContaining({ codeName: 'HostError' }))
    one.state = 'poisoned'
  }

  #dispose(one: Modelled): void {
    if (one.state === 'busy') {
      expect(() => one.toolbox.dispose()).toThrow(expect.objectContaining({ codeName: 'Reentrance' }))
    } else {
      one.toolbox.dispose()
      one.state = 'disposed'
    }
  }

  /** Calls an instance that can be called; any other refuses. */
  #call(one: Modelled, run: () => void, refusal?: string): void {
    const { state } = one
    const expected = { idle: refusal, busy: 'Reentrance', poisoned: 'InstancePoisoned', disposed: 'Disposed' }[state]
    if (state === 'idle') one.state = 'busy'
    let error: WasmError | undefined
    try {
      run()
    } catch (thrown) {
      if (!isWasmError(thrown)) throw thrown
      error = thrown
    }
    one.state = state
    expect(error?.codeName, error?.stack).toBe(expected)
  }

  #pick<T>(all: readonly T[]): T | undefined {
    return all[this.#random.below(all.length)]
  }

  #chance(): number {
    return this.#random.below(1000) / 1000
  }

  #int(): number {
    return this.#random.below(2 ** 31)
  }
}

async function makers(): Promise<readonly Maker[]> {
  const paths = ['rust/toolbox.wasm', 'c/toolbox.wasm'].flatMap((name) => guestFiles(name).map(({ path }) => path))
  const lite = guestFiles('assemblyscript/toolbox.wasm').map(({ path }) => path)
  const full = await Promise.all(paths.map((path) => Toolbox.compile(path)))
  const small = await Promise.all(lite.map((path) => ToolboxLite.compile(path)))
  class Sink {}
  return [
    ...full.map((compiled): Maker => (host, options) => {
      const imports = { 'test:toolbox/host': host, 'test:toolbox/sinks': { Sink: Sink as never } }
      return Toolbox.instantiate(compiled, { ...options, imports })
    }),
    ...small.map((compiled): Maker => (host, options) => {
      return ToolboxLite.instantiate(compiled, { ...options, imports: { 'test:toolbox/host': host } })
    }),
  ]
}

const all = await makers()

test.each(Array.from({ length: SEEDS }, (_, i) => FIRST_SEED + i))('seed %d', (seed) => {
  const model = new Model(seed, all)
  for (let i = 0; i < STEPS; i++) model.step()
  model.end()
  expect(liveReport()).toMatchObject({ instances: [], handles: 0, resources: 0 })
})
