import { beforeAll, describe, expect, test, vi } from 'vitest'
import { addHooks, removeHooks, withMetrics } from '../../src/runtime/add-hooks.ts'
import { compile } from '../../src/runtime/compile.ts'
import type { CompiledComponent } from '../../src/runtime/compiled-component.ts'
import type { CallHooks, CallSite } from '../../src/runtime/hooks.ts'
import { instantiateWorld, type InstanceOptions } from '../../src/runtime/instance.ts'
import type { Logger } from '../../src/runtime/logger.ts'
import { MetricsCollector } from '../../src/runtime/metrics.ts'
import { Demo, world } from './demo-world.ts'
import { demoGuest } from './guests.ts'

let compiled: CompiledComponent
beforeAll(async () => {
  compiled = await compile(demoGuest())
})

const imports = {
  'demo:algo/log': {
    log: (_priority: string, message: string) => void (message === 'bad' && refuse()),
    threshold: () => 'quiet',
  },
  tick: () => 1,
}
function refuse(): never {
  throw new Error('refused')
}

function load(options: InstanceOptions = {}): Demo {
  return new Demo(instantiateWorld(world, compiled, { imports, ...options }))
}

/** Hooks that write down what they are told. */
class Recorder implements CallHooks {
  readonly events: unknown[][] = []
  readonly sites: Set<CallSite> = new Set()
  onCall(site: CallSite): void {
    this.sites.add(site)
    this.events.push(['call', site.function])
  }
  onReturn(site: CallSite, durationNs: number, bytesIn: number, bytesOut: number): void {
    this.sites.add(site)
    expect(durationNs).toBeGreaterThanOrEqual(0)
    this.events.push(['return', site.function, bytesIn, bytesOut])
  }
  onError(site: CallSite, error: unknown, durationNs: number): void {
    this.sites.add(site)
    expect(durationNs).toBeGreaterThan(0)
    this.events.push(['error', site.function, (error as Error).message])
  }
}

