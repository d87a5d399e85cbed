import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PluginManager } from 'witgen/host'
import { isWasmError, liveReport } from 'witgen/runtime'
import { rejectionOf, thrownBy } from '../../e2e/guests.ts'
import type { ToolboxImports } from '../../guests/generated/toolbox.ts'
import { HostSink } from '../../guests/toolbox-host.ts'
import { cToolbox, imports, Lines, rustPipeline, rustToolbox, tellingImports, worlds } from './guests.ts'

let plugins: PluginManager<typeof worlds>
let logger: Lines
beforeEach(async () => {
  logger = new Lines()
  plugins = new PluginManager({ worlds, imports, logger })
  await plugins.load('tools', rustToolbox)
})
afterEach(async () => {
  await plugins.dispose({ drainMs: 0 })
  expect(plugins.list()).toEqual([])
  expect(liveReport()).toMatchObject({ instances: [], handles: 0, resources: 0, memories: 0 })
})

const version = (): string => plugins.call('tools', 'compute.lookUpAll', ['k']).join()

describe('swap', () => {
  test('from Rust to C, while the object that users hold stays the same', async () => {
    const tools = plugins.get('tools', 'toolbox')
    const { compute, counters } = tools
    expect(compute.lookUpAll(['k'])).toEqual(['tools 1 k'])
    expect(await plugins.swap('tools', cToolbox)).toEqual({ drained: true })
    expect(plugins.get('tools')).toBe(tools)
    expect(compute.lookUpAll(['k'])).toEqual(['tools 2 k'])
    const counter = new counters.Counter(5n)
    expect(counter.increment(2n)).toBe(7n)
    counter[Symbol.dispose]()
    expect(plugins.list()).toMatchObject([{ version: 2, state: 'ready' }])
    expect(liveReport().instances).toHaveLength(1)
    // Those of the instances are `debug`.
    expect(logger.lines.map(({ text }) => text).filter((text) => !text.startsWith('debug'))).toEqual([
      'info: a plugin has been loaded',
      'info: a plugin has been swapped',
    ])
    const plugin = { module: 'tools', plugin: 'tools', world: 'toolbox' }
    const [loaded, swapped] = logger.lines.map(({ fields }) => fields as Record<string, unknown>)
    expect([loaded, swapped]).toEqual([
      { ...plugin, event: 'load', instance: loaded?.['instance'], version: 1 },
      { ...plugin, event: 'swap', instance: swapped?.['instance'], version: 2 },
    ])
    expect(swapped?.['instance']).toBeGreaterThan(Number(loaded?.['instance']))
  })

  test('calls go to the old guest until the new one has passed its probe', async () => {
    const seen: string[] = []
    const swapped = plugins.swap('tools', cToolbox, {
      world: 'toolbox',
      probe: async ({ compute }) => {
        seen.push(`new: ${compute.lookUpAll(['k'])}`, `old: ${version()}`)
        await setTimeout(5)
        seen.push(`old: ${version()}`)
      },
    })
    await swapped
    seen.push(version())
    expect(seen).toEqual(['new: tools 2 k', 'old: tools 1 k', 'old: tools 1 k', 'tools 2 k'])
  })

  const failures = {
    'said no': () => false,
    'failed: no good': () => {
      throw new Error('no good')
    },
    'failed: no later': () => Promise.reject(new Error('no later')),
    'took longer than 30 ms': () => new Promise(() => {}),
  }
  test.each(Object.entries(failures))('a probe that %s: the old guest goes on', async (how, probe) => {
    const error = await rejectionOf(() => plugins.swap('tools', cToolbox, { probe, probeMs: 30 }))
    expect(isWasmError(error, 'Cancelled')).toBe(true)
    expect((error as Error).message).toBe(
      `wasm module tools error [51 Cancelled]: the new guest does not serve: its health probe ${how}`,
    )
    expect(version()).toBe('tools 1 k')
    expect(liveReport().instances).toHaveLength(1)
    expect(logger.lines.at(-1)).toMatchObject({
      text: 'warn: a plugin has not been swapped: the guest that served goes on',
      fields: { module: 'tools', event: 'swap', version: 1, err: error },
    })
    // The number of a guest that never served is not used again.
    await plugins.swap('tools', cToolbox)
    expect(version()).toBe('tools 3 k')
  })

  test('a new guest that traps in its probe', async () => {
    const broken = tellingImports({ name: 'tools', version: 2 })
    const twice = (): never => {
      throw new Error('broken host')
    }
    const given = { ...broken, 'test:toolbox/host': { ...broken['test:toolbox/host'], twice } }
    const error = await rejectionOf(() =>
      plugins.swap('tools', cToolbox, { world: 'toolbox', probe: ({ compute }) => compute.chorus(1), imports: given }),
    )
    expect(error).toMatchObject({ codeName: 'Cancelled', cause: { codeName: 'HostError', module: 'tools' } })
    expect(version()).toBe('tools 1 k')
    expect(liveReport().instances).toHaveLength(1)
  })

  test('a guest of another world, or none at all: the old guest goes on', async () => {
    expect(await rejectionOf(() => plugins.swap('tools', rustPipeline))).toMatchObject({ codeName: 'WorldMismatch' })
    expect(await rejectionOf(() => plugins.swap('tools', cToolbox, { world: 'pipeline' }))).toMatchObject({
      codeName: 'WorldMismatch',
    })
    expect(await rejectionOf(() => plugins.swap('tools', 'absent.wasm'))).toMatchObject({ codeName: 'InvalidModule' })
    expect(version()).toBe('tools 1 k')
  })

  test('a plugin that has trapped is replaced', async () => {
    const counter = new (plugins.get('tools', 'toolbox').counters.Counter)(1n)
    await plugins.load('p', rustPipeline)
    expect(thrownBy(() => plugins.call('p', 'analysis.crash', 'unreachable'))).toMatchObject({
      codeName: 'Unreachable',
    })
    expect(thrownBy(() => plugins.call('p', 'analysis.shout', 'a'))).toMatchObject({ codeName: 'InstancePoisoned' })
    expect(await plugins.swap('p', rustPipeline)).toEqual({ drained: true })
    expect(plugins.call('p', 'analysis.shout', 'a')).toBe('A')
    counter[Symbol.dispose]()
  })

  test('several swaps at once happen one after the other', async () => {
    await Promise.all([cToolbox, rustToolbox, cToolbox].map((source) => plugins.swap('tools', source)))
    expect(version()).toBe('tools 4 k')
    expect(liveReport().instances).toHaveLength(1)
  })

  test('a swap that is asked for while the plugin is loaded comes after', async () => {
    const loading = plugins.load('later', rustToolbox)
    const swapping = plugins.swap('later', cToolbox)
    await Promise.all([loading, swapping])
    expect(plugins.call('later', 'compute.lookUpAll', ['k'])).toEqual(['later 2 k'])
    const failing = plugins.load('never', rustPipeline, { world: 'toolbox' })
    const after = plugins.swap('never', cToolbox)
    expect(await rejectionOf(() => failing)).toMatchObject({ codeName: 'WorldMismatch' })
    expect(await rejectionOf(() => after)).toMatchObject({ codeName: 'ModuleNotLoaded' })
  })
})

