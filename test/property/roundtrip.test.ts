// Random values of many types through generated code: lowered to a guest, lifted for the host it relays to, lowered and lifted
// on the way back. The guest (guest/relay.wat) looks at nothing, so that every byte is the generated code's.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GuestError, type CompiledComponent } from 'witgen/runtime'
import { generate } from '../../src/generate.ts'
import type { ElementType } from './arbitraries.ts'
import { ELEMENT_TYPES } from './element-types.ts'

type Calls = Record<string, (...args: unknown[]) => unknown>
interface Relay {
  readonly values: Calls
}
interface RelayClass {
  compile(source: string): Promise<CompiledComponent>
  instantiate(compiled: CompiledComponent, options: { imports: Record<string, Calls> }): Relay
}

const guest: string = fileURLToPath(new URL('guest/', import.meta.url))
const RUNS = 150

// Below the repository, so that the generated code finds the package that it imports.
const cache: string = fileURLToPath(new URL('../../.cache/', import.meta.url))
let out: string
let World: RelayClass
let compiled: CompiledComponent
/** What the host was called with, and what it does. */
let received: unknown[]
let answer: (...args: unknown[]) => unknown

const camel = (kebab: string): string => kebab.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const KINDS = ['list', 'take', 'spill', 'give']

/** A fresh instance: its functions by kind and type, as in `list-u8`. */
function relay(): (func: string, ...args: unknown[]) => unknown {
  const host: Calls = {}
  for (const { name } of ELEMENT_TYPES) {
    for (const kind of KINDS) {
      host[camel(`${kind}-${name}`)] = (...args) => {
        received = args
        return answer(...args)
      }
    }
  }
  const { values } = World.instantiate(compiled, { imports: { 'test:relay/values': host } })
  return (func, ...args) => {
    const member = camel(func)
    if (!(member in values)) throw new Error(`there is no ${func}`)
    return values[member]?.(...args)
  }
}

beforeAll(async () => {
  mkdirSync(cache, { recursive: true })
  out = mkdtempSync(join(cache, 'test-relay-'))
  // A copy: `generate` writes beside the WIT as well.
  cpSync(join(guest, 'wit'), join(out, 'wit'), { recursive: true })
  const inputs = [join(out, 'wit')]
  await generate({ inputs, worlds: [], out, importExtension: 'ts', features: new Set(), mode: 'write' })
  const module = (await import(pathToFileURL(join(out, 'relay.ts')).href)) as { Relay: RelayClass }
  World = module.Relay
  compiled = await World.compile(join(guest, 'relay.wasm'))
})
afterAll(() => rmSync(out, { recursive: true, force: true }))

const TYPED_ARRAYS: Readonly<Record<string, { from(values: never): unknown }>> = {
  u8: Uint8Array,
  s8: Int8Array,
  u16: Uint16Array,
  s16: Int16Array,
  u32: Uint32Array,
  s32: Int32Array,
  u64: BigUint64Array,
  s64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
}

/** A value as it comes back. */
function lifted({ lifted: change }: ElementType, value: unknown): unknown {
  return change === undefined ? value : change(value as never)
}

/** A list of values as it comes back. */
function liftedList(type: ElementType, values: readonly unknown[]): unknown {
  const all = values.map((value) => lifted(type, value))
  return TYPED_ARRAYS[type.wit]?.from(all as never) ?? all
}

/** `f()`, or what a function with an outer result says: its err thrown. */
function outcomeOf(call: () => unknown): unknown {
  const tagged = (tag: string, val: unknown): object => (val === undefined ? { tag } : { tag, val })
  try {
    return tagged('ok', call())
  } catch (error) {
    if (!(error instanceof GuestError)) throw error
    return tagged('err', error.payload)
  }
}

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

const at = (path: string, text: string): string => (text.startsWith('expected') ? `${path}: ${text}` : `${path}${text}`)
const PAD = Array.from({ length: 13 }, (_, i) => BigInt(i) << 56n)

describe.each(ELEMENT_TYPES)('$wit', (type) => {
  const { name, values, refused } = type

  test('in lists', () => {
    const call = relay()
    answer = (x) => x
    fc.assert(
      fc.property(fc.array(values, { maxLength: 12 }), (given) => {
        const wanted = liftedList(type, given)
        expect(call(`list-${name}`, given)).toStrictEqual(wanted)
        expect(received).toStrictEqual([wanted])
      }),
      { numRuns: RUNS },
    )
  })

  test('as a flat parameter, and as one of many', () => {
    const call = relay()
    answer = () => {}
    fc.assert(
      fc.property(values, fc.nat(255), (given, before) => {
        const wanted = lifted(type, given)
        expect(call(`take-${name}`, before, given, 'after')).toBeUndefined()
        expect(received).toStrictEqual([before, wanted, 'after'])
        expect(call(`spill-${name}`, 'before ☂', given, PAD)).toBeUndefined()
        expect(received).toStrictEqual(['before ☂', wanted, PAD])
      }),
      { numRuns: RUNS },
    )
  })

  test('as a result', () => {
    const call = relay()
    const isResult = type.wit.startsWith('result')
    fc.assert(
      fc.property(values, (given) => {
        answer = () => {
          if (!isResult) return given
          const { tag, val } = given as { tag: string; val?: unknown }
          if (tag === 'err') throw Object.assign(new Error('an err'), { payload: val })
          return val
        }
        const wanted = lifted(type, given)
        expect(isResult ? outcomeOf(() => call(`give-${name}`)) : call(`give-${name}`)).toStrictEqual(wanted)
      }),
      { numRuns: RUNS },
    )
  })

  test.each(refused.map(([value, text]) => [text, value] as const))('refused: %s', (text, value) => {
    const call = relay()
    answer = (x) => x
    const good = fc.sample(values, { numRuns: 2, seed: 1 })
    expect(thrownBy(() => call(`list-${name}`, [...good, value]))).toMatchObject({
      codeName: 'InvalidParam',
      message: `wasm module relay.wasm error [1 InvalidParam]: list-${name}: ${at('x[2]', text)}`,
    })
    expect(thrownBy(() => call(`take-${name}`, 1, value, 'after'))).toMatchObject({
      codeName: 'InvalidParam',
      message: `wasm module relay.wasm error [1 InvalidParam]: take-${name}: ${at('x', text)}`,
    })
    // The instance stays usable.
    expect(call(`list-${name}`, good)).toStrictEqual(liftedList(type, good))

    answer = () => [...good, value]
    expect(thrownBy(() => call(`list-${name}`, []))).toMatchObject({
      codeName: 'HostError',
      message: `wasm module relay.wasm error [17 HostError]: ${at('result[2]', text)}`,
    })
  })
})
