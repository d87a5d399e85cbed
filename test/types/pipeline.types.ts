// What compiles and what does not, with the bindings of the sample world. Nothing here runs: the type checks of `npm test` and
// of typescript-5.9.test.ts read it, and an unused `@ts-expect-error` is an error of theirs.
import { ErrorCode, GuestError, isWasmError, type WasmError } from 'witgen/runtime'
import {
  analysis,
  log,
  Pipeline,
  type PipelineImports,
  type PipelineOptions,
  type PipelineVersionedImports,
} from '../../generated/pipeline.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Compiles when the two types are the same. */
declare function same<A, B>(...proof: Equal<A, B> extends true ? [] : [error: 'the types differ']): void

declare const pipeline: Pipeline
declare const api: analysis.Analysis
const sample: analysis.Sample = { id: 1, weight: 2, label: 'a' }

/** Signatures, whole. */
export function signatures(): void {
  same<typeof pipeline.analysis, analysis.Analysis>()
  same<typeof api.preprocess, (samples: readonly analysis.Sample[]) => analysis.Sample[]>()
  same<typeof api.summarise, (samples: readonly analysis.Sample[]) => analysis.Summary>()
  same<typeof api.find, (samples: readonly analysis.Sample[], id: number) => analysis.Sample | undefined>()
  same<typeof api.classify, (s: analysis.Sample) => 'light' | 'regular' | 'heavy'>()
  same<typeof api.shout, (text: string) => string>()
  same<typeof api.scale, (values: Float64Array | readonly number[], by: number) => Float64Array>()
  same<typeof api.bounds, (values: Float32Array | readonly number[]) => [number, number] | undefined>()
  same<typeof api.advance, (counter: bigint, by: bigint) => bigint>()
  same<typeof api.isUpper, (letter: string) => boolean>()
  same<typeof api.nextChar, (letter: string) => string | undefined>()
  same<typeof api.checksum, (bytes: Uint8Array | readonly number[]) => number>()
  same<typeof api.reverse, (bytes: Uint8Array | readonly number[]) => Uint8Array>()
  same<typeof api.callBack, (times: number) => number>()
  same<typeof api.crash, (how: string) => void>()
  // @ts-expect-error the check itself can fail
  same<typeof api.crash, (how: number) => void>()
}

/** Members of types. */
export function types(): void {
  same<analysis.Sample['note'], string | undefined>()
  same<analysis.Kind, 'light' | 'regular' | 'heavy'>()
  same<typeof analysis.Kind.Heavy, 'heavy'>()
  same<log.Level, 'debug' | 'info' | 'warn'>()
  const failures: analysis.Failure[] = [{ tag: 'empty-input' }, { tag: 'bad-sample', val: 1 }]
  for (const failure of failures) {
    if (failure.tag === 'unreadable') same<typeof failure.val, string>()
    // @ts-expect-error no such case
    if (failure.tag === 'unknown') failures.pop()
  }
  // @ts-expect-error the payload is a number
  failures.push({ tag: 'bad-sample', val: 'text' })
  // @ts-expect-error the payload is missing
  failures.push({ tag: 'bad-sample' })
  // @ts-expect-error no payload
  failures.push({ tag: 'empty-input', val: 1 })
  // @ts-expect-error tags are kebab-case
  failures.push({ tag: 'badSample', val: 1 })
}

/** Wrong arguments. */
export function wrongArguments(): void {
  // @ts-expect-error a missing field
  api.classify({ id: 1, weight: 2 })
  // @ts-expect-error a field of another type
  api.classify({ ...sample, weight: '2' })
  // @ts-expect-error an unknown field
  api.classify({ id: 1, weight: 2, label: 'a', lable: 'b' })
  // @ts-expect-error null is no option
  api.classify({ ...sample, note: null })
  // @ts-expect-error not a list
  api.preprocess(sample)
  // @ts-expect-error a list of something else
  api.preprocess([1])
  // @ts-expect-error a 64-bit integer is a bigint
  api.advance(1, 2n)
  // @ts-expect-error a number for a string
  api.shout(5)
  // @ts-expect-error another view
  api.reverse(new Uint16Array(1))
  // @ts-expect-error a missing argument
  api.scale([1])
  // @ts-expect-error one argument too many
  api.shout('a', 'b')
  // @ts-expect-error what comes back is no number
  const text: number = api.shout('a')
  return void text
}

