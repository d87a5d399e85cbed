import { channel } from 'node:diagnostics_channel'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { addHooks, compile, diagnosticsHooks, removeHooks, type CompiledComponent } from 'witgen/runtime'
import { instantiateWorld } from '../../src/runtime/instance.ts'
import { compiledGuest, runCommand } from '../wasi/probes.ts'
import { Demo, world } from './demo-world.ts'
import { demoGuest } from './guests.ts'

const imports = { 'demo:algo/log': { log: () => {}, threshold: () => 'quiet' }, tick: () => 1 }

let compiled: CompiledComponent
beforeAll(async () => {
  compiled = await compile(demoGuest())
})
const load = (): Demo => new Demo(instantiateWorld(world, compiled, { name: 'demo', imports }))

interface Message {
  readonly site?: { readonly function: string }
  readonly durationNs?: number
}
const undo: (() => void)[] = []
afterEach(() => undo.splice(0).forEach((action) => action()))

/** Listens to channels, and gives what they tell: the event, the function, and what else there is. */
function listen(...events: readonly string[]): unknown[][] {
  const heard: unknown[][] = []
  for (const event of events) {
    const listener = (message: unknown): void => {
      const { site, durationNs, ...rest } = message as Message
      if (durationNs !== undefined) expect(durationNs).toBeGreaterThanOrEqual(0)
      heard.push([event, site?.function, rest])
    }
    const subject = channel(`witgen:${event}`)
    subject.subscribe(listener)
    undo.push(() => subject.unsubscribe(listener))
  }
  return heard
}

test('calls, with what a return and an error tell', () => {
  const heard = listen('call', 'return', 'error')
  const demo = load()
  heard.length = 0
  demo.analysis.add(1, 2)
  demo.analysis.shout('four')
  expect(() => demo.analysis.fail()).toThrow('unreachable')
  expect(heard).toEqual([
    ['call', 'add', {}],
    ['return', 'add', { bytesIn: 0, bytesOut: 0 }],
    ['call', 'shout', {}],
    ['call', 'log', {}],
    ['return', 'log', { bytesIn: 0, bytesOut: 4 }],
    ['call', 'threshold', {}],
    ['return', 'threshold', { bytesIn: 5, bytesOut: 0 }],
    ['return', 'shout', { bytesIn: 9, bytesOut: 9 }],
    ['call', 'fail', {}],
    ['error', 'fail', { error: expect.objectContaining({ codeName: 'Unreachable' }) as object }],
  ])
})

test('what becomes of an instance: load, trap, dispose, without anything around its calls', () => {
  const heard = listen('load', 'trap', 'dispose')
  const demo = load()
  expect(Object.hasOwn(demo.analysis, 'fail')).toBe(false)
  expect(() => demo.analysis.fail()).toThrow('unreachable')
  expect(() => demo.analysis.fail()).toThrow('InstancePoisoned')
  demo.dispose()
  const error = expect.objectContaining({
    codeName: 'Unreachable',
    function: 'demo:algo/analysis@1.1.0#fail',
  }) as object
  expect(heard.map(([event, , rest]) => [event, rest])).toEqual([
    ['load', { module: 'demo' }],
    ['trap', { module: 'demo', error }],
    ['dispose', { module: 'demo' }],
  ])
})

test('denials', async () => {
  const heard = listen('denied')
  runCommand(await compiledGuest('wasi-c/probe.wasm'), { args: ['probe', 'time'] })
  expect(heard).toEqual([
    [
      'denied',
      undefined,
      {
        module: 'probe',
        function: expect.stringMatching(/^wasi:clocks\//u) as string,
        why: 'not granted; wasi: { clocks: true } does',
      },
    ],
  ])
})

test('denials and kills by a policy', async () => {
  const heard = listen('denied', 'kill')
  const policy = { fuel: 1_000_000_000, allowedImports: { tick: true } }
  const held = await compile(demoGuest(), { policy })
  const demo = new Demo(instantiateWorld(world, held, { name: 'demo', imports }))
  expect(() => demo.analysis.shout('a')).toThrow('PermissionDenied')
  const what = { module: 'demo', function: 'demo:algo/log#log', code: 'PermissionDenied' }
  const why = 'the policy does not allow the guest to call demo:algo/log#log'
  expect(heard).toEqual([
    ['denied', undefined, { ...what, why }],
    ['kill', undefined, { ...what, why }],
  ])
  demo.dispose()
})

test('an instance that was made before anybody listened: untouched, until it is given the hooks', () => {
  const demo = load()
  const heard = listen('call')
  demo.analysis.add(1, 2)
  expect(Object.hasOwn(demo.analysis, 'add')).toBe(false)
  expect(heard).toEqual([])
  addHooks(demo, diagnosticsHooks)
  demo.analysis.add(1, 2)
  expect(heard).toEqual([['call', 'add', {}]])
  removeHooks(demo, diagnosticsHooks)
  demo.analysis.add(1, 2)
  expect(heard).toHaveLength(1)
})
