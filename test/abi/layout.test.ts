// Sizes, alignments and offsets, each worked out by hand from CanonicalABI.md, sections "Alignment" and "Element Size".
import { describe, expect, test } from 'vitest'
import {
  alignment,
  alignTo,
  discriminantSize,
  elemSize,
  flagsSize,
  payloadOffset,
  recordLayout,
} from '../../src/abi/index.ts'
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

const LAYOUTS: readonly [text: string, type: Short, size: number, alignment: number][] = [
  ['bool', 'bool', 1, 1],
  ['s8', 's8', 1, 1],
  ['u8', 'u8', 1, 1],
  ['s16', 's16', 2, 2],
  ['u16', 'u16', 2, 2],
  ['s32', 's32', 4, 4],
  ['u32', 'u32', 4, 4],
  ['s64', 's64', 8, 8],
  ['u64', 'u64', 8, 8],
  ['f32', 'f32', 4, 4],
  ['f64', 'f64', 8, 8],
  ['char', 'char', 4, 4],
  ['string', 'string', 8, 4],
  ['error-context', 'error-context', 4, 4],
  ['list<u8>', list('u8'), 8, 4],
  ['list<f64>', list('f64'), 8, 4],
  ['map<u8, f64>', map('u8', 'f64'), 8, 4],
  ['stream<f64>', { kind: 'stream', element: type('f64') }, 4, 4],
  ['future', { kind: 'future', element: undefined }, 4, 4],

  ['list<u8, 3>', fixed('u8', 3), 3, 1],
  ['list<u16, 3>', fixed('u16', 3), 6, 2],
  ['list<f64, 4>', fixed('f64', 4), 32, 8],
  ['list<string, 2>', fixed('string', 2), 16, 4],
  ['list<tuple<u32, u8>, 3>', fixed(tuple('u32', 'u8'), 3), 24, 4],
  ['list<list<u16, 3>, 5>', fixed(fixed('u16', 3), 5), 30, 2],

  ['record { u8 }', record('u8'), 1, 1],
  ['record { u8, u8, u8 }', record('u8', 'u8', 'u8'), 3, 1],
  ['record { u8, u16 }', record('u8', 'u16'), 4, 2],
  ['record { u16, u8 }', record('u16', 'u8'), 4, 2],
  ['record { u8, u32, u8 }', record('u8', 'u32', 'u8'), 12, 4],
  ['record { u8, u64 }', record('u8', 'u64'), 16, 8],
  ['record { u64, u8 }', record('u64', 'u8'), 16, 8],
  ['record { u8, string }', record('u8', 'string'), 12, 4],
  ['record { u8, record { u8, u16 }, u8 }', record('u8', record('u8', 'u16'), 'u8'), 8, 2],
  ['the sample: u32, f64, string, option<string>', record('u32', 'f64', 'string', option('string')), 40, 8],
  ['tuple<f32>', tuple('f32'), 4, 4],
  ['tuple<char, bool>', tuple('char', 'bool'), 8, 4],
  ['tuple<bool, char, bool>', tuple('bool', 'char', 'bool'), 12, 4],

  ['option<u8>', option('u8'), 2, 1],
  ['option<u16>', option('u16'), 4, 2],
  ['option<u32>', option('u32'), 8, 4],
  ['option<u64>', option('u64'), 16, 8],
  ['option<string>', option('string'), 12, 4],
  ['option<option<u8>>', option(option('u8')), 3, 1],
  ['option<option<u16>>', option(option('u16')), 6, 2],
  ['option<option<f64>>', option(option('f64')), 24, 8],
  ['option<list<u16, 3>>', option(fixed('u16', 3)), 8, 2],

  ['result', result(), 1, 1],
  ['result<u8>', result('u8'), 2, 1],
  ['result<_, u8>', result(undefined, 'u8'), 2, 1],
  ['result<u8, u16>', result('u8', 'u16'), 4, 2],
  ['result<u64, string>', result('u64', 'string'), 16, 8],
  ['result<string, u64>', result('string', 'u64'), 16, 8],
  ['result<result, u16>', result(result(), 'u16'), 4, 2],
  ['result<tuple<u64, u8>, u8>', result(tuple('u64', 'u8'), 'u8'), 24, 8],

  ['variant { a }', variant(undefined), 1, 1],
  ['variant { a, b(u8) }', variant(undefined, 'u8'), 2, 1],
  // Size and alignment come from different cases.
  ['variant { a(u64), b(tuple<u32, u32, u32>) }', variant('u64', tuple('u32', 'u32', 'u32')), 24, 8],
  ['variant { a(list<u8, 3>), b(u16) }', variant(fixed('u8', 3), 'u16'), 6, 2],
  ['256 cases, none with payload', cases(256), 1, 1],
  ['257 cases, none with payload', cases(257), 2, 2],
  ['65,536 cases, none with payload', cases(65_536), 2, 2],
  ['65,537 cases, none with payload', cases(65_537), 4, 4],
  ['256 cases, one with u8', cases(256, 'u8'), 2, 1],
  ['257 cases, one with u8', cases(257, 'u8'), 4, 2],
  ['257 cases, one with u32', cases(257, 'u32'), 8, 4],
  ['65,537 cases, one with u8', cases(65_537, 'u8'), 8, 4],
  ['65,537 cases, one with u64', cases(65_537, 'u64'), 16, 8],

  ['enum of 1', enumeration(1), 1, 1],
  ['enum of 256', enumeration(256), 1, 1],
  ['enum of 257', enumeration(257), 2, 2],
  ['enum of 65,536', enumeration(65_536), 2, 2],
  ['enum of 65,537', enumeration(65_537), 4, 4],

  ['1 flag', flags(1), 1, 1],
  ['8 flags', flags(8), 1, 1],
  ['9 flags', flags(9), 2, 2],
  ['16 flags', flags(16), 2, 2],
  ['17 flags', flags(17), 4, 4],
  ['32 flags', flags(32), 4, 4],
  ['record { 1 flag, 9 flags, 17 flags }', record(flags(1), flags(9), flags(17)), 8, 4],
]

