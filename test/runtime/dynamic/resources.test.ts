// Resources without generated code: those that the guest implements, and those of the host.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compile, instantiate, type CompiledComponent, type DynamicObject } from 'witgen/runtime'
import { thrownBy } from '../../e2e/guests.ts'
import { componentOf } from '../../helpers/wat.ts'

const WIT = `
  package test:res@1.0.0;
  interface blobs {
    resource blob {
      constructor(size: u32);
      size: func() -> u32;
      twice: static func(b: borrow<blob>) -> blob;
    }
    total: func(a: borrow<blob>, b: borrow<blob>) -> u32;
  }
  interface counters {
    resource counter {
      constructor(start: u32);
      inc: func(by: u32) -> u32;
      zero: static func() -> counter;
    }
    peek: func(c: borrow<counter>) -> u32;
    merge: func(a: own<counter>, b: own<counter>) -> counter;
    dropped: func() -> u32;
  }
  world w {
    import blobs;
    export counters;
    use blobs.{blob};
    export make: func(size: u32) -> blob;
    export sizes: func(b: borrow<blob>) -> u32;
    export keep: func(b: borrow<blob>);
    export bury: func(b: own<blob>);
  }
`

// A counter's representation is the address of its value.
const CORE = `(module
  (import "test:res/blobs@1.0.0" "[constructor]blob" (func $blob (param i32) (result i32)))
  (import "test:res/blobs@1.0.0" "[method]blob.size" (func $size (param i32) (result i32)))
  (import "test:res/blobs@1.0.0" "[static]blob.twice" (func $twice (param i32) (result i32)))
  (import "test:res/blobs@1.0.0" "total" (func $total (param i32 i32) (result i32)))
  (import "test:res/blobs@1.0.0" "[resource-drop]blob" (func $drop-blob (param i32)))
  (import "[export]test:res/counters@1.0.0" "[resource-new]counter" (func $new (param i32) (result i32)))
  (import "[export]test:res/counters@1.0.0" "[resource-rep]counter" (func $rep (param i32) (result i32)))
  (import "[export]test:res/counters@1.0.0" "[resource-drop]counter" (func $drop (param i32)))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 16))
  (global $dropped (mut i32) (i32.const 0))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
  (func $make (param i32) (result i32)
    (i32.store (global.get $next) (local.get 0))
    (call $new (global.get $next))
    (global.set $next (i32.add (global.get $next) (i32.const 4))))
  (func (export "test:res/counters@1.0.0#[constructor]counter") (param i32) (result i32) (call $make (local.get 0)))
  (func (export "test:res/counters@1.0.0#[method]counter.inc") (param i32 i32) (result i32)
    (i32.store (local.get 0) (i32.add (i32.load (local.get 0)) (local.get 1)))
    (i32.load (local.get 0)))
  (func (export "test:res/counters@1.0.0#[static]counter.zero") (result i32) (call $make (i32.const 0)))
  (func (export "test:res/counters@1.0.0#[dtor]counter") (param i32)
    (global.set $dropped (i32.add (global.get $dropped) (i32.const 1))))
  (func (export "test:res/counters@1.0.0#peek") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "test:res/counters@1.0.0#merge") (param i32 i32) (result i32)
    (call $make (i32.add (i32.load (call $rep (local.get 0))) (i32.load (call $rep (local.get 1)))))
    (call $drop (local.get 0))
    (call $drop (local.get 1)))
  (func (export "test:res/counters@1.0.0#dropped") (result i32) (global.get $dropped))
  (func (export "make") (param i32) (result i32) (call $blob (local.get 0)))
  (func (export "sizes") (param i32) (result i32)
    (local $t i32)
    (local.set $t (call $twice (local.get 0)))
    (call $total (local.get 0) (local.get $t))
    (call $drop-blob (local.get $t))
    (call $drop-blob (local.get 0)))
  (func (export "keep") (param i32))
  (func (export "bury") (param i32) (call $drop-blob (local.get 0))))`

class Blob {
  static buried = 0
  readonly #size: number
  constructor(size: number) {
    this.#size = size
  }
  size(): number {
    return this.#size
  }
  static twice(b: Blob): Blob {
    return new Blob(b.size() * 2)
  }
  [Symbol.dispose](): void {
    Blob.buried++
  }
}

interface Counter extends DynamicObject {
  readonly inc: (by: unknown) => number
}

interface Exports {
  readonly 'test:res/counters': {
    readonly Counter: { new (start: unknown): Counter; zero(): Counter }
    peek(c: unknown): number
    merge(a: unknown, b: unknown): Counter
    dropped(): number
  }
  make(size: number): Blob
  sizes(b: unknown): number
  keep(b: unknown): void
  bury(b: unknown): void
}

