import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PluginManager } from 'witgen/host'
import {
  isWasmError,
  liveReport,
  MetricsCollector,
  policyReport,
  removeHooks,
  WasmError,
  withMetrics,
} from 'witgen/runtime'
import { Pipeline } from '../../../generated/pipeline.ts'
import { rejectionOf, thrownBy } from '../../e2e/guests.ts'
import { imports, pipelineImports, rustPipeline, rustToolbox, worlds, wrongPipeline } from './guests.ts'

let plugins: PluginManager<typeof worlds>
beforeEach(() => {
  plugins = new PluginManager({ worlds, imports })
})
afterEach(async () => {
  await plugins.dispose()
  expect(liveReport()).toMatchObject({ instances: [], handles: 0, resources: 0, memories: 0 })
})

/** A call of `p` that the compiler has not seen. */
const callAny = (path: unknown): unknown => Reflect.apply(plugins.call, plugins, ['p', path])
const message = (error: unknown): string => (error instanceof WasmError ? error.message : String(error))

describe('load', () => {
  test('finds the world, and serves under the name', async () => {
    const shout = await plugins.load('shout', rustPipeline, { world: 'pipeline' })
    await plugins.load('tools', rustToolbox)
    expect(shout.analysis.shout('straße')).toBe('STRASSE')
    expect(plugins.call('shout', 'analysis.shout', 'a')).toBe('A')
    expect(plugins.call('tools', 'compute.add', 1, 2)).toBe(3)
    expect(plugins.call('tools', 'compute.lookUpAll', ['k'])).toEqual(['tools 1 k'])
    expect(plugins.get('tools', 'toolbox').compute.reverseText('abc')).toBe('cba')
    expect(plugins.list()).toEqual([
      { name: 'shout', version: 1, world: 'pipeline', state: 'ready', calls: 2, users: 0 },
      { name: 'tools', version: 1, world: 'toolbox', state: 'ready', calls: 3, users: 0 },
    ])
    expect([plugins.has('shout'), plugins.has('other')]).toEqual([true, false])
  })

  test('takes bytes, responses and what has been compiled', async () => {
    const bytes = readFileSync(rustPipeline)
    await plugins.load('bytes', bytes)
    await plugins.load('response', new Response(bytes))
    await plugins.load('compiled', await Pipeline.compile(rustPipeline))
    for (const name of ['bytes', 'response', 'compiled']) expect(plugins.call(name, 'analysis.shout', 'a')).toBe('A')
  })

  test('a guest that fits none of the worlds is refused, with what each of them lacks', async () => {
    const error = await rejectionOf(() => plugins.load('wrong', wrongPipeline))
    expect(isWasmError(error, 'WorldMismatch')).toBe(true)
    const text = message(error)
    expect(text).toMatch(
      /^wasm module wrong error \[7 WorldMismatch\]: the guest fits none of the worlds:\n {2}pipeline: the/,
    )
    expect(text).toMatch(/\n {2}toolbox: the guest does not fit the world test:toolbox\/toolbox@1\.0\.0:\n/)
    expect(plugins.has('wrong')).toBe(false)
  })

  test('a guest that fits several is refused until the world is given', async () => {
    const twins = new PluginManager({
      worlds: { a: Pipeline, b: Pipeline },
      imports: { a: pipelineImports, b: pipelineImports },
    })
    expect(message(await rejectionOf(() => twins.load('x', rustPipeline)))).toBe(
      'wasm module x error [7 WorldMismatch]: the guest fits several worlds (a, b): say which, as in ' +
        "load(name, source, { world: 'a' })",
    )
    await twins.load('x', rustPipeline, { world: 'b' })
    expect(twins.list()).toMatchObject([{ name: 'x', world: 'b' }])
    await twins.dispose()
  })

  test('a core module with canonical names is found, too', async () => {
    const error = await rejectionOf(() => plugins.load('core', Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)))
    expect(isWasmError(error, 'WorldMismatch')).toBe(true)
    expect(message(error)).toMatch(
      /pipeline: expected a component, or a core module of the world demo:pipeline\/pipeline/,
    )
  })

  test('errors carry the name of the plugin', async () => {
    const garbage = await rejectionOf(() => plugins.load('bad', Uint8Array.of(1, 2, 3)))
    expect(garbage).toMatchObject({ codeName: 'InvalidModule', module: 'bad' })
    const absent = await rejectionOf(() => plugins.load('bad', 'absent.wasm'))
    expect(absent).toMatchObject({ codeName: 'InvalidModule', module: 'bad' })
    expect(message(absent)).toBe('wasm module bad error [5 InvalidModule]: cannot read absent.wasm: no such file')
    const bare = new PluginManager({ worlds: { pipeline: Pipeline } })
    expect(await rejectionOf(() => bare.load('bad', rustPipeline))).toMatchObject({
      codeName: 'LinkError',
      module: 'bad',
    })
    await plugins.load('good', rustPipeline)
    expect(thrownBy(() => plugins.call('good', 'analysis.crash', 'unreachable'))).toMatchObject({ module: 'good' })
    // After a failure the name is free.
    await plugins.load('bad', rustPipeline)
  })

  test('hooks and logger see every guest under its name', async () => {
    const hooks = new MetricsCollector()
    const measured = new PluginManager({ worlds, imports, hooks })
    await measured.load('a', rustPipeline)
    await measured.load('b', rustPipeline)
    measured.call('a', 'analysis.shout', 'x')
    measured.call('b', 'analysis.shout', 'x')
    measured.get('b', 'pipeline').analysis.shout('x')
    const counts = hooks.snapshot().map(({ module, function: name, count }) => [module, name, count])
    expect(counts).toEqual([
      ['a', 'shout', 1],
      ['b', 'shout', 2],
    ])
    await measured.dispose()
  })

  test('nothing of a guest runs that fits no world, or several', async () => {
    const log: string[] = []
    const given = { 'demo:pipeline/log': { log: (_: string, text: string) => log.push(text) } } as never
    const twins = new PluginManager({ worlds: { a: Pipeline, b: Pipeline }, imports: { a: given, b: given } })
    await rejectionOf(() => twins.load('x', rustPipeline))
    expect([log, liveReport().instances]).toEqual([[], []])
  })
})