describe('those who use the old guest', () => {
  test('keep it until `use` ends', async () => {
    let done = (): void => {}
    const seen: string[] = []
    const using = plugins.use(
      'tools',
      async ({ compute }, { version }) => {
        await new Promise<void>((resolve) => (done = resolve))
        seen.push(`${version}: ${compute.lookUpAll(['k'])}`)
      },
      'toolbox',
    )
    let isOver = false
    const swapping = plugins.swap('tools', cToolbox).then(({ drained }) => (isOver = drained))
    while (plugins.list().length < 2) await setTimeout(1)
    await setTimeout(30)
    expect(isOver).toBe(false)
    expect(plugins.list()).toMatchObject([
      { name: 'tools', version: 1, state: 'draining', users: 1 },
      { name: 'tools', version: 2, state: 'ready', users: 0 },
    ])
    expect(version()).toBe('tools 2 k')
    done()
    await using
    expect(await swapping).toBe(true)
    expect(seen).toEqual(['1: tools 1 k'])
  })

  test('keep it while they have objects of its resources', async () => {
    const { Counter } = plugins.get('tools', 'toolbox').counters
    const counter = new Counter(1n)
    const swapping = plugins.swap('tools', cToolbox)
    while (version() !== 'tools 2 k') await setTimeout(1)
    expect(counter.increment(1n)).toBe(2n)
    counter[Symbol.dispose]()
    expect(await swapping).toEqual({ drained: true })
  })

  test('lose it when the time is up', async () => {
    const counter = new (plugins.get('tools', 'toolbox').counters.Counter)(1n)
    expect(await plugins.swap('tools', cToolbox, { drainMs: 20 })).toEqual({ drained: false })
    expect(thrownBy(() => counter.value())).toMatchObject({ codeName: 'Disposed' })
    expect(logger.lines).toContainEqual({
      text: 'warn: a guest is disposed of while it is used: 20 ms have passed',
      fields: expect.objectContaining({ module: 'tools', event: 'drain', version: 1 }) as object,
    })
    expect(version()).toBe('tools 2 k')
  })

  test('an import that asks for the end of the guest that calls it', async () => {
    const asked: Promise<unknown>[] = []
    const given = tellingImports({ name: 'own', version: 1 })
    const twice = (n: number): number => {
      if (asked.length === 0) asked.push(plugins.unload('own'))
      return n * 2
    }
    const own = { ...given, 'test:toolbox/host': { ...given['test:toolbox/host'], twice } } satisfies ToolboxImports
    await plugins.load('own', rustToolbox, { imports: own })
    // The call is not torn off: it returns what it would have.
    expect(plugins.call('own', 'compute.chorus', 3)).toBe(12)
    expect(await Promise.all(asked)).toEqual([{ drained: true }])
    expect(plugins.has('own')).toBe(false)
  })

  test('an import that asks for a swap of the guest that calls it', async () => {
    const asked: Promise<unknown>[] = []
    const given = tellingImports({ name: 'own', version: 1 })
    const twice = (n: number): number => {
      if (asked.length === 0) asked.push(plugins.swap('own', cToolbox))
      return n * 2
    }
    const own = { ...given, 'test:toolbox/host': { ...given['test:toolbox/host'], twice } } satisfies ToolboxImports
    await plugins.load('own', rustToolbox, { imports: own })
    expect(plugins.call('own', 'compute.chorus', 3)).toBe(12)
    await Promise.all(asked)
    expect(plugins.call('own', 'compute.chorus', 3)).toBe(12)
    expect(plugins.list()).toMatchObject([{ name: 'own', version: 2 }, { name: 'tools' }])
  })
})

