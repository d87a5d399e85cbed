// A guest that hands over what is no value of the type: as results of exports, as parameters of imports.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WasmError } from 'witgen/runtime'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { apiOf, hostile, messageOf, thrownBy, WAYS, type AnyFunction, type Hostile } from './guest.ts'
import { READER_WAT, READER_WIT, TYPES } from './reader-guest.ts'
import { DISCRIMINANTS, ELEMENTS, FLAT, RESULT_POINTERS, SPAN_VIOLATIONS, SPANS, type Violation } from './violations.ts'

const folder = temporaryFolder('violations')
afterAll(() => rmSync(folder, { recursive: true }))

let guest: Hostile
beforeAll(async () => {
  guest = await hostile(folder, READER_WIT, READER_WAT)
})

const member = (verb: string, type: string): string => `${verb}${type.charAt(0).toUpperCase()}${type.slice(1)}`

describe.each(WAYS)('%s', (way) => {
  let called: unknown[][]
  function fresh(): Record<string, AnyFunction> {
    called = []
    const host = Object.fromEntries(
      TYPES.map((t) => [member('take', t.name), (...args: unknown[]): unknown => void called.push(args)]),
    )
    return apiOf(guest, way, { 'test:t/host': host })
  }

  /** Makes a call that has to fail, and one after it, which finds the instance poisoned. */
  function violate(api: Record<string, AnyFunction>, name: string, args: number[], message: string): void {
    const error = thrownBy(() => api[name]?.(...args))
    expect(messageOf(error)).toBe(message)
    expect(thrownBy(() => api['poke']?.(0, 0))).toMatchObject({
      codeName: 'InstancePoisoned',
      code: 16,
      function: 'test:t/api#poke',
      cause: error,
      message:
        'wasm module guest error [16 InstancePoisoned]: ' +
        `an earlier trap (${(error as WasmError).codeName}) has left this instance in an unknown state; make a new one`,
    })
  }

  function violateResult({ type, memory, value, message }: Violation): void {
    const api = fresh()
    for (const [at, word] of memory) api['poke']?.(at, word)
    // An armed post-return traps: it must not run after a lift that failed.
    api['arm']?.()
    violate(api, member('get', type), [value], message)
  }

  test.each(RESULT_POINTERS)('a pointer to a result: $title', (violation) => violateResult(violation))

  test.each(SPAN_VIOLATIONS)('result %s of pointer %d and length %d', (type, ptr, n, message) => {
    const memory = [[64, ptr], [68, n]] as const // prettier-ignore
    violateResult({ title: '', type, memory, value: 64, message })
  })

  test.each(SPAN_VIOLATIONS)('parameter %s of pointer %d and length %d', (type, ptr, n, message) => {
    violate(fresh(), member('send', type), [ptr, n], message)
    expect(called).toEqual([])
  })

  test.each(ELEMENTS)('%s: a result of type %s', (_, type, n, word, message) => {
    const memory = [[64, 128], [68, n], [128, word], [132, 64], [136, 1], [64 + 1024, 0]] as const // prettier-ignore
    violateResult({ title: '', type, memory: fill(memory, type, word), value: 64, message })
  })

  test.each(ELEMENTS)('%s: a parameter of type %s', (_, type, n, word, message) => {
    const api = fresh()
    for (const [at, value] of fill([[128, word], [132, 64], [136, 1], [64, 0x80]], type, word)) api['poke']?.(at, value) // prettier-ignore
    violate(api, member('send', type), [128, n], message)
    expect(called).toEqual([])
  })

  test.each(DISCRIMINANTS)('$title', (violation) => violateResult(violation))
  test.each(FLAT)('$title', (violation) => violateResult(violation))

  test.each(FLAT.filter((v) => v.type !== 'done'))('as a parameter: $title', ({ type, value, message }) => {
    violate(fresh(), member('send', type), [value, 0], message)
    expect(called).toEqual([])
  })

  test.each([
    ['option', 'opt', 2],
    ['option -1', 'opt', 2 ** 32 - 1],
    ['option 256', 'opt', 256],
    ['result in a tuple', 'res', 2],
    ['variant', 'both', 300],
    ['variant 65536', 'both', 65536],
  ])('a discriminant among the core values: %s', (_, type, value) => {
    violate(fresh(), member('send', type), [value, 0], `[14 AbiViolation]: unknown discriminant ${value}`)
    expect(called).toEqual([])
  })

  test('what is legal: empty spans at the end of the memory, high bits of flags and small integers', () => {
    const api = fresh()
    for (const [type] of SPANS) {
      api['poke']?.(64, 65536)
      api['poke']?.(68, 0)
      expect(api[member('get', type)]?.(64)).toHaveProperty(type === 'pairs' ? 'size' : 'length', 0)
      api[member('send', type)]?.(65536, 0)
    }
    expect(called).toHaveLength(SPANS.length)
    expect(api['getSet']?.(0xffff_fffd)).toEqual({ a: true, b: false, c: true })
    api['poke']?.(64, 0xabcd_0000)
    expect(api['getBoth']?.(64)).toEqual([{ tag: 'c0' }])
    expect(api['getBig']?.(299)).toBe('c299')
  })

  test('a post-return that traps poisons, after a result that was fine', () => {
    const api = fresh()
    api['arm']?.()
    violate(api, 'getText', [64], '[10 Unreachable]: unreachable')
  })

  test.each([
    ['getLetter', 97, 'a'],
    ['getOne', 1, 'green'],
    ['getSet', 1, { a: true, b: false, c: false }],
    ['getDone', 0, undefined],
  ])('so does one after a core value: %s', (name, value, lifted) => {
    expect(fresh()[name]?.(value)).toEqual(lifted)
    const api = fresh()
    api['arm']?.()
    violate(api, name, [value], '[10 Unreachable]: unreachable')
  })

  test('a post-return runs after an err without a payload', () => {
    const api = fresh()
    expect(thrownBy(() => api['getDone']?.(1))).toMatchObject({ codeName: 'GuestError' })
    expect(thrownBy(() => api['getDone']?.(1))).toMatchObject({ codeName: 'GuestError' })
    api['arm']?.()
    violate(api, 'getDone', [1], '[10 Unreachable]: unreachable')
  })
})

/** The last rows of `ELEMENTS` need what they point at, away from the result's own words. */
function fill(
  memory: readonly (readonly [number, number])[],
  type: string,
  word: number,
): readonly (readonly [number, number])[] {
  if (type === 'shapes' && word === 2)
    return [...memory.map(([at, v]) => [at, at === 132 ? 2048 : v] as const), [2048, 0x80]]
  return type === 'texts' ? memory.map(([at, v]) => [at, at === 132 ? 0 : v] as const) : memory
}
