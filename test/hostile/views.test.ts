// Typed arrays are what the engine says they are: not what their prototype, class or properties pretend.
import { rmSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { ALLOCATOR } from '../helpers/wat.ts'
import { thrower } from './refused-values.ts'
import { apiOf, hostile, messageOf, thrownBy, WAYS, type AnyFunction, type Hostile } from './guest.ts'

const folder = temporaryFolder('views')
afterAll(() => rmSync(folder, { recursive: true }))

const CLASSES = {
  s8: Int8Array,
  u8: Uint8Array,
  s16: Int16Array,
  u16: Uint16Array,
  s32: Int32Array,
  u32: Uint32Array,
  s64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const
type Kind = keyof typeof CLASSES
const KINDS = Object.keys(CLASSES) as Kind[]
type View = InstanceType<(typeof CLASSES)[Kind]>
type AnyClass = new (from?: unknown, offset?: number, length?: number) => View

const WIT = `package test:t;
interface api {
  ${KINDS.map((kind) => `echo-${kind}: func(value: list<${kind}>) -> list<${kind}>;`).join('\n  ')}
}
world w { export api; }`
const WAT = `(module ${ALLOCATOR}
  ${KINDS.map(
    (kind) => `(func (export "test:t/api#echo-${kind}") (param i32 i32) (result i32)
    (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64))`,
  ).join('\n  ')})`

let guest: Hostile
beforeAll(async () => {
  guest = await hostile(folder, WIT, WAT)
})

const classOf = (kind: Kind): AnyClass => CLASSES[kind] as unknown as AnyClass
const values = (kind: Kind): readonly unknown[] => (kind.endsWith('64') && kind !== 'f64' ? [1n, 2n, 3n] : [1, 2, 3])
/** A view of three elements, of the class or one that says it is. */
const view = (kind: Kind, Class: AnyClass = classOf(kind)): View => new Class(values(kind))

/** Overrides everything that code might ask a typed array for. */
function lying(Base: AnyClass): AnyClass {
  class Liar extends (Base as unknown as typeof Uint8Array) {
    static get [Symbol.species](): never {
      return thrower()
    }
    override get length(): number {
      return 1000
    }
    override get byteLength(): number {
      return 8000
    }
    override get byteOffset(): number {
      return 8
    }
    override get buffer(): never {
      return thrower()
    }
    override get [Symbol.toStringTag](): never {
      return 'Float64Array' as never
    }
    override set = thrower
    override slice = thrower
    override subarray = thrower;
    override [Symbol.iterator] = thrower
  }
  return Liar as unknown as AnyClass
}

/** The library that the compiler is told of is older than this. */
const Resizable = ArrayBuffer as unknown as new (size: number, o: { readonly maxByteLength: number }) => ArrayBuffer

describe.each(WAYS)('%s', (way) => {
  let api: Record<string, AnyFunction>
  beforeAll(() => {
    api = apiOf(guest, way)
  })
  const echo = (kind: Kind, value: unknown): unknown => api[`echo${kind.toUpperCase()}`]?.(value)
  function refused(kind: Kind, value: unknown, got: string): void {
    const text = `value: expected ${CLASSES[kind].name} or array, got ${got}`
    expect(messageOf(thrownBy(() => echo(kind, value)))).toBe(`[1 InvalidParam]: echo-${kind}: ${text}`)
    expect(echo(kind, view(kind))).toEqual(view(kind))
  }

  test.each(KINDS)('%s: a subclass that overrides everything', (kind) => {
    expect(echo(kind, view(kind, lying(classOf(kind))))).toEqual(view(kind))
    const buffer = new Resizable(24, { maxByteLength: 48 })
    const Liar = lying(classOf(kind))
    const list = new Liar(buffer, 0, 3)
    for (const [i, x] of values(kind).entries()) Reflect.set(list, i, x)
    expect(echo(kind, list)).toEqual(view(kind))
  })

  test.each(KINDS)('%s: own properties', (kind) => {
    const list = view(kind)
    for (const key of ['length', 'buffer', 'set', 'slice', 'constructor', Symbol.iterator, Symbol.toStringTag]) {
      Object.defineProperty(list, key, { get: thrower })
    }
    expect(echo(kind, list)).toEqual(view(kind))
  })

  test.each(KINDS)('%s: the right kind behind another prototype, or none', (kind) => {
    const other = kind === 'u8' ? Float64Array : Uint8Array
    expect(echo(kind, Object.setPrototypeOf(view(kind), other.prototype))).toEqual(view(kind))
    expect(echo(kind, Object.setPrototypeOf(view(kind), null))).toEqual(view(kind))
  })

  test.each(KINDS)('%s: another kind, or none, behind the right prototype', (kind) => {
    const { prototype } = CLASSES[kind]
    for (const other of KINDS) {
      if (other === kind) continue
      refused(kind, Object.setPrototypeOf(view(other), prototype), CLASSES[other].name)
    }
    refused(kind, Object.create(prototype), 'an object')
    refused(kind, Object.setPrototypeOf(new DataView(new ArrayBuffer(8)), prototype), 'DataView')
    refused(kind, new Proxy(view(kind), {}), 'an object')
  })

  test.each(KINDS)('%s: of another realm', (kind) => {
    const literal = values(kind).map((x) => (typeof x === 'bigint' ? `${x}n` : String(x)))
    const list: unknown = runInNewContext(`new ${CLASSES[kind].name}([${literal.join()}])`)
    expect(echo(kind, list)).toEqual(view(kind))
  })

  test('a view whose buffer is gone, or too short', () => {
    const list = new Uint32Array([1, 2, 3])
    structuredClone(list, { transfer: [list.buffer] })
    const buffer = new Resizable(24, { maxByteLength: 48 })
    const short = [new Uint8Array(buffer, 20), new Uint8Array(buffer, 16, 8)]
    Reflect.apply(Reflect.get(buffer, 'resize') as (size: number) => void, buffer, [16])
    for (const [kind, value] of [['u32', list] as const, ...short.map((v) => ['u8', v] as const)]) {
      const { name } = CLASSES[kind]
      const text = `value: expected ${name} on a buffer that still holds it, got ${name}`
      expect(messageOf(thrownBy(() => echo(kind, value)))).toBe(`[1 InvalidParam]: echo-${kind}: ${text}`)
    }
    expect(echo('u8', new Uint8Array(buffer, 16))).toEqual(new Uint8Array())
  })
})
