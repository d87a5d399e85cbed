// Each limit of a policy against a guest that tries to get beyond it: it is ended with the limit's code, and others go on.
import { describe, expect, test } from 'vitest'
import { policyReport, type SecurityPolicy } from 'witgen/runtime'
import { thrownBy } from '../e2e/guests.ts'
import { loadHostile, type Hostile } from './guests.ts'

/** Calls a guest under a policy while another one stays as it is, and gives what the first throws. */
async function killed(policy: SecurityPolicy, call: (api: Hostile) => unknown): Promise<unknown> {
  const { api, instance } = await loadHostile(policy)
  const { api: other } = await loadHostile(policy)
  const error = thrownBy(() => call(api))
  expect(thrownBy(() => api.count(1))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
  expect(other.count(3)).toBe(3)
  const { events } = policyReport(instance)
  expect(events.filter(({ kind }) => kind === 'kill')).toEqual([
    expect.objectContaining({ code: (error as { codeName: string }).codeName, module: 'hostile' }),
  ])
  return error
}

describe('time', () => {
  test('an endless loop', async () => {
    const error = await killed({ maxExecutionTimeMs: 50 }, (api) => api.spin())
    expect(error).toMatchObject({
      code: 34,
      codeName: 'ExecutionTimeout',
      function: 'test:hostile/api#spin',
      message:
        'wasm module hostile error [34 ExecutionTimeout]: the call took longer than the 50 ms that the policy permits',
    })
  })

  test('an endless loop that catches everything', async () => {
    expect(await killed({ maxExecutionTimeMs: 50 }, (api) => api.spinAndCatch())).toMatchObject({
      codeName: 'ExecutionTimeout',
    })
  })

  test('long instructions', async () => {
    expect(await killed({ maxExecutionTimeMs: 50 }, (api) => api.fill(1e9))).toMatchObject({
      codeName: 'ExecutionTimeout',
    })
  })

  test('sleeping in the host', async () => {
    expect(await killed({ maxExecutionTimeMs: 20 }, (api) => api.sleep(60))).toMatchObject({
      codeName: 'ExecutionTimeout',
      function: 'test:hostile/api#sleep',
    })
  })

  test('a flood of calls of the host', async () => {
    expect(await killed({ maxExecutionTimeMs: 50 }, (api) => api.flood(0xffffffff))).toMatchObject({
      codeName: 'ExecutionTimeout',
    })
  })

  test('is counted for each call', async () => {
    const { api } = await loadHostile({ maxExecutionTimeMs: 200 })
    const start = performance.now()
    while (performance.now() - start < 400) expect(api.count(1000)).toBe(1000)
  })
})

describe('fuel', () => {
  test('an endless loop', async () => {
    expect(await killed({ fuel: 1_000_000 }, (api) => api.spin())).toMatchObject({
      code: 35,
      codeName: 'FuelExhausted',
      message:
        'wasm module hostile error [35 FuelExhausted]: ' +
        'the guest has used up the fuel of 1000000 instructions that the policy permits',
    })
  })
})

describe('memory', () => {
  test('a guest without a maximum stops at the limit, as an engine would stop it', async () => {
    const { api, instance } = await loadHostile({ maxMemoryPages: 10 })
    expect(api.grow(4)).toBe(1)
    expect(api.grow(6)).toBe(-1)
    expect(api.grow(5)).toBe(5)
    expect(api.grow(1)).toBe(-1)
    expect(api.count(2)).toBe(2)
    const { memoryPages, events } = policyReport(instance)
    expect(memoryPages).toBe(10)
    expect(events).toMatchObject([
      {
        kind: 'denial',
        code: 'MemoryLimit',
        message: '6 more pages of memory were not given, there are 5 and the policy permits 10',
      },
      { kind: 'denial', code: 'MemoryLimit' },
    ])
  })

  test('a guest that traps for want of memory', async () => {
    const error = await killed({ maxMemoryPages: 10 }, (api) => {
      api.growOrDie(9)
      api.growOrDie(1)
    })
    expect(error).toMatchObject({
      code: 30,
      codeName: 'MemoryLimit',
      message:
        'wasm module hostile error [30 MemoryLimit]: ' +
        'the guest did not get what it asked for, the policy permits 10 pages of memory, and trapped: unreachable',
    })
  })

  test('a guest that begins beyond it is not instantiated', async () => {
    await expect(loadHostile({ maxMemoryPages: 0 })).rejects.toMatchObject({
      code: 30,
      codeName: 'MemoryLimit',
      message:
        'wasm module hostile error [30 MemoryLimit]: ' +
        'the guest is not instantiated: it begins with 1 pages of memory, the policy permits 0',
    })
  })

  test('tracing tells which function let it grow', async () => {
    const lines: (readonly [object, string])[] = []
    const log = (fields: object, message: string): void => void lines.push([fields, message])
    const logger = { trace: log, debug: log, info: log, warn: log, error: log, fatal: log }
    const { api, instance } = await loadHostile({ memoryTracing: true }, { logger })
    api.grow(2)
    expect(policyReport(instance).events).toMatchObject([
      {
        kind: 'growth',
        module: 'hostile',
        function: 'grower',
        message: 'a memory grew from 1 to 3 pages, in all there are 3',
      },
    ])
    expect(lines.filter(([fields]) => 'coreFunction' in fields)).toEqual([
      [
        {
          module: 'hostile',
          instance: expect.any(Number),
          function: expect.stringMatching(/#grow$/u) as string,
          call: 1,
          event: 'growth',
          coreFunction: 'grower',
        },
        'a memory grew from 1 to 3 pages, in all there are 3',
      ],
    ])
  })
})

describe('tables', () => {
  test('stop at the limit', async () => {
    const { api, instance } = await loadHostile({ maxTableElements: 20 })
    const { tableElements } = policyReport(instance)
    expect(api.growTable(20 - tableElements)).toBe(1)
    expect(api.growTable(1)).toBe(-1)
    expect(policyReport(instance).events).toMatchObject([{ kind: 'denial', code: 'TableLimit' }])
  })

  test('a guest that begins beyond it is not instantiated', async () => {
    await expect(loadHostile({ maxTableElements: 0 })).rejects.toMatchObject({ code: 31, codeName: 'TableLimit' })
  })
})

describe('the depth of calls', () => {
  test('as deep as permitted, no deeper', async () => {
    const { api } = await loadHostile({ maxCallDepth: 100 })
    for (let i = 0; i < 3; i++) expect(api.recurse(99)).toBe(99)
    expect(await killed({ maxCallDepth: 100 }, (deep) => deep.recurse(100))).toMatchObject({
      code: 36,
      codeName: 'CallDepth',
      message:
        'wasm module hostile error [36 CallDepth]: ' +
        'calls inside the guest nest deeper than the 100 that the policy permits',
    })
  })
})

describe('instances', () => {
  test('a component of more core instances is not instantiated', async () => {
    const { instance } = await loadHostile({ maxInstances: 10 })
    const { instances } = policyReport(instance)
    await expect(loadHostile({ maxInstances: instances - 1 })).rejects.toMatchObject({
      code: 32,
      codeName: 'InstanceLimit',
    })
    await loadHostile({ maxInstances: instances })
  })
})

describe('output', () => {
  test('a flood to the host', async () => {
    const { api, host } = await loadHostile({ maxOutputBytes: 1000 })
    api.write(10, 100)
    expect(host.written).toHaveLength(10)
    expect(thrownBy(() => api.write(11, 100))).toMatchObject({ codeName: 'OutputLimit' })
    expect(host.written).toHaveLength(20)
  })

  test('a result', async () => {
    expect(
      await killed({ maxOutputBytes: 1000 }, (api) => api.text(1000).length + api.text(1001).length),
    ).toMatchObject({
      code: 33,
      codeName: 'OutputLimit',
      function: 'test:hostile/api#text',
      message:
        'wasm module hostile error [33 OutputLimit]: ' +
        'the guest handed out 1001 bytes in one call, the policy permits 1000',
    })
  })
})

describe('imports', () => {
  test('what no key allows is denied when it is called', async () => {
    const { api } = await loadHostile({ allowedImports: { 'test:hostile/host': true } })
    expect(api.flood(3)).toBe(3)
    const policy = { allowedImports: { 'test:hostile/host': true, 'test:hostile/host#ping': false } }
    const error = await killed(policy, (denied) => denied.flood(1))
    expect(error).toMatchObject({
      code: 40,
      codeName: 'PermissionDenied',
      function: 'test:hostile/host#ping',
      message:
        'wasm module hostile error [40 PermissionDenied]: ' +
        'the policy does not allow the guest to call test:hostile/host#ping',
    })
    expect(await killed({ allowedImports: {} }, (denied) => denied.flood(1))).toMatchObject({ code: 40 })
  })

  test.each([
    ['test:hostile/hosts', ": allowedImports['test:hostile/hosts'] is for nothing that it imports"],
    ['test:hostile/host#pings', ": allowedImports['test:hostile/host#pings'] is for nothing that it imports"],
    [
      'test:hostile/host@1.0.0',
      ": it imports test:hostile/host, and allowedImports['test:hostile/host@1.0.0'] is for that version alone",
    ],
    ['test:other/thing', ''],
  ])('a denial says what was probably meant: %s', async (key, hint) => {
    const error = await killed({ allowedImports: { [key]: true } }, (denied) => denied.flood(1))
    expect(error).toMatchObject({
      codeName: 'PermissionDenied',
      message: `wasm module hostile error [40 PermissionDenied]: the policy does not allow the guest to call test:hostile/host#ping${hint}`,
    })
  })

  test('a guest that catches the denial is ended all the same', async () => {
    const { api, host } = await loadHostile({ allowedImports: {}, fuel: 1e6 })
    expect(thrownBy(() => api.spinAndCatch())).toMatchObject({ codeName: 'PermissionDenied' })
    expect(host.pings).toBe(0)
  })
})