/** Wrong names. */
export function wrongNames(): void {
  // @ts-expect-error camelCase
  api['is-upper']('a')
  // @ts-expect-error no such function
  api.unknown()
  // @ts-expect-error imported, not exported
  pipeline.log.log('info', 'x')
  // @ts-expect-error instances are made by load and instantiate
  new Pipeline()
  // @ts-expect-error properties are read-only
  pipeline.analysis = api
  // @ts-expect-error no such case
  return void analysis.Kind.Huge
}

/** What a host has to give. */
export async function hosts(): Promise<void> {
  const write = (level: log.Level, message: string): void => console.log(level, message)
  const good: PipelineImports = { 'demo:pipeline/log': { log: write } }
  const options: PipelineOptions = { imports: good, name: 'a name' }
  await Pipeline.load('guest.wasm', options)
  await Pipeline.load(new URL('file:///guest.wasm'), { imports: { 'demo:pipeline/log': { log() {} } } })
  // A class serves as well.
  class Log implements log.Log {
    log(level: log.Level, message: string): void {
      write(level, message)
    }
  }
  Pipeline.instantiate(await Pipeline.compile(new Uint8Array()), { imports: { 'demo:pipeline/log': new Log() } })
  // With versions in the keys; the types of the parameters are known there as well.
  const exact: PipelineVersionedImports = { 'demo:pipeline/log@0.1.0': { log: write } }
  await Pipeline.load('guest.wasm', { imports: exact })
  await Pipeline.load('guest.wasm', {
    imports: { 'demo:pipeline/log@0.1.0': { log: (level, message) => void write(level, message) } },
  })
  await Pipeline.load('guest.wasm', { imports: { ...good, ...exact } })
  // @ts-expect-error not the version of the world
  await Pipeline.load('guest.wasm', { imports: { 'demo:pipeline/log@0.2.0': { log: write } } })
  // @ts-expect-error the interface lacks its function
  await Pipeline.load('guest.wasm', { imports: { 'demo:pipeline/log@0.1.0': {} } })
  // @ts-expect-error a key of another interface
  await Pipeline.load('guest.wasm', { imports: { ...good, 'demo:pipeline/logs': { log: write } } })
  // @ts-expect-error no imports
  await Pipeline.load('guest.wasm', {})
  // @ts-expect-error no options
  await Pipeline.load('guest.wasm')
  // @ts-expect-error no interface
  await Pipeline.load('guest.wasm', { imports: {} })
  // @ts-expect-error the interface lacks its function
  await Pipeline.load('guest.wasm', { imports: { 'demo:pipeline/log': {} } })
  // @ts-expect-error the function wants another type
  await Pipeline.load('guest.wasm', { imports: { 'demo:pipeline/log': { log: (level: number) => void level } } })
  // @ts-expect-error a key that no interface has
  await Pipeline.load('guest.wasm', { imports: { ...good, 'demo:pipeline/lgo': { log: write } } })
  // @ts-expect-error an unknown option
  await Pipeline.load('guest.wasm', { imports: good, nam: 'a name' })
  // @ts-expect-error instantiate takes what compile gives
  Pipeline.instantiate(new Uint8Array(), { imports: good })
  // @ts-expect-error a number is no source
  await Pipeline.load(5, options)
}

/** Errors. */
export function errors(error: unknown): void {
  if (error instanceof GuestError) {
    const failure = error as GuestError<analysis.Failure>
    same<typeof failure.payload, analysis.Failure>()
    same<typeof failure.guestCode, number | undefined>()
  }
  if (isWasmError(error, 'GuestError')) same<typeof error.payload, unknown>()
  if (isWasmError(error)) same<typeof error, WasmError>()
  if (isWasmError(error, 'ExecutionTimeout')) same<typeof error.code, ErrorCode>()
  // @ts-expect-error no such code
  isWasmError(error, 'Timeout')
  same<typeof ErrorCode.InvalidParam, 1>()
  // @ts-expect-error the numbers are fixed
  ErrorCode.InvalidParam = 2
}
