// Wrappers around methods of a prototype that instances share: each for its own objects, and nothing stays of those that have gone.
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { GuestHandle, GuestResource } from '../../src/runtime/abi/guest-resource.ts'
import { Context } from '../../src/runtime/context.ts'
import { originalMethod, wrapMethod } from '../../src/runtime/shared-methods.ts'

class Thing {
  readonly handle: GuestHandle
  constructor(type: GuestResource) {
    this.handle = new GuestHandle(type, 1)
  }
  name(): string {
    return 'plain'
  }
}

function typeOf(): GuestResource {
  const type = new GuestResource('thing', new Context('test'))
  type.read = (value) => (value instanceof Thing ? value.handle : undefined)
  return type
}

test('each type has its own, whichever goes first', () => {
  const plain: unknown = Reflect.get(Thing.prototype, 'name')
  const types = [0, 1, 2].map(typeOf)
  const names = (): string[] => types.map((type) => new Thing(type).name())
  const wrap = (i: number, name: string | undefined): void => {
    wrapMethod(Thing.prototype, 'name', types[i] as GuestResource, name === undefined ? undefined : () => name)
  }
  const steps: readonly (readonly [number, string | undefined, string])[] = [
    [0, 'a', 'a plain plain'],
    [1, 'b', 'a b plain'],
    [2, 'c', 'a b c'],
    [0, undefined, 'plain b c'],
    [1, 'B', 'plain B c'],
    [1, undefined, 'plain plain c'],
    [0, 'A', 'A plain c'],
    [2, undefined, 'A plain plain'],
    [0, undefined, 'plain plain plain'],
    [0, undefined, 'plain plain plain'],
    [2, 'C', 'plain plain C'],
    [2, undefined, 'plain plain plain'],
  ]
  for (const [i, name, expected] of steps) {
    wrap(i, name)
    expect(names().join(' ')).toBe(expected)
    expect(originalMethod(Thing.prototype, 'name')).toBe(plain)
  }
  expect(Reflect.get(Thing.prototype, 'name')).toBe(plain)
})

test('wrappers that come and go take no more room each time', () => {
  const type = typeOf()
  const wrapper = (): string => 'wrapped'
  const room: (number | undefined)[] = []
  for (let i = 0; i < 3; i++) {
    wrapMethod(Thing.prototype, 'name', type, wrapper)
    wrapMethod(Thing.prototype, 'name', type, undefined)
    room.push(type.wrappers?.length)
  }
  expect(new Set(room).size).toBe(1)
})

test('a type whose wrapper is taken off is not kept by the others', () => {
  const program = `
    import { wrapMethod } from ${JSON.stringify(new URL('../../src/runtime/shared-methods.ts', import.meta.url).href)}
    class Thing { name() {} }
    const typeOf = () => ({ read: (value) => value.handle, wrappers: undefined, memory: new Uint8Array(1000) })
    let first = typeOf()
    const last = typeOf()
    const gone = new WeakRef(first)
    for (const type of [first, last]) wrapMethod(Thing.prototype, 'name', type, () => {})
    wrapMethod(Thing.prototype, 'name', first, undefined)
    first = undefined
    await new Promise((resolve) => setTimeout(resolve))
    gc()
    console.log(gone.deref() === undefined, last.wrappers.length > 0)
  `
  const options = ['--expose-gc', '--input-type=module', '--eval', program]
  expect(execFileSync(process.execPath, options, { encoding: 'utf8' })).toBe('true true\n')
})
