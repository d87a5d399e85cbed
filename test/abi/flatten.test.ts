// Flat signatures, each worked out by hand from CanonicalABI.md, section "Flattening".
import { describe, expect, test } from 'vitest'
import { flattenCases, flattenFunc, flattenType, join, type CoreType } from '../../src/abi/index.ts'
import {
  cases,
  enumeration,
  fixed,
  flags,
  list,
  map,
  option,
  record,
  result,
  tuple,
  type,
  variant,
  type Short,
} from './types.ts'

const FLAT: readonly [text: string, type: Short, flat: string][] = [
  ['bool', 'bool', 'i32'],
  ['s8', 's8', 'i32'],
  ['u8', 'u8', 'i32'],
  ['s16', 's16', 'i32'],
  ['u16', 'u16', 'i32'],
  ['s32', 's32', 'i32'],
  ['u32', 'u32', 'i32'],
  ['s64', 's64', 'i64'],
  ['u64', 'u64', 'i64'],
  ['f32', 'f32', 'f32'],
  ['f64', 'f64', 'f64'],
  ['char', 'char', 'i32'],
  ['string', 'string', 'i32 i32'],
  ['error-context', 'error-context', 'i32'],
  ['list<f64>', list('f64'), 'i32 i32'],
  ['map<string, f64>', map('string', 'f64'), 'i32 i32'],
  ['list<f32, 3>', fixed('f32', 3), 'f32 f32 f32'],
  ['list<tuple<u8, f64>, 2>', fixed(tuple('u8', 'f64'), 2), 'i32 f64 i32 f64'],
  ['stream', { kind: 'stream', element: undefined }, 'i32'],
  ['future<u64>', { kind: 'future', element: type('u64') }, 'i32'],
  ['record { u8, u64, f32 }', record('u8', 'u64', 'f32'), 'i32 i64 f32'],
  ['record { record { string }, f64 }', record(record('string'), 'f64'), 'i32 i32 f64'],
  ['tuple<f64>', tuple('f64'), 'f64'],
  ['the sample', record('u32', 'f64', 'string', option('string')), 'i32 f64 i32 i32 i32 i32 i32'],
  ['enum', enumeration(3), 'i32'],
  ['enum of 65,537', enumeration(65_537), 'i32'],
  ['1 flag', flags(1), 'i32'],
  ['32 flags', flags(32), 'i32'],
  ['option<u64>', option('u64'), 'i32 i64'],
  ['option<option<f32>>', option(option('f32')), 'i32 i32 f32'],
  ['result', result(), 'i32'],
  ['result<f32>', result('f32'), 'i32 f32'],
  ['result<_, f64>', result(undefined, 'f64'), 'i32 f64'],
  ['result<u32, f32>', result('u32', 'f32'), 'i32 i32'],
  ['result<f32, f64>', result('f32', 'f64'), 'i32 i64'],
  ['result<u32, u64>', result('u32', 'u64'), 'i32 i64'],
  ['result<f64, u64>', result('f64', 'u64'), 'i32 i64'],
  ['result<f64, u32>', result('f64', 'u32'), 'i32 i64'],
  ['result<f32, u64>', result('f32', 'u64'), 'i32 i64'],
  ['result<string, f32>', result('string', 'f32'), 'i32 i32 i32'],
  ['variant without payload', variant(undefined, undefined), 'i32'],
  ['65,537 cases, one with f32', cases(65_537, 'f32'), 'i32 f32'],
  ['variant { a(f32), b(tuple<f32, f64>) }', variant('f32', tuple('f32', 'f64')), 'i32 f32 f64'],
  [
    'variant { a(tuple<u32, f32>), b(tuple<f32, f64, u8>) }',
    variant(tuple('u32', 'f32'), tuple('f32', 'f64', 'u8')),
    'i32 i32 i64 i32',
  ],
  // Three cases join one after the other: f32 and u32 give i32, with u64 that gives i64.
  ['variant { a(f32), b(u32), c(u64) }', variant('f32', 'u32', 'u64'), 'i32 i64'],
  ['variant in variant', variant(variant('f32', undefined), 'f64'), 'i32 i64 f32'],
  ['option<result<string, f64>>', option(result('string', 'f64')), 'i32 i32 i64 i32'],
]

test.each(FLAT)('%s', (_, short, flat) => {
  expect(flattenType(type(short)).join(' ')).toBe(flat)
})