describe('hooks', () => {
  test('given at load: calls, imports in them, bytes in both directions, start functions', () => {
    const hooks = new Recorder()
    const demo = load({ hooks, name: 'mine' })
    expect(hooks.events.splice(0)).toEqual([
      ['call', 'tick'],
      ['return', 'tick', 0, 0],
    ])
    expect(demo.analysis.shout('héllo')).toBe('quiet')
    expect(hooks.events.splice(0)).toEqual([
      ['call', 'shout'],
      ['call', 'log'],
      ['return', 'log', 0, 6],
      ['call', 'threshold'],
      ['return', 'threshold', 5, 0],
      ['return', 'shout', 11, 11],
    ])
    demo.started()
    demo.analysis.shout('')
    expect([...hooks.sites]).toEqual([
      { module: 'mine', interface: '$root', function: 'tick', direction: 'import' },
      { module: 'mine', interface: 'demo:algo/analysis@1.1.0', function: 'shout', direction: 'export' },
      { module: 'mine', interface: 'demo:algo/log@1.0.0', function: 'log', direction: 'import' },
      { module: 'mine', interface: 'demo:algo/log@1.0.0', function: 'threshold', direction: 'import' },
      { module: 'mine', interface: '$root', function: 'started', direction: 'export' },
    ])
    expect([...hooks.sites].every(Object.isFrozen)).toBe(true)
  })

  test('errors: of the caller, of an import, of the guest', () => {
    const hooks = new Recorder()
    const demo = load({ hooks })
    hooks.events.length = 0
    expect(() => demo.analysis.shout('bad')).toThrow('refused')
    expect(() => demo.analysis.add(1, 2)).toThrow('[16 InstancePoisoned]')
    expect(hooks.events).toEqual([
      ['call', 'shout'],
      ['call', 'log'],
      ['error', 'log', 'refused'],
      ['error', 'shout', 'wasm module demo error [17 HostError]: refused'],
      ['call', 'add'],
      ['error', 'add', expect.stringContaining('[16 InstancePoisoned]')],
    ])
  })

  test('added and removed later, in any order, on one instance alone', () => {
    const [demo, other] = [load(), load()]
    const [first, second] = [new Recorder(), new Recorder()]
    addHooks(demo, first)
    addHooks(demo, first)
    addHooks(demo.analysis, second)
    demo.analysis.add(1, 2)
    demo.analysis.shout('x')
    other.analysis.add(1, 2)
    expect(first.events).toHaveLength(8)
    expect(second.events).toEqual(first.events)
    removeHooks(demo, first)
    demo.analysis.add(1, 2)
    expect([first.events.length, second.events.length]).toEqual([8, 10])
    removeHooks(demo, second)
    expect(demo.analysis.add(1, 2)).toBe(3)
    demo.analysis.shout('x')
    expect([first.events.length, second.events.length]).toEqual([8, 10])
  })

  test('nothing is touched without hooks, and the plain method is back when they are gone', () => {
    const { analysis } = load()
    const plain = analysis.add
    expect(Object.hasOwn(analysis, 'add')).toBe(false)
    const hooks = new Recorder()
    addHooks(analysis, hooks)
    expect(analysis.add).not.toBe(plain)
    removeHooks(analysis, hooks)
    expect(analysis.add).toBe(plain)
  })

  test('a hook that throws is logged and ignored', () => {
    const error = new Error('broken hook')
    const hooks: CallHooks = {
      onCall: () => {
        throw error
      },
      onReturn: () => {
        throw error
      },
    }
    const warn = vi.fn<Logger['warn']>()
    const level = (): void => {}
    const logger: Logger = { trace: level, debug: level, info: level, warn, error: level, fatal: level }
    expect(load({ hooks, logger }).analysis.add(1, 2)).toBe(3)
    expect(warn).toHaveBeenCalledWith(
      expect.objectContaining({ module: 'demo', err: error, hook: 'onReturn' }),
      'a call hook threw; the call goes on',
    )
    expect(warn).toHaveBeenCalledTimes(4)

    const console_ = vi.spyOn(console, 'warn').mockImplementation(() => {})
    expect(load({ hooks }).analysis.add(1, 2)).toBe(3)
    expect(console_).toHaveBeenCalledTimes(1)
    console_.mockRestore()
  })

  test('also when the logger throws as well', () => {
    const broken = (): never => {
      throw new Error('broken')
    }
    const logger: Logger = { trace: broken, debug: broken, info: broken, warn: broken, error: broken, fatal: broken }
    const demo = load({ hooks: { onCall: broken, onReturn: broken }, logger })
    expect([demo.analysis.shout('x'), demo.analysis.add(1, 2)]).toEqual(['quiet', 3])
  })

  test.each([true, false])('a call that is refused within another one, durations: %s', (durations) => {
    const metrics = new MetricsCollector({ durations })
    let during: number[] = []
    const counts = (): number[] => metrics.snapshot().map((m) => m.count)
    const log = (): void => {
      expect(() => demo.analysis.shout('again')).toThrow('[15 Reentrance]')
      during = counts()
    }
    const of = { ...imports, 'demo:algo/log': { ...imports['demo:algo/log'], log } }
    const demo: Demo = load({ hooks: metrics, imports: of } as InstanceOptions)
    metrics.reset()
    demo.analysis.shout('four')
    // What still runs is not counted.
    expect(during).toEqual([1])
    const rows = metrics.snapshot().map((m) => [m.function, m.count, m.errors, m.bytesIn, m.bytesOut, m.errorCodes])
    expect(rows).toEqual([
      ['shout', 2, 1, 9, 9, { Reentrance: 1 }],
      ['log', 1, 0, 0, 4, {}],
      ['threshold', 1, 0, 5, 0, {}],
    ])
    const [shout, ...called] = metrics.snapshot()
    const inImports = called.reduce((sum, { totalNs }) => sum + totalNs, 0)
    expect(shout?.importNs).toBeCloseTo(inImports, 3)
    expect(inImports > 0).toBe(durations)
    expect(shout?.totalNs).toBeGreaterThanOrEqual(inImports)
  })

  test.each([true, false])(
    'functions of the host get the arguments that the guest passes, durations: %s',
    (durations) => {
      const seen: unknown[][] = []
      const log = (first: string, second = '', ...rest: unknown[]): void => void seen.push([first, second, ...rest])
      function threshold(): string {
        // oxlint-disable-next-line prefer-rest-params
        seen.push([arguments.length])
        return 'quiet'
      }
      const of = { ...imports, 'demo:algo/log': { log, threshold } }
      const demo = load({ hooks: new MetricsCollector({ durations }), imports: of } as InstanceOptions)
      demo.analysis.shout('x')
      expect(seen).toEqual([['info', 'x'], [0]])
    },
  )

  test('only for objects of a world class', () => {
    expect(() => withMetrics({})).toThrow(new TypeError('expected an instance of a generated world class'))
  })
})