test.each(LAYOUTS)('%s', (_, short, size, align) => {
  expect({ size: elemSize(type(short)), alignment: alignment(type(short)) }).toEqual({ size, alignment: align })
})

describe('where fields stand', () => {
  const RECORDS: readonly [text: string, fields: Short[], offsets: number[], size: number, align: number][] = [
    ['u8', ['u8'], [0], 1, 1],
    ['u8, u16, u8, u32', ['u8', 'u16', 'u8', 'u32'], [0, 2, 4, 8], 12, 4],
    ['u8, u64, u8', ['u8', 'u64', 'u8'], [0, 8, 16], 24, 8],
    ['the sample', ['u32', 'f64', 'string', option('string')], [0, 8, 16, 24], 40, 8],
    ['bool, string, bool', ['bool', 'string', 'bool'], [0, 4, 12], 16, 4],
    ['u8, list<u8, 5>, u16', ['u8', fixed('u8', 5), 'u16'], [0, 1, 6], 8, 2],
    ['u16, result<u64>, flags', ['u16', result('u64'), flags(9)], [0, 8, 24], 32, 8],
    ['enum, enum of 257, char', [enumeration(2), enumeration(257), 'char'], [0, 2, 4], 8, 4],
  ]
  test.each(RECORDS)('%s', (_, fields, offsets, size, align) => {
    expect(recordLayout(fields.map((f) => ({ type: type(f) })))).toEqual({ offsets, size, align })
  })
})

describe('where the payload of a variant stands', () => {
  test.each([
    ['no payload', variant(undefined), 1],
    ['u8', variant('u8'), 1],
    ['u16', variant('u16', 'u8'), 2],
    ['string', variant('u8', 'string'), 4],
    ['f64', variant('f64', 'u8'), 8],
    ['257 cases, u8', cases(257, 'u8'), 2],
    ['65,537 cases, u8', cases(65_537, 'u8'), 4],
    ['65,537 cases, u64', cases(65_537, 'u64'), 8],
  ] as const)('%s', (_, of, offset) => {
    expect(payloadOffset(of)).toBe(offset)
  })
})

test('discriminants and flags', () => {
  expect([1, 2, 255, 256].map(discriminantSize)).toEqual([1, 1, 1, 1])
  expect([257, 65_535, 65_536].map(discriminantSize)).toEqual([2, 2, 2])
  expect([65_537, 2 ** 32 - 1].map(discriminantSize)).toEqual([4, 4])
  expect([1, 7, 8, 9, 15, 16, 17, 31, 32].map(flagsSize)).toEqual([1, 1, 1, 2, 2, 2, 4, 4, 4])
})

test('alignTo', () => {
  expect([0, 1, 7, 8, 9].map((offset) => alignTo(offset, 8))).toEqual([0, 8, 8, 8, 16])
  expect([0, 1, 2, 3].map((offset) => alignTo(offset, 1))).toEqual([0, 1, 2, 3])
})
