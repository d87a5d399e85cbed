import { expect, test } from 'vitest'
import { planComponent } from '../../src/component/compile.ts'
import { funcSignature, typeSignature, type Interface } from '../../src/ir/index.ts'
import { component, expanded, fixture, named, section, text } from './fixtures.ts'

function all(): Interface {
  const item = planComponent(fixture('types')).imports.get('test:types/all@1.2.3')
  if (item?.kind !== 'interface') throw new Error('not imported')
  return item.interface
}

test('types by name', () => {
  expect([...all().types].map(([name, def]) => `${name} = ${typeSignature(def.type, named)}`)).toEqual([
    'point = record { x: s32, y: f64 }',
    'shape = variant { none, at(point), named(string) }',
    'color = enum { red, green }',
    'perms = flags { read, write }',
    'paint = color',
    'blob = resource',
  ])
})

test('every kind of value type in signatures', () => {
  expect([...all().functions.values()].map((f) => `${f.name}: ${funcSignature(f, expanded)}`)).toEqual([
    'scalars: func(a: bool, b: s8, c: u8, d: s16, e: u16, f: u32, g: s64, h: u64, i: f32, j: char)',
    'results: func(a: result<u8>, b: result<_, u8>, c: result) -> result<option<list<tuple<u8, enum { red, green }>>>, string>',
    'containers: func(m: map<string, list<u16, 4>>) -> variant { none, at(record { x: s32, y: f64 }), named(string) }',
    'later: async func(a: stream<u8>, b: stream, c: future<string>) -> future',
    'why: func() -> error-context',
    '[constructor]blob: func(perms: flags { read, write }) -> own<blob>',
    '[method]blob.size: func(self: borrow<blob>) -> u64',
    '[static]blob.merge: func(a: own<blob>, b: own<blob>) -> own<blob>',
  ])
})

test('the package is parsed from the name', () => {
  expect(all().package.name).toEqual({ namespace: 'test', name: 'types', version: '1.2.3' })
})

const refused =
  (...type: number[]): (() => unknown) =>
  () =>
    planComponent(component(section(7, type)))

test.each([
  ['an empty record', [1, 0x72, 0], 'CMP1005', 'expected at least one member of this type (at byte 12)'],
  ['an empty tuple', [1, 0x6f, 0], 'CMP1005', 'expected at least one member of this type (at byte 12)'],
  ['a list of length 0', [1, 0x67, 0x7d, 0], 'CMP1005', 'expected a length of at least 1 for a list (at byte 13)'],
  [
    '33 flags',
    [1, 0x6e, 33, ...Array.from({ length: 33 }, () => text('f')).flat()],
    'CMP1005',
    'expected at most 32 flags, got 33 (at byte 12)',
  ],
  ['an unknown type', [1, 0x3e], 'CMP1005', 'expected a type definition, got 0x3e (at byte 11)'],
  ['an unknown primitive', [1, 0x70, 0x62], 'CMP1005', 'expected a value type, got 0x62 (at byte 12)'],
  ['a type that is not defined', [1, 0x70, 0x07], 'CMP1006', 'type 7 is not defined here (there are 0) (at byte 12)'],
  [
    'a list of functions',
    [2, 0x40, 0, 1, 0, 0x70, 0],
    'CMP1006',
    'expected a value type, got the type of a func (at byte 16)',
  ],
  ['an own of a number', [2, 0x7d, 0x69, 0], 'CMP1006', 'expected a resource, got a value type (at byte 13)'],
  ['a refining case', [1, 0x71, 1, ...text('a'), 0, 1], 'CMP1005', 'expected the end of a case, got 0x01 (at byte 16)'],
  ['a resource of i64', [1, 0x3f, 0x7e, 0], 'CMP1008', 'resources represented as i64 are not supported (at byte 12)'],
])('refuses %s', (_, bytes, code, message) => {
  expect(refused(...bytes)).toThrow(expect.objectContaining({ code, message }))
})

test('a type that would be written out to gigabytes is refused', () => {
  const doubling = Array.from({ length: 40 }, (_, i) => [0x6f, 2, i, i]).flat()
  expect(() => planComponent(component([7, 0xa2, 1, 41, 0x7d, ...doubling]))).toThrow(
    expect.objectContaining({ code: 'CMP1007', message: 'this type is too large or too deep (at byte 88)' }),
  )
})

test('a type that nests too deeply is refused', () => {
  const lists = Array.from({ length: 104 }, (_, i) => (i < 64 ? [0x70, i] : [0x70, 0x80 | i, 0])).flat()
  const section7 = [1 + 1 + lists.length]
  const length = section7[0] ?? 0
  expect(() => planComponent(component([7, 0x80 | (length & 0x7f), length >> 7, 105, 0x7d, ...lists]))).toThrow(
    expect.objectContaining({ code: 'CMP1007' }),
  )
})