describe('MetricsCollector', () => {
  test('counts calls, errors and bytes per function, sorted', () => {
    const metrics = new MetricsCollector()
    const demo = load({ hooks: metrics, name: 'a' })
    for (let i = 0; i < 3; i++) demo.analysis.shout('four')
    const second = load({ name: 'a' })
    withMetrics(second, metrics)
    second.analysis.shout('four')
    expect(() => second.analysis.fail()).toThrow('unreachable')
    const snapshot = metrics.snapshot()
    const brief = snapshot.map((m) => [m.interface, m.function, m.direction, m.count, m.errors, m.bytesIn, m.bytesOut])
    expect(brief).toEqual([
      ['$root', 'tick', 'import', 1, 0, 0, 0],
      ['demo:algo/analysis@1.1.0', 'fail', 'export', 1, 1, 0, 0],
      ['demo:algo/analysis@1.1.0', 'shout', 'export', 4, 0, 36, 36],
      ['demo:algo/log@1.0.0', 'log', 'import', 4, 0, 0, 16],
      ['demo:algo/log@1.0.0', 'threshold', 'import', 4, 0, 20, 0],
    ])
    for (const m of snapshot) {
      expect(m.totalNs).toBeGreaterThanOrEqual(m.maxNs)
      expect(m.maxNs).toBeGreaterThanOrEqual(m.p99Ns)
      expect(m.p99Ns).toBeGreaterThanOrEqual(m.p50Ns)
    }
    expect(snapshot[2]?.p50Ns).toBeGreaterThan(0)
    metrics.reset()
    expect(metrics.snapshot()).toEqual([])
  })

  test('serves as plain hooks, and without the clock', () => {
    const metrics = new MetricsCollector({ durations: false })
    const site = { module: 'm', interface: 'i', function: 'f', direction: 'export' } as const
    metrics.onReturn(site, 100, 1, 2)
    metrics.onError({ ...site }, new Error('x'), 100)
    expect(metrics.snapshot()).toEqual([
      {
        ...site,
        count: 2,
        errors: 1,
        totalNs: 0,
        maxNs: 0,
        p50Ns: 0,
        p99Ns: 0,
        bytesIn: 1,
        bytesOut: 2,
        importNs: 0,
        errorCodes: { other: 1 },
        callsBelow: [],
      },
    ])
  })

  test('to end one of many instances it looks at none of the others', () => {
    const metrics = new MetricsCollector()
    const many = Array.from({ length: 10 }, (_, i) => ({ module: `m${i % 2}`, memories: () => new Set<never>() }))
    for (const instance of [...many, ...many]) metrics.attach(instance)
    const deref = vi.spyOn(WeakRef.prototype, 'deref')
    for (const instance of [...many.slice(0, 5), ...many.slice(0, 5)]) metrics.detach(instance)
    expect(deref).not.toHaveBeenCalled()
    deref.mockRestore()
    expect(metrics.modules()).toMatchObject([
      { module: 'm0', instances: 2 },
      { module: 'm1', instances: 3 },
    ])
  })
})
