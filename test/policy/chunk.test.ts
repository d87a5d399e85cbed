// What holds guests to policies is a chunk of its own: who has no policy does not load it.
import { expect, test } from 'vitest'
import { compile } from 'witgen/runtime'
import { loadedPolicy } from '../../src/runtime/policy-chunk.ts'
import { rustGuest } from '../e2e/guests.ts'

test('it is loaded when a guest is compiled for a policy, and not before', async () => {
  await compile(rustGuest)
  expect(loadedPolicy()).toBe(undefined)
  await compile(rustGuest, { policy: {} })
  expect(loadedPolicy()).toBeDefined()
})