describe('policy', () => {
  const policy = { fuel: 10_000_000, allowedImports: { 'demo:pipeline/log': false, 'test:toolbox/host': true } }

  test('every guest is held to it, found or given, loaded or swapped', async () => {
    const strict = new PluginManager({ worlds, imports, policy })
    const found = await strict.load('found', rustPipeline)
    await strict.load('given', rustPipeline, { world: 'pipeline' })
    await strict.swap('given', rustPipeline)
    for (const name of ['found', 'given']) {
      expect(strict.call(name, 'analysis.shout', 'a')).toBe('A')
      expect(policyReport(strict.get(name)).fuelUsed).toBeGreaterThan(0)
      expect(thrownBy(() => strict.call(name, 'analysis.callBack', 1))).toMatchObject({
        codeName: 'PermissionDenied',
        module: name,
      })
    }
    expect(policyReport(found).events).toMatchObject([
      { kind: 'denial', module: 'found' },
      { kind: 'kill', module: 'found' },
    ])
    await strict.dispose()
  })

  test('one of its own wins over that of the manager', async () => {
    const strict = new PluginManager({ worlds, imports, policy })
    await strict.load('poor', rustPipeline, { policy: { fuel: 1 } })
    await strict.load('rich', rustPipeline, { policy: { fuel: 10_000_000 } })
    expect(strict.call('rich', 'analysis.callBack', 2)).toBeTypeOf('number')
    expect(thrownBy(() => strict.call('poor', 'analysis.shout', 'a'))).toMatchObject({ codeName: 'FuelExhausted' })
    await strict.dispose()
  })

  test('what has been compiled without one is held to it, too', async () => {
    const strict = new PluginManager({ worlds, imports, policy })
    const compiled = await Pipeline.compile(rustPipeline)
    for (const source of [compiled, await Pipeline.compile(rustPipeline, { policy })]) {
      await strict.load('held', source)
      expect(thrownBy(() => strict.call('held', 'analysis.crash', 'loop'))).toMatchObject({
        codeName: 'FuelExhausted',
        module: 'held',
      })
      await strict.unload('held')
    }
    await strict.dispose()
  })
})

describe('what takes an instance takes a plugin', () => {
  test('hooks are those of the guest that serves', async () => {
    const shout = await plugins.load('shout', rustPipeline, { world: 'pipeline' })
    const metrics = withMetrics(shout)
    shout.analysis.shout('a')
    expect(metrics.snapshot()).toMatchObject([{ module: 'shout', function: 'shout', count: 1 }])
    removeHooks(shout, metrics)
    shout.analysis.shout('a')
    expect(metrics.snapshot()).toMatchObject([{ count: 1 }])
    await plugins.unload('shout')
    expect(thrownBy(() => withMetrics(shout))).toMatchObject({ codeName: 'ModuleNotLoaded' })
  })
})