describe('unload', () => {
  test('is told by the guest that ends, with its number', async () => {
    const [loaded] = logger.lines
    await plugins.unload('tools')
    expect(logger.lines.at(-1)).toEqual({
      text: 'info: a plugin has been unloaded',
      fields: { ...loaded?.fields, event: 'unload' },
    })
  })

  test('a logger that throws does not change what happens', async () => {
    const info = (): never => {
      throw new Error('disk full')
    }
    const broken = new PluginManager({ worlds, imports, logger: Object.assign(new Lines(), { info }) })
    await broken.load('tools', rustToolbox)
    await broken.swap('tools', cToolbox)
    expect(await broken.unload('tools')).toEqual({ drained: true })
    await broken.dispose()
  })

  test('refuses calls at once, and frees the name', async () => {
    const tools = plugins.get('tools', 'toolbox')
    const counter = new tools.counters.Counter(1n)
    const unloading = plugins.unload('tools', { drainMs: 5000 })
    while (plugins.has('tools')) await setTimeout(1)
    expect(thrownBy(() => tools.compute.add(1, 2))).toMatchObject({ codeName: 'ModuleNotLoaded' })
    expect(thrownBy(version)).toMatchObject({ codeName: 'ModuleNotLoaded' })
    await plugins.load('tools', cToolbox)
    expect(version()).toBe('tools 1 k')
    expect(counter.value()).toBe(1n)
    counter[Symbol.dispose]()
    expect(await unloading).toEqual({ drained: true })
    // The old object does not come back to life.
    expect(thrownBy(() => tools.compute.add(1, 2))).toMatchObject({ codeName: 'ModuleNotLoaded' })
  })

  test('twice at once: the second finds nothing', async () => {
    const [first, second] = await Promise.allSettled([plugins.unload('tools'), plugins.unload('tools')])
    expect(first).toMatchObject({ status: 'fulfilled', value: { drained: true } })
    expect(second).toMatchObject({ status: 'rejected', reason: { codeName: 'ModuleNotLoaded' } })
  })

  test('objects of the host that the guest was lent are the host’s again', async () => {
    const sink = new HostSink()
    const counter = new (plugins.get('tools', 'toolbox').counters.Counter)(12n)
    expect(counter.report(sink, 2)).toBe(4n)
    counter[Symbol.dispose]()
    await plugins.unload('tools')
    expect([sink.texts, sink.drops]).toEqual([['12', '12'], 0])
  })
})

describe('dispose', () => {
  test('ends everything, also what is being loaded, and refuses more', async () => {
    const loading = plugins.load('late', rustPipeline)
    const outcome = rejectionOf(() => loading)
    await plugins[Symbol.asyncDispose]()
    expect(await outcome).toMatchObject({ codeName: 'Disposed' })
    expect([plugins.list(), liveReport().instances]).toEqual([[], []])
    expect(await rejectionOf(() => plugins.load('more', rustPipeline))).toMatchObject({ codeName: 'Disposed' })
    expect(thrownBy(version)).toMatchObject({ codeName: 'ModuleNotLoaded' })
    await plugins.dispose()
  })
})
