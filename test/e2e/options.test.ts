// Options that are none are refused before the guest is read: a misspelt limit or grant must not go without notice.
import { describe, expect, test } from 'vitest'
import { addHooks, compile, instantiate, MetricsCollector, sandbox } from 'witgen/runtime'
import { PluginManager } from 'witgen/host'
import { otelSpans } from 'witgen/otel'
import { prometheusText } from 'witgen/prometheus'
import { Pipeline } from '../../generated/pipeline.ts'
import { rejectionOf, rustGuest, thrownBy } from './guests.ts'

const imports = { 'demo:pipeline/log': { log: (): void => {} } }
const expected = 'options: expected some of imports, name, hooks, logger, wasi, policy, got'

describe.each<[given: unknown, text: string]>([
  [{ imports, wasii: {} }, `${expected} wasii; did you mean wasi?`],
  [{ imports, polcy: { fuel: 1 } }, `${expected} polcy; did you mean policy?`],
  [{ import: imports }, `${expected} import; did you mean imports?`],
  [{ imports, verbose: true }, `${expected} verbose`],
  [imports, `${expected} demo:pipeline/log; what the host implements goes under imports`],
  [null, 'options: expected an object, got null'],
  ['x', 'options: expected an object, got "x"'],
  [{ imports, hooks: null }, 'hooks: expected an object, got null'],
  [{ imports, hooks: 'x' }, 'hooks: expected an object, got "x"'],
  // The guest imports nothing of WASI.
  [
    { imports, wasi: { preopen: {} } },
    'wasi: expected some of args, env, preopens, stdin, stdout, stderr, clocks, random, net, got preopen; did you mean preopens?',
  ],
  [{ imports, wasi: null }, 'wasi: expected an object, got null'],
  [{ imports, wasi: { env: { A: 1 } } }, "wasi.env['A']: expected a string without NUL, got number"],
  [{ imports, wasi: { preopens: { '/a': 1 } } }, "wasi.preopens['/a']: expected a path, or { path, write? }, got 1"],
  [{ imports, wasi: { net: ['*'] } }, 'wasi.net: expected a host with or without a port, got "*"'],
  [{ imports, logger: 'x' }, 'logger: expected an object with trace, debug, info, warn, error and fatal, got "x"'],
  [{ imports, name: 5 }, 'name: expected a text, got 5'],
])('%o', (given, text) => {
  const options = given as never
  const error = { codeName: 'InvalidParam', message: expect.stringContaining(`error [1 InvalidParam]: ${text}`) }

  test('load', async () => {
    expect(await rejectionOf(() => Pipeline.load('no such file', options))).toMatchObject(error)
  })
  test('compile', async () => {
    expect(await rejectionOf(() => Pipeline.compile('no such file', options))).toMatchObject(error)
    expect(await rejectionOf(() => compile('no such file', options))).toMatchObject(error)
  })
  test('instantiate', async () => {
    const compiled = await Pipeline.compile(rustGuest)
    expect(thrownBy(() => Pipeline.instantiate(compiled, options))).toMatchObject(error)
    expect(thrownBy(() => instantiate(compiled, options))).toMatchObject(error)
  })
})

test('in a sandbox', async () => {
  expect(await rejectionOf(() => sandbox(Pipeline, rustGuest, {}, { imports, loger: {} } as never))).toMatchObject({
    message: expect.stringContaining('did you mean logger?'),
  })
})

test('of plugins, those that only they have are none of the guest', async () => {
  const manager = new PluginManager({ worlds: { pipeline: Pipeline }, imports: { pipeline: imports } })
  await manager.load('p', rustGuest)
  await manager.swap('p', rustGuest, { drainMs: 1 })
  await manager.unload('p')
})

const worlds = { pipeline: Pipeline }

test.each<[given: unknown, text: string]>([
  [undefined, 'options: expected an object, got undefined'],
  [{ worlds, polcy: {} }, 'options: expected some of worlds, imports, hooks, logger, wasi, policy, got polcy; did you mean policy?'], // prettier-ignore
  [{ world: worlds }, 'options: expected some of worlds, imports, hooks, logger, wasi, policy, got world; did you mean worlds?'], // prettier-ignore
  [{}, 'worlds: expected an object, got undefined'],
  [
    { worlds, imports: { pipelin: imports } },
    'imports: expected some of pipeline, got pipelin; did you mean pipeline?',
  ],
  [{ worlds, hooks: null }, 'hooks: expected an object, got null'],
  [{ worlds: { pipeline: 5 } }, 'worlds.pipeline: expected a generated world class, got 5'],
  [{ worlds, imports: { pipeline: 5 } }, 'imports.pipeline: expected an object, or a function that gives one, got 5'],
  [{ worlds, wasi: { args: 5 } }, 'wasi.args: expected an array of strings, got 5'],
])('of a plugin manager: %o', (given, text) => {
  expect(thrownBy(() => new PluginManager(given as never))).toMatchObject({
    message: `wasm module plugins error [1 InvalidParam]: ${text}`,
  })
})

