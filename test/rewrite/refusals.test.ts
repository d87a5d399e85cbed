// What cannot be held to a limit is refused by name, never let through.
import { expect, test } from 'vitest'
import { rewriteModule, UnknownInstruction, type RewriteOptions } from '../../src/component/rewrite/rewrite.ts'
import { skipImmediates } from '../../src/component/rewrite/immediates.ts'
import { Cursor } from '../../src/component/rewrite/cursor.ts'
import { wat } from '../helpers/wat.ts'

const NONE: RewriteOptions = {
  module: 0,
  maxMemoryPages: undefined,
  maxTableElements: undefined,
  memories: false,
  budget: false,
  noWaiting: false,
  depth: false,
}

test.each([
  [
    'collected objects under a limit of memory',
    '(module (type $a (array i8)) (func (drop (array.new_default $a (i32.const 9)))))',
    { memories: true },
    'array.new, whose objects are in no memory that could be limited,',
  ],
  [
    'collected objects that a global begins with',
    '(module (type $a (array i8)) (global (ref $a) (array.new_default $a (i32.const 9))))',
    { memories: true },
    'array.new, whose objects are in no memory that could be limited,',
  ],
  [
    'collected objects that a table is filled with',
    '(module (type $s (struct)) (table 1 structref) (elem (i32.const 0) structref (struct.new $s)) (func))',
    { memories: true },
    'struct.new, whose objects are in no memory that could be limited,',
  ],
  [
    'waiting under a limit of time',
    '(module (memory 1 1 shared) (func (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))))',
    { budget: true, noWaiting: true },
    'memory.atomic.wait, which no limit of time can end,',
  ],
  [
    'addresses of 64 bits',
    '(module (memory i64 1) (func))',
    { memories: true, maxMemoryPages: 5 },
    'a memory or table with 64-bit addresses',
  ],
  [
    'growth of a memory with addresses of 64 bits, where it is asked for',
    '(module (memory i64 1) (func (drop (memory.grow (i64.const 1)))))',
    { memories: true },
    'memory.grow of a memory with 64-bit addresses, whose lengths are not counted,',
  ],
  [
    'bulk instructions on one under a budget',
    '(module (memory i64 1) (func (memory.fill (i64.const 0) (i32.const 0) (i64.const 1))))',
    { budget: true },
    'a bulk instruction of a memory with 64-bit addresses, whose lengths are not counted,',
  ],
  [
    'the same where it is imported',
    '(module (import "m" "m" (memory i64 1)) (func (memory.copy (i64.const 0) (i64.const 0) (i64.const 1))))',
    { budget: true },
    'a bulk instruction of a memory with 64-bit addresses, whose lengths are not counted,',
  ],
  [
    'bulk instructions on a table with addresses of 64 bits',
    '(module (table i64 1 funcref) (func (drop (table.grow (ref.null func) (i64.const 1)))))',
    { budget: true },
    'a bulk instruction of a table with 64-bit addresses, whose lengths are not counted,',
  ],
  [
    'chains of exceptions under a limit of memory',
    '(module (tag (param i32 exnref)) (func))',
    { memories: true },
    'a tag whose exceptions carry others, chains of which are in no memory,',
  ],
  [
    'the same by an import',
    '(module (import "m" "t" (tag (param (ref exn)))) (func))',
    { memories: true },
    'a tag whose exceptions carry others, chains of which are in no memory,',
  ],
  [
    'an import from the name that is used for the checks',
    '(module (import "witgen:guard" "budget" (global (mut i64))))',
    { budget: true },
    'an import from witgen:guard',
  ],
])('%s', async (_, text, options, message) => {
  const bytes = await wat(text)
  expect(() => rewriteModule(bytes, { ...NONE, ...options })).toThrow(new UnknownInstruction(message))
  if (!text.includes('witgen:guard')) expect(rewriteModule(bytes, NONE).isGuarded).toBe(false)
})

test.each([
  [0x17, 0, 'opcode 0x17'],
  [0xe0, 0, 'opcode 0xe0'],
  [0xfb, 31, 'opcode 0xfb 31'],
  [0xfc, 19, 'opcode 0xfc 19'],
  [0xfd, 0x120, 'opcode 0xfd 288'],
  [0xfe, 0x4f, 'opcode 0xfe 79'],
])('opcode %i %i', (opcode, sub, message) => {
  expect(() => skipImmediates(new Cursor(new Uint8Array(8)), opcode, sub)).toThrow(new UnknownInstruction(message))
})

test.each([
  ['(module (memory i64 1) (func (result i64) (i64.load (i64.const 8))))', { budget: true, depth: true }],
  ['(module (tag (param i32 externref)) (func (throw 0 (i32.const 1) (ref.null extern))))', { memories: true }],
])('what a limit does not touch is let be: %s', async (text, options) => {
  expect(WebAssembly.validate(rewriteModule(await wat(text), { ...NONE, ...options }).bytes)).toBe(true)
})
