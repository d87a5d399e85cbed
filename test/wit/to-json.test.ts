import { describe, expect, it } from 'vitest'
import { resolveToJson } from '../../src/wit/to-json.ts'
import { canonicalJson } from '../helpers/canonical-json.ts'
import { load } from '../helpers/wit.ts'

describe('resolveToJson', () => {
  it('prints packages, interfaces, worlds and types in the shape of wasm-tools', () => {
    const json = resolveToJson(
      load(`/// docs
        package a:b@1.0.0;
        interface i {
          @since(version = 1.0.0)
          record r { x: list<u8>, y: option<c> }
          resource c { constructor(x: list<u8>); }
          f: async func(r: r) -> result<_, string>;
        }
        world w {
          use i.{r};
          @external-id("x") export i;
        }`),
    )
    const since = { stability: { stable: { since: '1.0.0' } } }
    expect(json).toEqual({
      packages: [{ name: 'a:b@1.0.0', docs: { contents: 'docs' }, interfaces: { i: 0 }, worlds: { w: 0 } }],
      interfaces: [
        {
          name: 'i',
          package: 0,
          types: { c: 0, r: 1 },
          functions: {
            f: { name: 'f', kind: 'async-freestanding', params: [{ name: 'r', type: 1 }], result: 5 },
            '[constructor]c': {
              name: '[constructor]c',
              kind: { constructor: 0 },
              params: [{ name: 'x', type: 2 }],
              result: 3,
            },
          },
        },
      ],
      worlds: [
        {
          name: 'w',
          package: 0,
          imports: { 'interface-0': { interface: { id: 0 } }, r: { type: 6 } },
          exports: { 'interface-0': { interface: { id: 0, external_id: 'x' } } },
        },
      ],
      types: [
        { name: 'c', kind: 'resource', owner: { interface: 0 } },
        {
          name: 'r',
          kind: {
            record: {
              fields: [
                { name: 'x', type: 2 },
                { name: 'y', type: 4 },
              ],
            },
          },
          owner: { interface: 0 },
          ...since,
        },
        { name: null, kind: { list: 'u8' }, owner: null, ...since },
        { name: null, kind: { handle: { own: 0 } }, owner: null },
        { name: null, kind: { option: 3 }, owner: null, ...since },
        { name: null, kind: { result: { ok: null, err: 'string' } }, owner: null },
        { name: 'r', kind: { type: 1 }, owner: { world: 0 } },
      ],
    })
  })
})

describe('canonicalJson', () => {
  const text =
    'package a:b; interface i { record r { x: list<string> } f: func(r: r) -> list<string>; } world w { import i; }'

  it('does not depend on numbers', () => {
    const json = resolveToJson(load(text))
    const shift = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : value)
    const shifted = {
      ...json,
      types: [
        { name: null, kind: { list: 'u8' }, owner: null },
        ...(JSON.parse(JSON.stringify(json.types), (key, v: unknown) =>
          key === 'interface' || key === 'world' ? v : shift(v),
        ) as unknown[]),
      ],
      interfaces: JSON.parse(JSON.stringify(json.interfaces), (key, v: unknown) =>
        key === 'package' ? v : shift(v),
      ) as unknown,
    }
    expect(shifted).not.toEqual(json)
    expect(canonicalJson(shifted)).toEqual(canonicalJson(json))
  })

  it.each([
    ['a type', text.replace('list<string> }', 'list<u8> }')],
    ['a name', text.replace('f:', 'g:')],
    ['a result', text.replace(' -> list<string>', '')],
    ['a doc', text.replace('interface', '/// doc\ninterface')],
    ['an import', text.replace('import', 'export')],
    ['the order of members', text.replace('f: func', 'g: func(); f: func')],
  ])('tells %s apart', (_what, other) => {
    expect(canonicalJson(resolveToJson(load(other)))).not.toEqual(canonicalJson(resolveToJson(load(text))))
  })
})
