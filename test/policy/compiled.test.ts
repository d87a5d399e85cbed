// A policy may be given to what is compiled already, whatever it was compiled for.
import { describe, expect, test, vi } from 'vitest'
import {
  compile,
  instantiate,
  policyReport,
  sandbox,
  type CompiledComponent,
  type SecurityPolicy,
} from 'witgen/runtime'
import { Pipeline } from '../../generated/pipeline.ts'
import { rustGuest, thrownBy } from '../e2e/guests.ts'
import { hostileGuest, HostileHost, type Hostile } from './guests.ts'

interface Exports {
  readonly 'test:hostile/api': Hostile
}

const start = (compiled: CompiledComponent, policy?: SecurityPolicy) => {
  const host = new HostileHost()
  const instance = instantiate<Exports>(compiled, { policy, imports: { 'test:hostile/host': host }, name: 'hostile' })
  return { instance, api: instance.exports['test:hostile/api'], host }
}

const LIMITS: readonly (readonly [string, SecurityPolicy, (api: Hostile) => unknown])[] = [
  ['FuelExhausted', { fuel: 1000 }, (api) => api.spin()],
  ['ExecutionTimeout', { maxExecutionTimeMs: 30 }, (api) => api.spin()],
  ['MemoryLimit', { maxMemoryPages: 3 }, (api) => api.growOrDie(3)],
  ['CallDepth', { maxCallDepth: 10 }, (api) => api.recurse(11)],
  ['OutputLimit', { maxOutputBytes: 10 }, (api) => api.text(11)],
  ['PermissionDenied', { allowedImports: {} }, (api) => api.flood(1)],
]

describe.each([
  ['without a policy', undefined],
  ['for another policy', { fuel: 5, maxMemoryPages: 1 }],
] as const)('a component that was compiled %s', (_, of) => {
  test.each(LIMITS)('is held to one: %s', async (codeName, policy, call) => {
    const { api, instance } = start(await compile(await hostileGuest(), { policy: of }), policy)
    expect(api.count(3)).toBe(3)
    expect(thrownBy(() => call(api))).toMatchObject({ codeName, module: 'hostile' })
    expect(policyReport(instance).events.at(-1)).toMatchObject({ kind: 'kill', code: codeName })
  })

  test('is held to a limit of tables', async () => {
    const { api } = start(await compile(await hostileGuest(), { policy: of }), { maxTableElements: 20 })
    expect(api.growTable(100)).toBe(-1)
  })

  test('is not instantiated beyond the number of instances', async () => {
    const compiled = await compile(await hostileGuest(), { policy: of })
    expect(thrownBy(() => start(compiled, { maxInstances: 0 }))).toMatchObject({ codeName: 'InstanceLimit' })
  })
})

describe('the code for a policy', () => {
  const counted = async (work: () => unknown): Promise<number> => {
    const made = vi.spyOn(WebAssembly, 'Module')
    try {
      await work()
      return made.mock.calls.length
    } finally {
      made.mockRestore()
    }
  }

  test('is made once for all policies that take the same of it', async () => {
    const compiled = await compile(await hostileGuest())
    start(compiled, { fuel: 1 })
    expect(await counted(() => start(compiled, { fuel: 2, maxOutputBytes: 3 }))).toBe(0)
    expect(await counted(() => start(compiled, { fuel: 2, maxCallDepth: 3 }))).toBeGreaterThan(0)
  })

  test('is that of the guest where the policy changes none', async () => {
    const compiled = await compile(await hostileGuest())
    start(compiled, { fuel: 1 })
    expect(await counted(() => start(compiled, { maxOutputBytes: 5, allowedImports: {} }))).toBe(0)
  })

  test('is kept for some policies, not for any number of them', async () => {
    const compiled = await compile(await hostileGuest())
    for (let pages = 1; pages < 20; pages++) start(compiled, { maxMemoryPages: pages })
    expect(await counted(() => start(compiled, { maxMemoryPages: 19 }))).toBe(0)
    expect(await counted(() => start(compiled, { maxMemoryPages: 1 }))).toBeGreaterThan(0)
    expect(start(compiled, { maxMemoryPages: 1 }).api.grow(1)).toBe(-1)
  })
})

describe('compile of what is compiled', () => {
  test('for a policy: its instances are held to it, those of the other are not', async () => {
    const free = await compile(await hostileGuest())
    const held = await compile(free, { policy: { fuel: 1000 } })
    expect(thrownBy(() => start(held).api.count(1000))).toMatchObject({ codeName: 'FuelExhausted' })
    expect(start(free).api.count(1000)).toBe(1000)
    expect(start(held, { fuel: 100_000 }).api.count(1000)).toBe(1000)
    expect(thrownBy(() => policyReport(start(free).instance))).toMatchObject({ codeName: 'PolicyUnsupported' })
  })

  test('without one it is handed back', async () => {
    const held = await compile(await hostileGuest(), { policy: { fuel: 1000 } })
    expect(await compile(held)).toBe(held)
  })

  test('sandbox takes it, and world classes do', async () => {
    const imports = { 'demo:pipeline/log': { log: () => {} } }
    const compiled = await Pipeline.compile(rustGuest)
    const pipeline = await sandbox(Pipeline, compiled, { maxCallDepth: 300 }, { imports })
    expect(pipeline.analysis.shout('within')).toBe('WITHIN')
    expect(thrownBy(() => pipeline.analysis.crash('stack'))).toMatchObject({ codeName: 'CallDepth' })
    const other = Pipeline.instantiate(compiled, { imports, policy: { fuel: 1e6 } })
    expect(thrownBy(() => other.analysis.crash('loop'))).toMatchObject({ codeName: 'FuelExhausted' })
    expect(Pipeline.instantiate(compiled, { imports }).analysis.shout('free')).toBe('FREE')
  })
})

test('bytes that were changed after they have been compiled are not trusted', async () => {
  const bytes = Uint8Array.from(await hostileGuest())
  const compiled = await compile(bytes)
  bytes.fill(0x80)
  expect(start(compiled, { maxOutputBytes: 1 }).api.count(1)).toBe(1)
  const error = {
    code: 41,
    message:
      'wasm module hostile error [41 PolicyUnsupported]: ' +
      'the bytes that the guest was compiled from have been changed: compile it again, with the policy',
  }
  expect(thrownBy(() => start(compiled, { fuel: 1 }))).toMatchObject(error)
  await expect(compile(compiled, { policy: { fuel: 1 } })).rejects.toMatchObject({ code: 41 })
})