test('a variant without its discriminant', () => {
  expect(flattenCases([type('f32'), undefined, type('u32'), type(tuple('u8', 'f64'))])).toEqual(['i32', 'f64'])
  expect(flattenCases([undefined])).toEqual([])
})

test('join: every pair', () => {
  const table: Record<CoreType, Record<CoreType, CoreType>> = {
    i32: { i32: 'i32', i64: 'i64', f32: 'i32', f64: 'i64' },
    i64: { i32: 'i64', i64: 'i64', f32: 'i64', f64: 'i64' },
    f32: { i32: 'i32', i64: 'i64', f32: 'f32', f64: 'i64' },
    f64: { i32: 'i64', i64: 'i64', f32: 'i64', f64: 'f64' },
  }
  const all = ['i32', 'i64', 'f32', 'f64'] as const
  for (const a of all) for (const b of all) expect(join(a, b), `${a}, ${b}`).toBe(table[a][b])
})

describe('functions', () => {
  const params = (...types: Short[]): { name: string; type: ReturnType<typeof type>; span: undefined }[] =>
    types.map((t, i) => ({ name: `p${i}`, type: type(t), span: undefined }))
  const many = (count: number): Short[] => Array.from({ length: count }, () => 'u8' as const)
  const text = (of: Short[], res: Short | undefined, role: 'lift' | 'lower'): string => {
    const func = { params: params(...of), result: res === undefined ? undefined : type(res) }
    const s = flattenFunc(func, role)
    const notes = `${s.indirectParams ? ' params' : ''}${s.indirectResult ? ' result' : ''}`
    return `${s.params.join(' ')} -> ${s.results.join(' ')}${notes === '' ? '' : `, indirect${notes}`}`
  }
  const i32s = (count: number): string => Array.from({ length: count }, () => 'i32').join(' ')

  const FUNCTIONS: readonly [what: string, params: Short[], result: Short | undefined, lift: string, lower: string][] =
    [
      ['nothing', [], undefined, ' -> ', ' -> '],
      ['scalars', ['u8', 'f64'], 'u64', 'i32 f64 -> i64', 'i32 f64 -> i64'],
      ['a string', ['string'], 'string', 'i32 i32 -> i32, indirect result', 'i32 i32 i32 -> , indirect result'],
      ['option<u8>', [], option('u8'), ' -> i32, indirect result', 'i32 -> , indirect result'],
      ['a result of one flat value', [], result(), ' -> i32', ' -> i32'],
      ['a record of one field', [record('f32')], record('f32'), 'f32 -> f32', 'f32 -> f32'],
      ['16 parameters', many(16), undefined, `${i32s(16)} -> `, `${i32s(16)} -> `],
      ['17 parameters', many(17), undefined, 'i32 -> , indirect params', 'i32 -> , indirect params'],
      [
        '8 strings',
        Array.from({ length: 8 }, () => 'string' as const),
        undefined,
        `${i32s(16)} -> `,
        `${i32s(16)} -> `,
      ],
      [
        '8 strings and a bool',
        [...Array.from({ length: 8 }, () => 'string' as const), 'bool'],
        'bool',
        'i32 -> i32, indirect params',
        'i32 -> i32, indirect params',
      ],
      [
        '16 parameters and a string back',
        many(16),
        'string',
        `${i32s(16)} -> i32, indirect result`,
        `${i32s(17)} -> , indirect result`,
      ],
      [
        '17 parameters and a string back',
        many(17),
        'string',
        'i32 -> i32, indirect params result',
        'i32 i32 -> , indirect params result',
      ],
      ['list<u8, 16>', [fixed('u8', 16)], undefined, `${i32s(16)} -> `, `${i32s(16)} -> `],
      ['list<u8, 17>', [fixed('u8', 17)], undefined, 'i32 -> , indirect params', 'i32 -> , indirect params'],
      [
        'a very long fixed-length list',
        [fixed('u8', 1_000_000)],
        fixed('f64', 1_000_000),
        'i32 -> i32, indirect params result',
        'i32 i32 -> , indirect params result',
      ],
      [
        'a record of 17 fields',
        [record(...many(17))],
        undefined,
        'i32 -> , indirect params',
        'i32 -> , indirect params',
      ],
      ['list<u8, 1> back', [], fixed('u8', 1), ' -> i32', ' -> i32'],
    ]
  test.each(FUNCTIONS)('%s', (_, of, res, lift, lower) => {
    expect(text(of, res, 'lift')).toBe(lift)
    expect(text(of, res, 'lower')).toBe(lower)
  })
})
