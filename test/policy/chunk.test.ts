// What holds guests to policies is a chunk of its own: where it would have to come over a network, who has no policy does not
// load it.
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { compile, instantiate } from 'witgen/runtime'
import { loadedPolicy } from '../../src/runtime/policy-chunk.ts'
import { rustGuest, thrownBy } from '../e2e/guests.ts'

const imports = { 'demo:pipeline/log': { log: () => {} } }

test('it is loaded when a guest is compiled for a policy; on a disk it is near enough to be there before', async () => {
  const near = vi.spyOn(process, 'getBuiltinModule')
  Object.defineProperty(process, 'getBuiltinModule', { value: undefined, configurable: true, writable: true })
  const far = await compile(Uint8Array.from(readFileSync(rustGuest)))
  near.mockRestore()
  expect(loadedPolicy()).toBe(undefined)
  expect(thrownBy(() => instantiate(far, { imports, policy: { fuel: 1 } }))).toMatchObject({
    code: 41,
    message:
      'wasm module component error [41 PolicyUnsupported]: what holds guests to policies is not loaded, and instantiating ' +
      'cannot wait for it: `await compile(source, { policy })` loads it, as do `load` and `sandbox`',
  })
  await compile(far, { policy: {} })
  expect(loadedPolicy()).toBeDefined()
  vi.resetModules()
  const fresh = await import('../../src/runtime/policy-chunk.ts')
  const { compile: again } = await import('../../src/runtime/compile-component.ts')
  expect(fresh.loadedPolicy()).toBe(undefined)
  await again(rustGuest)
  expect(fresh.loadedPolicy()).toBeDefined()
})
