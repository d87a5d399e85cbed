import { expect, test } from 'vitest'
import { readCanon } from '../../src/component/canon.ts'
import type { CoreDef } from '../../src/component/link-plan.ts'
import { PlanBuilder } from '../../src/component/plan-builder.ts'
import { Scope } from '../../src/component/scope.ts'

const exported = (name: string): CoreDef => ({ kind: 'core-export', instance: 0, name })

/** A scope with one entity of each sort that canonical definitions refer to. */
function scope(): Scope {
  const all = new Scope(undefined, 0)
  all.push({ sort: 'core func', def: exported('f') })
  all.push({ sort: 'core memory', def: exported('m') })
  all.push({ sort: 'core table', def: exported('t') })
  all.push({ sort: 'core type' })
  all.push({ sort: 'type', item: { kind: 'value', type: { kind: 'stream', element: undefined }, weight: 1, depth: 0 } })
  return all
}

/** What the canonical definition in `bytes` makes of core function 1. */
function canon(...bytes: number[]): CoreDef | undefined {
  const plan = new PlanBuilder(Uint8Array.from(bytes))
  const all = scope()
  const r = plan.reader()
  readCanon(plan, r, all)
  r.done('the definition')
  return all.spaces['core func']?.[1]?.def
}

// Binary.md, canonical definitions.
test.each([
  ['task.cancel', [0x05]],
  ['subtask.cancel', [0x06, 1]],
  ['task.return', [0x09, 1, 0, 0]],
  ['task.return', [0x09, 0, 0x73, 2, 0x03, 0, 0x00]],
  ['context.get', [0x0a, 0x7f, 0]],
  ['context.set', [0x0b, 0x7e, 1]],
  ['thread.yield', [0x0c, 0]],
  ['subtask.drop', [0x0d]],
  ['stream.new', [0x0e, 0]],
  ['stream.read', [0x0f, 0, 2, 0x06, 0x03, 0]],
  ['stream.write', [0x10, 0, 0]],
  ['stream.cancel-read', [0x11, 0, 1]],
  ['stream.cancel-write', [0x12, 0, 0]],
  ['stream.drop-readable', [0x13, 0]],
  ['stream.drop-writable', [0x14, 0]],
  ['future.new', [0x15, 0]],
  ['future.read', [0x16, 0, 0]],
  ['future.write', [0x17, 0, 1, 0x04, 0]],
  ['future.cancel-read', [0x18, 0, 1]],
  ['future.cancel-write', [0x19, 0, 0]],
  ['future.drop-readable', [0x1a, 0]],
  ['future.drop-writable', [0x1b, 0]],
  ['error-context.new', [0x1c, 1, 0x03, 0]],
  ['error-context.debug-message', [0x1d, 0]],
  ['error-context.drop', [0x1e]],
  ['waitable-set.new', [0x1f]],
  ['waitable-set.wait', [0x20, 0, 0]],
  ['waitable-set.poll', [0x21, 0, 0]],
  ['waitable-set.drop', [0x22]],
  ['waitable.join', [0x23]],
  ['backpressure.inc', [0x24]],
  ['backpressure.dec', [0x25]],
  ['thread.index', [0x26]],
  ['thread.new-indirect', [0x27, 0, 0]],
  ['thread.resume-later', [0x28]],
  ['thread.suspend', [0x29, 0]],
  ['thread.suspend-then-resume', [0x2a, 0]],
  ['thread.yield-then-resume', [0x2b, 0]],
  ['thread.suspend-then-promote', [0x2c, 0]],
  ['thread.yield-then-promote', [0x2d, 0]],
  ['stream.forward', [0x2e, 0]],
  ['future.forward', [0x2f, 0]],
  ['thread.spawn-ref', [0x40, 1, 0]],
  ['thread.spawn-indirect', [0x41, 0, 0, 0]],
  ['thread.available-parallelism', [0x42, 1]],
])('%s is read with its immediates', (name, bytes) => {
  expect(canon(...bytes)).toEqual({ kind: 'unsupported', name })
})

test.each([
  ['an unknown definition', [0x07], 'CMP1005', 'expected a canonical definition, got 0x07 (at byte 0)'],
  ['a lift of another sort', [0x00, 0x01], 'CMP1005', 'expected the sort of core functions, got 0x01 (at byte 1)'],
  [
    'a lower of an unknown function',
    [0x01, 0x00, 3],
    'CMP1006',
    'func 3 is not defined here (there are 0) (at byte 2)',
  ],
  [
    'a lift with a value type',
    [0x00, 0x00, 0, 0, 0],
    'CMP1006',
    'expected a function type, got a value type (at byte 4)',
  ],
  ['resource.new of a value type', [0x02, 0], 'CMP1006', 'expected a resource, got a value type (at byte 1)'],
  ['two encodings', [0x1c, 2, 0x00, 0x01], 'CMP1005', 'expected each canonical option only once, got 0x01 (at byte 3)'],
  ['two memories', [0x1c, 2, 3, 0, 3, 0], 'CMP1005', 'expected each canonical option only once, got 0x03 (at byte 4)'],
  ['an unknown option', [0x1c, 1, 0x0a], 'CMP1005', 'expected a canonical option, got 0x0a (at byte 2)'],
  [
    'the gc option',
    [0x1c, 1, 0x09],
    'CMP1008',
    'the canonical options `core-type` and `gc` are not supported (at byte 2)',
  ],
  ['a flag of 2', [0x06, 2], 'CMP1005', 'expected 0x00 or 0x01, got 0x02 (at byte 1)'],
])('refuses %s', (_, bytes, code, message) => {
  expect(() => canon(...bytes)).toThrow(expect.objectContaining({ code, message }))
})

test('async options are kept', () => {
  const plan = new PlanBuilder(Uint8Array.from([0x00, 0x00, 0, 3, 0x06, 0x07, 0, 0x02, 1]))
  const all = scope()
  all.push({ sort: 'type', item: { kind: 'func', async: true, params: [], result: undefined, weight: 1, depth: 0 } })
  readCanon(plan, plan.reader(), all)
  expect(all.spaces.func?.[0]?.func).toMatchObject({
    kind: 'lift',
    core: exported('f'),
    options: { async: true, callback: exported('f'), stringEncoding: 'latin1+utf16', memory: undefined },
    type: { async: true },
  })
})
