import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Api, Host, Item, Point } from '../api.ts'
import { host } from '../host.ts'
import { Refused, Trap } from './checks.ts'
import { instantiate } from './index.ts'

const module = new WebAssembly.Module(readFileSync(new URL('../guest.core.wasm', import.meta.url)))
const make = (changes: Partial<Host> = {}): Api => instantiate(module, { ...host, ...changes })

/** What a call throws. */
function thrown(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** The hand-written bindings are a fair measure only as long as they check what generated ones check. */
describe('hand-written bindings', () => {
  const wrong: readonly (readonly [string, (api: Api) => unknown])[] = [
    ['add: b: expected u32, got -1', (api) => api.add(1, -1)],
    ['add64: a: expected u64, got -1', (api) => api.add64(-1n, 0n)],
    ['echo-option: value: expected u32, got null', (api) => api.echoOption(null as never)],
    ['echo-color: value: expected red, green or blue, got pink', (api) => api.echoColor('pink' as never)],
    ['echo-flags: value: expected only flags of perms, got reed', (api) => api.echoFlags({ reed: true } as never)],
    [
      'echo-shape: value.val.y: expected f64, got 2',
      (api) => api.echoShape({ tag: 'pt', val: { x: 1, y: '2' as never } }),
    ],
    ['echo-string: value: expected string, got 5', (api) => api.echoString(5 as never)],
    ['echo-items: value[1].id: expected u32, got 0.5', (api) => api.echoItems([item(1), item(0.5)])],
    ['echo-pairs: value[0]: expected array of 2, got an array', (api) => api.echoPairs([[1] as never])],
    ['echo-bytes: value[1]: expected u8, got 256', (api) => api.echoBytes([0, 256] as never)],
    ['sum-f64s: value[0]: expected f64, got 1', (api) => api.sumF64s(['1' as never])],
    ['counter: start: expected u32, got -1', (api) => new api.Counter(-1)],
    ['counter.inc: by: expected u32, got 0.5', (api) => new api.Counter(1).inc(0.5)],
  ]
  it.each(wrong)('refuse an argument and stay usable: %s', (message, call) => {
    const api = make()
    expect(thrown(() => call(api))).toMatchObject({ name: 'InvalidParam', message })
    expect(api.add(1, 2)).toBe(3)
  })

  it('refuse to be entered by a getter of an argument', () => {
    const api = make()
    const point: Point = {
      get x() {
        return api.add(1, 2)
      },
      y: 0,
    }
    expect(thrown(() => api.echoPoint(point))).toEqual(new Refused('the instance is in the middle of a call'))
    expect(api.add(1, 2)).toBe(3)
  })

  it('refuse to use a counter that is gone, and dispose of it once', () => {
    const api = make()
    const counter = new api.Counter(1)
    counter[Symbol.dispose]()
    counter[Symbol.dispose]()
    expect(thrown(() => counter.inc(1))).toMatchObject({ message: 'the counter has been disposed' })
    expect(api.callMeter(3)).toBe(3)
  })

  it('refuse to be entered by an import, which poisons', () => {
    const api: Api = make({ ping: () => api.add(1, 2) })
    const first = thrown(() => api.callPing(1))
    expect(first).toBeInstanceOf(Trap)
    const later = thrown(() => api.noop())
    expect(later).toEqual(new Refused('an earlier trap has poisoned the instance'))
    expect((later as Refused).cause).toBe(first)
  })

  it.each([
    ['an error without a payload', new Error('no payload')],
    ['an unknown case', 'unheard-of'],
  ])('poison when an import throws %s', (_, value) => {
    const api = make({
      attempt: () => {
        throw value
      },
    })
    expect(thrown(() => api.callAttempt(1, 0))).toBeInstanceOf(Trap)
    expect(thrown(() => api.noop())).toBeInstanceOf(Refused)
  })

  it('poison when an import returns a wrong value', () => {
    const api = make({ ping: () => -1 })
    expect(thrown(() => api.callPing(1))).toMatchObject({
      name: 'Trap',
      message: 'InvalidParam: result: expected u32, got -1',
    })
  })

  it('give lone surrogates as U+FFFD, short and long', () => {
    const api = make()
    expect(api.echoString('a\ud800b')).toBe('a\ufffdb')
    expect(api.echoString(`${'a'.repeat(40)}\udfff`)).toBe(`${'a'.repeat(40)}\ufffd`)
  })

  it('see memory that has grown while a list was lowered', () => {
    const name = 'n'.repeat(1024 * 1024)
    const items = Array.from({ length: 12 }, (_, i) => ({ ...item(i), name }))
    expect(make().echoItems(items)).toEqual(items)
  })
})

function item(id: number): Item {
  return { x: 1, y: 2, id, name: 'item' }
}