const imports = { 'test:res/blobs': { Blob, total: (a: Blob, b: Blob) => a.size() + b.size() } }
let compiled: CompiledComponent
let exports: Exports

beforeAll(async () => {
  compiled = await compile(await componentOf(CORE, WIT))
})
beforeEach(() => {
  exports = instantiate<Exports>(compiled, { imports, name: 'guest' }).exports
})

describe('resources of the guest', () => {
  test('constructor, method, static function, dispose', () => {
    const { Counter, peek, dropped } = exports['test:res/counters']
    const counter = new Counter(5)
    expect([counter.inc(2), counter.inc(1), peek(counter)]).toEqual([7, 8, 8])
    expect(counter).toBeInstanceOf(Counter)
    expect(Counter.zero().inc(1)).toBe(1)
    expect(Counter.name).toBe('Counter')
    counter[Symbol.dispose]()
    counter[Symbol.dispose]()
    expect(dropped()).toBe(1)
    expect(thrownBy(() => counter.inc(1))).toMatchObject({
      codeName: 'Disposed',
      function: 'test:res/counters#[method]counter.inc',
      message: 'wasm module guest error [20 Disposed]: this test:res/counters#counter has been disposed or passed on',
    })
  })

  test('passing own hands the object over', () => {
    const { Counter, merge, peek, dropped } = exports['test:res/counters']
    const [a, b] = [new Counter(1), new Counter(2)]
    expect(peek(merge(a, b))).toBe(3)
    expect(dropped()).toBe(2)
    expect(thrownBy(() => peek(a))).toMatchObject({
      message:
        'wasm module guest error [20 Disposed]: c: this test:res/counters#counter has been disposed or passed on',
    })
  })

  test('a call that fails before it begins gives back what it was passed', () => {
    const { Counter, merge, peek } = exports['test:res/counters']
    const a = new Counter(1)
    expect(thrownBy(() => merge(a, {}))).toMatchObject({
      message: 'wasm module guest error [1 InvalidParam]: merge: b: expected test:res/counters#counter, got an object',
    })
    expect(peek(a)).toBe(1)
  })

  test('objects of another instance, wrong arguments, wrong receivers', () => {
    const { Counter, peek } = exports['test:res/counters']
    const other = instantiate<Exports>(compiled, { imports }).exports['test:res/counters']
    expect(thrownBy(() => peek(new other.Counter(1)))).toMatchObject({
      codeName: 'InvalidHandle',
      message:
        'wasm module guest error [22 InvalidHandle]: c: this test:res/counters#counter belongs to another instance',
    })
    expect(thrownBy(() => new Counter('x'))).toMatchObject({
      message: 'wasm module guest error [1 InvalidParam]: [constructor]counter: start: expected u32, got "x"',
    })
    const { inc } = new Counter(1)
    expect(thrownBy(() => inc(1))).toEqual(new TypeError('Counter.inc has to be called on a Counter'))
  })
})

describe('resources of the host', () => {
  test('the guest constructs, lends and gives back objects of the class', () => {
    const blob = exports.make(7)
    expect(blob).toBeInstanceOf(Blob)
    expect(blob.size()).toBe(7)
    expect(exports.sizes(blob)).toBe(21)
  })

  test("the guest's drop calls dispose, once", () => {
    Blob.buried = 0
    exports.bury(new Blob(1))
    expect(Blob.buried).toBe(1)
    exports.sizes(new Blob(1))
    expect(Blob.buried).toBe(2)
  })

  test('other objects are refused', () => {
    expect(thrownBy(() => exports.bury({}))).toMatchObject({
      message: 'wasm module guest error [1 InvalidParam]: bury: b: expected an object of the class Blob, got an object',
    })
  })

  test('a borrow that the guest keeps is its violation', () => {
    expect(thrownBy(() => exports.keep(new Blob(1)))).toMatchObject({
      codeName: 'AbiViolation',
      function: 'keep',
      message: 'wasm module guest error [14 AbiViolation]: the guest has kept a handle that it was only lent',
    })
  })

  test('a class that is not given is missing', () => {
    const given = { 'test:res/blobs': { total: () => 0 } }
    expect(thrownBy(() => instantiate(compiled, { imports: given, name: 'guest' }))).toMatchObject({
      codeName: 'LinkError',
      message:
        'wasm module guest error [6 LinkError]: the guest needs imports that are not given:\n' +
        "  imports['test:res/blobs'].Blob for test:res/blobs@1.0.0#blob",
    })
  })
})