test('of its functions, with values that are none', async () => {
  const manager = new PluginManager({ worlds, imports: { pipeline: imports } })
  const refused = async (option: string, act: () => Promise<unknown>): Promise<void> => {
    expect(await rejectionOf(act)).toMatchObject({
      codeName: 'InvalidParam',
      message: expect.stringContaining(`error [1 InvalidParam]: ${option}: expected `),
    })
  }
  await refused('probe', () => manager.load('p', rustGuest, { probe: true as never }))
  await refused('imports', () => manager.load('p', rustGuest, { imports: 5 as never }))
  await refused('logger', () => manager.load('p', rustGuest, { logger: {} as never }))
  await manager.load('p', rustGuest)
  for (const ms of ['50', Number.NaN, -1, null, Object.create(null)]) {
    await refused('probeMs', () => manager.swap('p', rustGuest, { probe: () => true, probeMs: ms as never }))
    await refused('drainMs', () => manager.swap('p', rustGuest, { drainMs: ms as never }))
    await refused('drainMs', () => manager.unload('p', { drainMs: ms as never }))
    await refused('drainMs', () => manager.dispose({ drainMs: ms as never }))
  }
  const probe = async (): Promise<void> => void (await new Promise((resolve) => setTimeout(resolve, 20)))
  for (const probeMs of [3e9, Number.POSITIVE_INFINITY]) await manager.swap('p', rustGuest, { probe, probeMs })
  await manager.dispose({ drainMs: Number.POSITIVE_INFINITY })
})

test('of its functions, with the keys that are theirs', async () => {
  const manager = new PluginManager({ worlds, imports: { pipeline: imports } })
  const refused = async (given: string, keys: string, act: () => unknown): Promise<void> => {
    const text = `options: expected some of ${keys}, got ${given}`
    expect(await rejectionOf(async () => act())).toMatchObject({ message: expect.stringContaining(text) })
  }
  const shared = 'world, imports, probe, probeMs, hooks, logger, wasi, policy'
  await refused('wasii; did you mean wasi?', shared, () => manager.load('p', rustGuest, { wasii: {} } as never))
  await refused('name', shared, () => manager.load('p', rustGuest, { name: 'q' } as never))
  await manager.load('p', rustGuest)
  await refused('drainMS; did you mean drainMs?', `${shared}, drainMs`, () =>
    manager.swap('p', rustGuest, { drainMS: 1 } as never),
  )
  await refused('drain', 'drainMs', () => manager.unload('p', { drain: 1 } as never))
  await refused('drain', 'drainMs', () => manager.dispose({ drain: 1 } as never))
  expect(manager.has('p')).toBe(true)
  await manager.dispose()
})

test('of what counts, traces and writes', () => {
  expect(() => new MetricsCollector({ duration: false } as never)).toThrow(
    new TypeError('MetricsCollector: expected some of durations, got duration; did you mean durations?'),
  )
  expect(() => new MetricsCollector().snapshot({ bounds: [] } as never)).toThrow(
    new TypeError('snapshot: expected some of boundsNs, got bounds'),
  )
  expect(() => otelSpans({ import: true } as never)).toThrow(
    new TypeError('otelSpans: expected some of tracer, imports, got import; did you mean imports?'),
  )
  expect(() => prometheusText(new MetricsCollector(), { label: {} } as never)).toThrow(
    new TypeError('prometheusText: expected some of prefix, labels, pools, got label; did you mean labels?'),
  )
})

test('hooks that are none cannot be added', async () => {
  const pipeline = await Pipeline.load(rustGuest, { imports })
  for (const hooks of [null, undefined, 'x']) {
    expect(thrownBy(() => addHooks(pipeline, hooks as never))).toMatchObject({ codeName: 'InvalidParam' })
  }
  pipeline.dispose()
})

test('what somebody has put onto Object.prototype is no option', async () => {
  const compiled = await Pipeline.compile(rustGuest)
  const prototype: object = Object.prototype
  Reflect.defineProperty(prototype, 'wasii', { value: {}, enumerable: true, configurable: true })
  try {
    Pipeline.instantiate(compiled, { imports }).dispose()
  } finally {
    Reflect.deleteProperty(prototype, 'wasii')
  }
})
