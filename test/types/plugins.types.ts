// What compiles and what does not with a plugin manager. Nothing here runs: an unused `@ts-expect-error` is an error.
import { type FunctionPath, type Plugin, PluginManager } from 'witgen/host'
import { Pipeline } from '../../generated/pipeline.ts'
import { Toolbox } from '../guests/generated/toolbox.ts'
import type { Counter } from '../guests/generated/test/toolbox/counters.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Compiles when the two types are the same. */
declare function same<A, B>(...proof: Equal<A, B> extends true ? [] : [error: 'the types differ']): void

const log = { log() {} }
const one: PluginManager<{ readonly pipeline: typeof Pipeline }> = new PluginManager({
  worlds: { pipeline: Pipeline },
  imports: { pipeline: { 'demo:pipeline/log': log } },
})
const two: PluginManager<{ readonly pipeline: typeof Pipeline; readonly toolbox: typeof Toolbox }> = new PluginManager({
  worlds: { pipeline: Pipeline, toolbox: Toolbox },
})

/** Calls. */
export function calls(): void {
  const shouted: string = one.call('p', 'analysis.shout', 'a')
  const sum: number = two.call('t', 'compute.add', 1, 2)
  const parts: string[] = two.call('t', 'compute.split', shouted, String(sum))
  // @ts-expect-error no such function
  one.call('p', 'analysis.shuot', parts[0])
  // @ts-expect-error of another world
  one.call('p', 'compute.add', 1, 2)
  // @ts-expect-error a wrong argument
  one.call('p', 'analysis.shout', 1)
  // @ts-expect-error too few
  two.call('t', 'compute.add', 1)
  // @ts-expect-error an interface is no function
  one.call('p', 'analysis')
  // @ts-expect-error nor is a class
  two.call('t', 'counters.Counter')
  // @ts-expect-error only the manager disposes
  one.call('p', 'dispose')
  // @ts-expect-error a wrong result
  sum satisfies ReturnType<typeof one.call<'analysis.shout'>>
}

/** What there is to call. */
export function paths(): void {
  same<Extract<FunctionPath<Toolbox>, `counters.${string}`>, 'counters.compare' | 'counters.close'>()
  same<Extract<FunctionPath<Pipeline>, 'dispose' | 'analysis'>, never>()
}

/** Plugins. */
export async function plugins(): Promise<void> {
  same<Awaited<ReturnType<typeof one.load>>, Plugin<Pipeline>>()
  const tools = await two.load('t', 'tools.wasm', { world: 'toolbox', probe: ({ compute }) => compute.add(1, 1) === 2 })
  same<typeof tools, Plugin<Toolbox>>()
  const counter: Counter = new tools.counters.Counter(1n)
  counter.increment(1n)
  // @ts-expect-error only the manager disposes
  tools.dispose()
  const pipeline = two.get('p', 'pipeline')
  same<typeof pipeline, Plugin<Pipeline>>()
  const n = await two.use('t', ({ compute }, { version }) => compute.add(version, 1), 'toolbox')
  same<typeof n, number>()
  // @ts-expect-error no such world
  two.get('p', 'other')
  // @ts-expect-error no such world
  await two.load('p', 'p.wasm', { world: 'other' })
  // @ts-expect-error imports of another world
  await one.load('p', 'p.wasm', { imports: { 'test:toolbox/host': log } })
}
