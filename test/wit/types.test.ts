import { describe, expect, it } from 'vitest'
import { funcSignature, type SignatureNames, typeSignature } from '../../src/ir/index.ts'
import { funcOf, interfaceOf, load } from '../helpers/wit.ts'

const names: SignatureNames = { type: (def) => def.name, resource: (def) => def.name }

describe('types where they are used', () => {
  it.each([
    'bool',
    's8',
    'u8',
    's16',
    'u16',
    's32',
    'u32',
    's64',
    'u64',
    'f32',
    'f64',
    'char',
    'string',
    'error-context',
    'list<u8>',
    'list<u8, 4>',
    'map<string, list<u8>>',
    'tuple<u8, string>',
    'option<option<u8>>',
    'result',
    'result<u8>',
    'result<_, u8>',
    'result<u8, string>',
    'stream',
    'stream<u8>',
    'future',
    'future<string>',
    'rec',
    'borrow<res>',
    'own<res>',
  ])('%s', (type) => {
    const resolve = load(`package a:b;
      interface i {
        record rec { x: u8 }
        resource res;
        f: func(a: ${type});
      }`)
    const param = funcOf(resolve, 'i', 'f').params[0]
    expect(param && typeSignature(param.type, names)).toBe(type)
  })

  it('takes the name of a resource as an owned handle, also through an alias', () => {
    const resolve = load(`package a:b;
      interface i {
        resource res;
        type alias = res;
        type handle = own<res>;
        f: func(a: res, b: alias, c: handle, d: list<res>);
      }`)
    const { types, functions } = interfaceOf(resolve, 'i')
    const [res, alias, handle] = ['res', 'alias', 'handle'].map((name) => types.get(name))
    expect(alias?.type).toEqual({ kind: 'ref', def: res })
    expect(functions.get('f')?.params.map((p) => p.type)).toEqual([
      { kind: 'own', resource: res },
      { kind: 'own', resource: alias },
      { kind: 'ref', def: handle },
      { kind: 'list', element: { kind: 'own', resource: res } },
    ])
  })
})

describe('type definitions', () => {
  it('gives every kind its members', () => {
    const { types } = interfaceOf(
      load(`package a:b;
        interface i {
          record r { a: u8, %type: s, }
          variant v { none, some(r) }
          enum e { a, B-2 }
          flags s { x, y }
          type t = list<v>;
          resource c;
        }`),
      'i',
    )
    const written: SignatureNames = { type: () => undefined, resource: (def) => def.name }
    expect([...types].map(([name, def]) => `${name} = ${typeSignature(def.type, written)}`)).toEqual([
      'e = enum { a, B-2 }',
      's = flags { x, y }',
      'r = record { a: u8, type: flags { x, y } }',
      'v = variant { none, some(record { a: u8, type: flags { x, y } }) }',
      't = list<variant { none, some(record { a: u8, type: flags { x, y } }) }>',
      'c = resource',
    ])
  })

  it('orders types behind those they refer to, else as written', () => {
    const { types } = interfaceOf(
      load('package a:b; interface i { type c = a; type b = u8; type a = u8; type d = b; }'),
      'i',
    )
    expect([...types.keys()]).toEqual(['b', 'a', 'c', 'd'])
  })
})

describe('functions', () => {
  it('have component-level names and types', () => {
    const { functions } = interfaceOf(
      load(`package a:b;
        interface i {
          f: func(a: u8, b: string) -> bool;
          g: async func();
          p: get() -> u8;
          p: set(v: u8) -> result<_, string>;
          resource r {
            constructor(x: u8);
            m: func() -> r;
            am: async func();
            s: static func(r: borrow<r>);
            q: get() -> u8;
            q: set(v: u8);
            sq: static get() -> u8;
          }
          resource fallible { constructor() -> result<fallible, string>; }
        }`),
      'i',
    )
    expect(
      [...functions.values()].map((f) => `${f.name}: ${f.kind.kind} ${f.accessor ?? '-'} ${funcSignature(f, names)}`),
    ).toEqual([
      'f: freestanding - func(a: u8, b: string) -> bool',
      'g: freestanding - async func()',
      '[get]p: freestanding getter func() -> u8',
      '[set]p: freestanding setter func(v: u8) -> result<_, string>',
      '[constructor]r: constructor - func(x: u8) -> own<r>',
      '[method]r.m: method - func(self: borrow<r>) -> own<r>',
      '[method]r.am: method - async func(self: borrow<r>)',
      '[static]r.s: static - func(r: borrow<r>)',
      '[method][get]r.q: method getter func(self: borrow<r>) -> u8',
      '[method][set]r.q: method setter func(self: borrow<r>, v: u8)',
      '[static][get]r.sq: static getter func() -> u8',
      '[constructor]fallible: constructor - func() -> result<own<fallible>, string>',
    ])
  })

  it('put a setter behind its getter', () => {
    const { functions } = interfaceOf(
      load('package a:b; interface i { p: set(v: u8); f: func(); p: get() -> u8; g: func(); }'),
      'i',
    )
    expect([...functions.keys()]).toEqual(['f', '[get]p', '[set]p', 'g'])
  })
})

describe('spans', () => {
  it('point at names, in the text that was given', () => {
    const text =
      'package a:b;\ninterface face {\n  record rec { fld: u8 }\n  fun: func(par: rec);\n}\nworld wld { import face; }'
    const resolve = load(text)
    const face = interfaceOf(resolve, 'face')
    const rec = face.types.get('rec')
    const fun = face.functions.get('fun')
    const spans = [
      face.span,
      rec?.span,
      rec?.type.kind === 'record' ? rec.type.fields[0]?.span : undefined,
      fun?.span,
      fun?.params[0]?.span,
      resolve.root.worlds.get('wld')?.span,
    ]
    expect(spans.map((s) => s && s.file.text.slice(s.start, s.end))).toEqual([
      'face',
      'rec',
      'fld',
      'fun',
      'par',
      'wld',
    ])
    expect(face.span?.file).toEqual({ path: 'test.wit', text, role: 'root' })
  })
})
