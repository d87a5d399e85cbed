// A host that hands over what changes, throws, lies or is none of ours: the guest gets the value or nothing.
import { rmSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { ALLOCATOR } from '../helpers/wat.ts'
import { REFUSED, SPANS, thrower, type Span } from './refused-values.ts'
import { apiOf, hostile, messageOf, thrownBy, WAYS, type AnyFunction, type Hostile } from './guest.ts'

const folder = temporaryFolder('host')
afterAll(() => rmSync(folder, { recursive: true }))

const WIT = `package test:t;
interface api {
  record row { id: u32, name: string }
  variant shape { none, side(u32) }
  flags marks { a, b }
  ${Object.entries(SPANS)
    .map(([name, type]) => `echo-${name}: func(value: ${type}) -> ${type};`)
    .join('\n  ')}
  first: func(a: list<u8>, b: list<u8>) -> list<u8>;
}
world w { export api; }`

const WAT = `(module ${ALLOCATOR}
  ${Object.keys(SPANS)
    .map(
      (name) => `(func (export "test:t/api#echo-${name}") (param i32 i32) (result i32)
    (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64))`,
    )
    .join('\n  ')}
  (func (export "test:t/api#first") (param i32 i32 i32 i32) (result i32)
    (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64)))`

let guest: Hostile
beforeAll(async () => {
  guest = await hostile(folder, WIT, WAT)
})

/** The library that the compiler is told of is older than these. */
type Options = { readonly maxByteLength: number }
const Resizable = ArrayBuffer as unknown as new (size: number, o: Options) => ArrayBuffer & { resize(n: number): void }
const Growable = SharedArrayBuffer as unknown as new (size: number, o: Options) => SharedArrayBuffer

const foreign = (code: string): unknown => runInNewContext(code) as unknown
const proxy = (target: object, get: (key: string | symbol) => unknown): unknown =>
  new Proxy(target, { get: (t, key) => get(key) ?? (Reflect.get(t, key) as unknown) })

describe.each(WAYS)('%s', (way) => {
  let api: Record<string, AnyFunction>
  beforeEach(() => {
    api = apiOf(guest, way)
  })
  const echo = (name: Span, value: unknown): unknown => {
    const member = `echo${name.charAt(0).toUpperCase()}${name.slice(1)}`
    return api[member]?.(value)
  }
  function refused(name: Span, value: unknown, text: string): void {
    const error = thrownBy(() => echo(name, value))
    expect(messageOf(error)).toBe(`[1 InvalidParam]: echo-${name}: ${text}`)
    expect(error).toMatchObject({ codeName: 'InvalidParam', code: 1, function: `test:t/api#echo-${name}` })
    expect(echo('bytes', [1])).toEqual(new Uint8Array([1]))
  }

  describe('is refused, and the instance stays usable', () => {
    test.each(REFUSED)('%s', (_, name, value, text) => refused(name, value, text))

    test('an array that shrinks while it is lowered', () => {
      const list: unknown[] = [
        {
          get id() {
            list.length = 1
            return 1
          },
          name: 'x',
        },
        { id: 2, name: 'y' },
      ]
      refused('rows', list, 'value[1]: expected row, got undefined')
    })
  })

  describe('what user code throws reaches the caller as it is', () => {
    const mine = new Error('mine')
    const fail = (): never => {
      throw mine
    }
    const throwing = (key: string): object => Object.defineProperty({}, key, { get: fail })
    test.each<readonly [string, Span, unknown]>([
      ['a getter', 'rows', [throwing('id')]],
      ['a getter of a tag', 'shapes', [throwing('tag')]],
      ['a getter of a flag', 'marks', [Object.defineProperty({}, 'a', { get: fail, enumerable: true })]],
      ['a Proxy', 'rows', [new Proxy({}, { get: fail })]],
      ['an array that is a Proxy', 'words', new Proxy([], { get: fail })],
      ['an iterator of a Map', 'entries', Object.assign(new Map(), { [Symbol.iterator]: fail })],
    ])('%s', (_, name, value) => {
      expect(thrownBy(() => echo(name, value))).toBe(mine)
      expect(echo('text', 'usable')).toBe('usable')
    })

    test('entering again from a getter, and catching that', () => {
      let inner: unknown
      const row = {
        get id() {
          inner = thrownBy(() => echo('text', 'again'))
          return 3
        },
        name: 'x',
      }
      expect(echo('rows', [row])).toEqual([{ id: 3, name: 'x' }])
      expect(messageOf(inner)).toBe('[15 Reentrance]: the instance is in the middle of another call')
      expect(echo('text', 'usable')).toBe('usable')
    })

    test('entering again from a getter, and not catching that', () => {
      const row = {
        get id() {
          return echo('text', 'again')
        },
      }
      expect(thrownBy(() => echo('rows', [row]))).toMatchObject({ codeName: 'Reentrance' })
      expect(echo('text', 'usable')).toBe('usable')
    })
  })

  describe('is taken as it was when it was read', () => {
    test('an array that grows', () => {
      const list: unknown[] = [{ get id() { list.push({ id: 9, name: 'z' }); return 1 }, name: 'x' }] // prettier-ignore
      expect(echo('rows', list)).toEqual([{ id: 1, name: 'x' }])
    })

    test('each field and tag is read once', () => {
      const reads: string[] = []
      const counting = (value: object): unknown =>
        new Proxy(value, {
          get(target, key) {
            reads.push(String(key))
            return Reflect.get(target, key) as unknown
          },
        })
      echo('rows', [counting({ id: 1, name: 'x', more: 5 })])
      echo('shapes', [counting({ tag: 'side', val: 1 })])
      echo('marks', [counting({ a: true })])
      expect(reads.toSorted()).toEqual(['a', 'b', 'id', 'name', 'tag', 'val'])
    })

    test('a tag that changes', () => {
      let reads = 0
      const value = { get tag() { return reads++ === 0 ? 'side' : 'none' }, val: 3 } // prettier-ignore
      expect(echo('shapes', [value])).toEqual([{ tag: 'side', val: 3 }])
    })

    test('what has been lowered does not change with its array', () => {
      const first = new Uint8Array([1, 2, 3])
      const second = proxy([0], (key) => (key === '0' ? (first.fill(9), 5) : undefined))
      expect(api['first']?.(first, second)).toEqual(new Uint8Array([1, 2, 3]))
    })

    test('frozen objects, objects without a prototype, of a class, of another realm', () => {
      class Row {
        get id(): number {
          return 7
        }
        readonly name = 'class'
      }
      const bare: object = Object.assign(Object.create(null) as object, { id: 1, name: 'bare' })
      const other = foreign('[{ id: 2, name: "other" }]')
      expect(echo('rows', Object.freeze([Object.freeze({ id: 0, name: 'frozen' }), bare, new Row()]))).toEqual([
        { id: 0, name: 'frozen' },
        { id: 1, name: 'bare' },
        { id: 7, name: 'class' },
      ])
      expect(echo('rows', other)).toEqual([{ id: 2, name: 'other' }])
    })

    test('subclasses, with iterators of their own', () => {
      class Liar extends Array<unknown> {
        override *[Symbol.iterator](): ArrayIterator<unknown> {
          yield 'lie'
        }
      }
      class Bytes extends Uint8Array {}
      class Words extends Uint32Array {}
      expect(echo('texts', Liar.from(['a', 'b']))).toEqual(['a', 'b'])
      expect(echo('pairs', [Object.setPrototypeOf([1, 2], Liar.prototype)])).toEqual([[1, 2]])
      expect(echo('bytes', new Bytes([1, 2]))).toEqual(new Uint8Array([1, 2]))
      expect(echo('words', new Words([1, 2]))).toEqual(new Uint32Array([1, 2]))
    })

    test('views that begin within their buffer, on shared, resizable and growable ones', () => {
      const buffers = [
        new ArrayBuffer(24),
        new Resizable(24, { maxByteLength: 48 }),
        new SharedArrayBuffer(24),
        new Growable(24, { maxByteLength: 48 }),
      ]
      for (const buffer of buffers) {
        const words = new Uint32Array(buffer, 8, 3)
        words.set([1, 2 ** 32 - 1, 3])
        expect(echo('words', words)).toEqual(new Uint32Array([1, 2 ** 32 - 1, 3]))
        const bytes = new Uint8Array(buffer, 9, 3)
        bytes.set([4, 5, 6])
        expect(echo('bytes', bytes)).toEqual(new Uint8Array([4, 5, 6]))
        const doubles = new Float64Array(buffer, 8, 2)
        doubles.set([0.1, -0])
        expect(echo('doubles', doubles)).toEqual(new Float64Array([0.1, -0]))
      }
    })

    test('a view that follows its buffer, which has shrunk', () => {
      const buffer = new Resizable(8, { maxByteLength: 16 })
      const words = new Uint32Array(buffer)
      words.set([7, 8])
      buffer.resize(4)
      expect(echo('words', words)).toEqual(new Uint32Array([7]))
    })

    test('lone surrogates become U+FFFD, also in keys', () => {
      expect(echo('text', 'a\ud800b\udc00')).toBe('a\ufffdb\ufffd')
      expect(echo('entries', new Map([['\ud800', 1]]))).toEqual(new Map([['\ufffd', 1]]))
    })
  })

  test('lifted objects are safe from setters on Object.prototype', () => {
    const everywhere: object = Object.prototype
    Object.defineProperty(everywhere, 'id', { set: thrower, configurable: true })
    try {
      expect(echo('rows', [{ id: 1, name: 'x' }])).toEqual([{ id: 1, name: 'x' }])
    } finally {
      Reflect.deleteProperty(everywhere, 'id')
    }
  })
})
