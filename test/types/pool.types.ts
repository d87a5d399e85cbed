// What compiles and what does not with pools. Nothing here runs: see pipeline.types.ts.
import { Pool } from 'witgen/host'
import type { analysis } from '../../generated/pipeline.ts'
import { Pipeline } from '../../generated/pipeline.ts'
import { Toolbox } from '../guests/generated/toolbox.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Compiles when the two types are the same. */
declare function same<A, B>(...proof: Equal<A, B> extends true ? [] : [error: 'the types differ']): void

declare const samples: analysis.Sample[]
declare const signal: AbortSignal

/** The world's interface with promises. */
export async function pipeline(): Promise<void> {
  const pool = await Pool.create(Pipeline, 'guest.wasm', { imports: { 'demo:pipeline/log': { log: () => {} } } })
  const preprocessed = pool.analysis.preprocess(samples)
  same<typeof preprocessed, Promise<analysis.Sample[]>>()
  const found = pool.analysis.find(samples, 1)
  same<typeof found, Promise<analysis.Sample | undefined>>()
  const scaled = pool.analysis.scale([1, 2], 3)
  same<typeof scaled, Promise<Float64Array>>()
  // @ts-expect-error: the argument is a list
  void pool.analysis.preprocess(samples[0])

  const texts = pool.map('analysis.shout', ['a', 'b'])
  same<typeof texts, Promise<string[]>>()
  const counters = pool.map('analysis.advance', [[1n, 2n] as const], { signal })
  same<typeof counters, Promise<bigint[]>>()
  const settled = pool.map('analysis.preprocess', [samples], { onError: 'settle' })
  same<typeof settled, Promise<PromiseSettledResult<analysis.Sample[]>[]>>()
  // @ts-expect-error: there is no such function
  void pool.map('analysis.none', [])
  // @ts-expect-error: nor such an interface
  void pool.map('other.shout', ['a'])
  // @ts-expect-error: an item is a text
  void pool.map('analysis.shout', [1])
  // @ts-expect-error: an item is both arguments
  void pool.map('analysis.advance', [1n])
  const called = pool.call('analysis.shout', ['a'], { timeoutMs: 10 })
  same<typeof called, Promise<string>>()

  // @ts-expect-error: the world has no such import
  void Pool.create(Pipeline, 'guest.wasm', { imports: { 'demo:pipeline/log': { log: 1 } } })
  await using all = pool
  void all
}

/** Functions that touch resources are left out. */
export async function toolbox(): Promise<void> {
  const pool = await Pool.create(Toolbox, 'guest.wasm', { importsModule: new URL('file:///imports.js') })
  const sum = pool.compute.add(1, 2)
  same<typeof sum, Promise<number>>()
  // @ts-expect-error: nothing of the interface can cross threads
  void pool.counters
  // @ts-expect-error: it takes resources
  void pool.map('counters.compare', [])
}