describe('names', () => {
  test('50 loads of one name at once: one wins, the others are refused, no instance is left', async () => {
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => plugins.load('one', rustPipeline)))
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    expect(refused).toHaveLength(49)
    expect(refused.every((error) => isWasmError(error, 'ModuleAlreadyLoaded'))).toBe(true)
    expect(liveReport().instances.map(({ name }) => name)).toEqual(['one'])
    expect(plugins.call('one', 'analysis.shout', 'a')).toBe('A')
    expect(message(await rejectionOf(() => plugins.load('one', rustPipeline)))).toBe(
      'wasm module one error [4 ModuleAlreadyLoaded]: the name is taken: a plugin of the world pipeline, version 1; ' +
        'swap() replaces a plugin, unload() takes it out',
    )
  })

  test('when the one that won fails, the name is free again', async () => {
    const bad = plugins.load('one', wrongPipeline)
    const other = plugins.load('one', rustPipeline)
    expect(await rejectionOf(() => other)).toMatchObject({ codeName: 'ModuleAlreadyLoaded' })
    expect(await rejectionOf(() => bad)).toMatchObject({ codeName: 'WorldMismatch' })
    await plugins.load('one', rustPipeline)
  })

  test('an unknown name says which there are, and which was probably meant', async () => {
    await plugins.load('analysis', rustPipeline)
    await plugins.load('tools', rustToolbox)
    expect(message(thrownBy(() => plugins.call('analysys', 'analysis.shout', 'a')))).toBe(
      'wasm module analysys error [3 ModuleNotLoaded]: no plugin is loaded under this name; loaded: analysis, tools; ' +
        "did you mean 'analysis'?",
    )
    for (const call of [() => plugins.get('x'), () => void plugins.call('x', 'analysis.shout', 'a')])
      expect(thrownBy(call)).toMatchObject({ codeName: 'ModuleNotLoaded' })
    for (const call of [
      () => plugins.swap('x', rustPipeline),
      () => plugins.unload('x'),
      () => plugins.use('x', () => 1),
    ])
      expect(await rejectionOf(call)).toMatchObject({ codeName: 'ModuleNotLoaded' })
  })

  test('a plugin that is still being loaded is told from one that is not there', async () => {
    const loading = plugins.load('slow', rustPipeline)
    expect(message(thrownBy(() => plugins.get('slow')))).toMatch(/still being loaded/)
    await loading
    expect(plugins.has('slow')).toBe(true)
  })

  test('an empty name is refused', async () => {
    expect(await rejectionOf(() => plugins.load('', rustPipeline))).toMatchObject({ codeName: 'InvalidParam' })
  })
})

describe('call', () => {
  test('only what the world has can be called', async () => {
    await plugins.load('p', rustPipeline)
    expect(message(thrownBy(() => callAny('analysis.shuot')))).toMatch(
      /^wasm module p error \[1 InvalidParam\]: the world pipeline has no function 'analysis\.shuot'; it has: analysis\.\w+, .*; did you mean 'analysis\.shout'\?$/,
    )
    const odd = [
      'constructor',
      'dispose',
      'analysis.constructor',
      'analysis.toString',
      '__proto__.toString',
      'analysis',
      '',
    ]
    for (const path of [...odd, undefined, 'toolbox.add', 'compute.add'])
      expect(thrownBy(() => callAny(path))).toMatchObject({ codeName: 'InvalidParam' })
  })

  test("a world's plugin asked for as one of another is refused", async () => {
    await plugins.load('p', rustPipeline)
    expect(message(thrownBy(() => plugins.get('p', 'toolbox')))).toBe(
      'wasm module p error [7 WorldMismatch]: the plugin is of the world pipeline, not toolbox',
    )
  })

  test('what a function throws comes through', async () => {
    await plugins.load('p', rustPipeline)
    expect(thrownBy(() => plugins.call('p', 'analysis.preprocess', []))).toMatchObject({ codeName: 'GuestError' })
    expect(thrownBy(() => plugins.call('p', 'analysis.shout', 1 as never))).toMatchObject({ codeName: 'InvalidParam' })
    expect(plugins.list()).toMatchObject([{ calls: 2, users: 0 }])
  })
})
