// Hooks that are added and removed while a call runs: they are told of what passes from then on, and of nothing before.
import { beforeAll, expect, test } from 'vitest'
import { addHooks, removeHooks } from '../../src/runtime/add-hooks.ts'
import { compile } from '../../src/runtime/compile.ts'
import type { CompiledComponent } from '../../src/runtime/compiled-component.ts'
import type { CallHooks } from '../../src/runtime/hooks.ts'
import { instantiateWorld } from '../../src/runtime/instance.ts'
import { MetricsCollector } from '../../src/runtime/metrics.ts'
import { Demo, world } from './demo-world.ts'
import { demoGuest } from './guests.ts'

let compiled: CompiledComponent
beforeAll(async () => {
  compiled = await compile(demoGuest())
})

/** `shout` calls `log` with its text, then `threshold`, which gives five bytes. */
function load(log: () => void, threshold = (): string => 'quiet'): Demo {
  const imports = { 'demo:algo/log': { log, threshold }, tick: () => 1 }
  return new Demo(instantiateWorld(world, compiled, { imports }))
}

function recorder(): CallHooks & { take(): unknown[][] } {
  const events: unknown[][] = []
  return {
    onReturn: (site, _durationNs, bytesIn, bytesOut) => void events.push([site.function, bytesIn, bytesOut]),
    take: () => events.splice(0),
  }
}

test('what an import has taken does not include the arguments of the next call', () => {
  const hooks = recorder()
  const demo = load(() => addHooks(demo, hooks))
  demo.analysis.shout('four')
  demo.analysis.shout('and a longer one')
  expect(hooks.take()).toEqual([
    ['threshold', 5, 0],
    ['log', 0, 16],
    ['threshold', 5, 0],
    ['shout', 21, 21],
  ])
})

test.each([true, false])('the same for those that count, durations: %s', (durations) => {
  const metrics = new MetricsCollector({ durations })
  const demo = load(() => addHooks(demo, metrics))
  demo.analysis.shout('four')
  demo.analysis.shout('and a longer one')
  expect(metrics.snapshot().map((m) => [m.function, m.count, m.bytesIn, m.bytesOut])).toEqual([
    ['shout', 1, 21, 21],
    ['log', 1, 0, 16],
    ['threshold', 2, 10, 0],
  ])
})

test('what passed while nobody was told is not among the arguments of an import', () => {
  const hooks = recorder()
  let added = 0
  const demo = load(() => {
    if (added++ === 2) addHooks(demo, hooks)
  })
  addHooks(demo, hooks)
  demo.analysis.shout('four')
  removeHooks(demo, hooks)
  hooks.take()
  demo.analysis.shout('four')
  demo.analysis.shout('four')
  demo.analysis.add(1, 2)
  expect(hooks.take()).toEqual([
    ['threshold', 5, 0],
    ['add', 0, 0],
  ])
})
