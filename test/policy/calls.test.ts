// What a call has to do with its policy: nothing, unless something is limited by the call.
import { expect, test, vi } from 'vitest'
import { compile, instantiate, type SecurityPolicy } from 'witgen/runtime'
import { Guard } from '../../src/runtime/policy/guard.ts'
import { componentOf } from '../helpers/wat.ts'

const GUEST = `(module (memory (export "memory") 1) (func (export "twice") (param i32) (result i32)
  (i32.mul (local.get 0) (i32.const 2))))`
const WIT = 'package t:t; world w { export twice: func(n: u32) -> u32; }'

const BY_CALL: readonly SecurityPolicy[] = [
  { maxExecutionTimeMs: 1e4 },
  { maxOutputBytes: 100 },
  { maxMemoryPages: 10 },
  { maxTableElements: 10 },
]
const OTHERS: readonly SecurityPolicy[] = [
  {},
  { fuel: 1e6 },
  { maxCallDepth: 100 },
  { allowedImports: {} },
  { maxInstances: 2, memoryTracing: true },
]

test.each([
  ...BY_CALL.map((policy) => ({ policy, isTold: true })),
  ...OTHERS.map((policy) => ({ policy, isTold: false })),
])('$policy: told of calls: $isTold', async ({ policy, isTold }) => {
  const made = await compile(await componentOf(GUEST, WIT), { policy })
  const begin = vi.spyOn(Guard.prototype, 'begin')
  const { exports } = instantiate<{ twice(n: number): number }>(made, { policy })
  begin.mockClear()
  expect([exports.twice(2), exports.twice(4)]).toEqual([4, 8])
  expect(begin).toHaveBeenCalledTimes(isTold ? 2 : 0)
  begin.mockRestore()
})
