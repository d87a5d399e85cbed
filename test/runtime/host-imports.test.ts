import { describe, expect, test } from 'vitest'
import type { ImportedInterface } from '../../src/runtime/descriptor.ts'
import { bareKey, resolveHostImports } from '../../src/runtime/host-imports.ts'

function face(id: string, ...members: string[]): ImportedInterface {
  const entries = members.map((member) => {
    const name = member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return [name, { signature: 'func() -> string', member, lower: () => () => undefined }]
  })
  return { id, types: {}, functions: Object.fromEntries(entries) }
}

function resolve(faces: readonly ImportedInterface[], imports: unknown): readonly Record<string, () => unknown>[] {
  const ids = faces.map((f) => f.id)
  const hosts = faces.map((f) => ({
    face: f,
    bareKey: bareKey(ids, f.id),
    functions: new Map(Object.entries(f.functions)),
    context: 0,
  }))
  return resolveHostImports(hosts, imports, 'guest') as readonly Record<string, () => unknown>[]
}

function refusal(faces: readonly ImportedInterface[], imports: unknown): unknown {
  try {
    resolve(faces, imports)
  } catch (error) {
    return error
  }
  throw new Error('nothing is missing')
}

const says =
  (text: string): (() => string) =>
  () =>
    text
const log = face('demo:algo/log@1.2.0', 'setLevel')

describe('keys', () => {
  test('a bare key serves its track, a versioned one wins over it', () => {
    const bare = { 'demo:algo/log': { setLevel: says('bare') } }
    const exact = { 'demo:algo/log@1.2.0': { setLevel: says('exact') } }
    const newer = { 'demo:algo/log@1.3.0': { setLevel: says('newer') } }
    const called = (imports: object): unknown => resolve([log], imports)[0]?.['setLevel']?.()
    expect(called(bare)).toBe('bare')
    expect(called({ ...bare, ...newer })).toBe('newer')
    expect(called({ ...bare, ...newer, ...exact })).toBe('exact')
    expect(called({ ...bare, 'demo:algo/log@2.0.0': { setLevel: says('other') } })).toBe('bare')
  })

  test('inline interfaces and functions of the world by their kebab name', () => {
    const inline = face('host-log', 'log')
    const root = face('', 'myTick')
    const imports = { 'host-log': { log: says('inline') }, 'my-tick': says('root') }
    const [a, b] = resolve([inline, root], imports)
    expect([a?.['log']?.(), b?.['myTick']?.()]).toEqual(['inline', 'root'])
    const wrapped = {
      ...imports,
      'my-tick': {
        default(): unknown {
          return this
        },
      },
    }
    expect(resolve([inline, root], wrapped)[1]?.['myTick']?.()).toBe(wrapped['my-tick'])
  })

  test('two incompatible versions: only versioned keys', () => {
    const faces = [face('demo:algo/log@1.0.0', 'log'), face('demo:algo/log@2.0.0', 'log')]
    const both = { 'demo:algo/log@1.0.0': { log: says('one') }, 'demo:algo/log@2.0.0': { log: says('two') } }
    expect(resolve(faces, both).map((slot) => slot['log']?.())).toEqual(['one', 'two'])
    expect(refusal(faces, { 'demo:algo/log': { log: says('?') } })).toMatchObject({
      codeName: 'LinkError',
      message: `wasm module guest error [6 LinkError]: the guest needs imports that are not given:
  imports['demo:algo/log@1.0.0'].log for demo:algo/log@1.0.0#log; 'demo:algo/log' is ambiguous, since the world imports several versions of it
  imports['demo:algo/log@2.0.0'].log for demo:algo/log@2.0.0#log; 'demo:algo/log' is ambiguous, since the world imports several versions of it`,
    })
  })

  test('two versions of one track may share the bare key', () => {
    const faces = [face('demo:algo/log@1.0.0', 'log'), face('demo:algo/log@1.1.0', 'log')]
    expect(resolve(faces, { 'demo:algo/log': { log: says('both') } }).map((slot) => slot['log']?.())).toEqual([
      'both',
      'both',
    ])
  })
})

describe('host objects', () => {
  test('functions keep their object as `this`, classes and inherited methods serve too', () => {
    class Base {
      prefix = 'own'
      setLevel(): string {
        return this.prefix
      }
    }
    class Log extends Base {}
    class Statics {
      static prefix = 'static'
      static setLevel(): string {
        return this.prefix
      }
    }
    const called = (object: unknown): unknown => resolve([log], { 'demo:algo/log': object })[0]?.['setLevel']?.()
    expect(called(new Log())).toBe('own')
    expect(called(Statics)).toBe('static')
  })
})

test('LinkError lists all that is missing, and what was probably meant', () => {
  const faces = [
    log,
    face('demo:algo/store', 'getItem', 'setItem', 'clear'),
    face('demo:algo/clock', 'now'),
    face('demo:algo/other', 'run'),
    face('', 'myTick', 'tock'),
  ]
  const imports = {
    'demo:algo/log': { 'set-level': says('') },
    'demo:algo/store': { get_item: says(''), setitem: says(''), clear: 1 },
    'demo:algo/Clock': { now: says('') },
    myTick: says(''),
  }
  expect(refusal(faces, imports)).toMatchObject({
    message: `wasm module guest error [6 LinkError]: the guest needs imports that are not given:
  imports['demo:algo/log'].setLevel for demo:algo/log@1.2.0#set-level; there is 'set-level'
  imports['demo:algo/store'].getItem for demo:algo/store#get-item; there is 'get_item'
  imports['demo:algo/store'].setItem for demo:algo/store#set-item; there is 'setitem'
  imports['demo:algo/store'].clear for demo:algo/store#clear; what is there is no function
  imports['demo:algo/clock'].now for demo:algo/clock#now; there is 'demo:algo/Clock'
  imports['demo:algo/other'].run for demo:algo/other#run
  imports['my-tick']; there is 'myTick'
  imports['tock']`,
  })
})

test.each(['log', 'Log', 'algo/log', 'algo:log', 'other:pkg/log', 'log@1.2.0', 'other:pkg/log@1.2.0'])(
  'the key %s, without the package or with another one, was probably meant',
  (key) => {
    expect(refusal([log], { [key]: { setLevel: says('') } })).toMatchObject({
      message: `wasm module guest error [6 LinkError]: the guest needs imports that are not given:
  imports['demo:algo/log'].setLevel for demo:algo/log@1.2.0#set-level; there is '${key}'`,
    })
  },
)

test('what serves another import, or is no object, was not meant', () => {
  const inline = face('log', 'write')
  const other = face('demo:other/log', 'write')
  const root = face('', 'log')
  const missing = `wasm module guest error [6 LinkError]: the guest needs imports that are not given:
  imports['demo:algo/log'].setLevel for demo:algo/log@1.2.0#set-level`
  expect(refusal([log, inline], { log: { write: says('') } })).toMatchObject({ message: missing })
  expect(refusal([log, other], { 'demo:other/log': { write: says('') } })).toMatchObject({ message: missing })
  expect(refusal([log, root], { log: says('') })).toMatchObject({ message: missing })
  expect(refusal([log], { log: undefined, level: { setLevel: says('') } })).toMatchObject({ message: missing })
})

test('no imports at all, or a value that is none', () => {
  for (const imports of [undefined, null, 5, {}]) {
    expect(refusal([log], imports)).toMatchObject({
      message: `wasm module guest error [6 LinkError]: the guest needs imports that are not given:
  imports['demo:algo/log'].setLevel for demo:algo/log@1.2.0#set-level`,
    })
  }
  expect(resolve([], undefined)).toEqual([])
})
