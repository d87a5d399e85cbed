import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { Pool, type PoolOf, type PoolOptions } from 'witgen/host'
import { Pipeline, type PipelineImports } from '../../../generated/pipeline.ts'
import { guestFiles } from '../../guests/guests.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The Rust guest of the world `pipeline`. */
export const pipelineGuest: string = guestFiles('rust/pipeline.wasm')[0]?.path ?? join(root, 'missing')

/** Workers run the sources of witgen as they are: what Node 20 and 22 need for that. */
export const worker: PoolOptions['worker'] = {
  execArgv: ['--conditions=witgen-source', '--no-warnings'],
}

/** A pool of the pipeline whose log goes nowhere, unless the options say otherwise. */
export function pipelinePool(options: PoolOptions<PipelineImports> = {}): Promise<PoolOf<typeof Pipeline>> {
  return Pool.create(Pipeline, pipelineGuest, {
    size: 2,
    worker,
    ...(options.importsModule === undefined ? { imports: { 'demo:pipeline/log': { log: () => {} } } } : {}),
    ...options,
  })
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('the promise was not rejected')
}

/** The pool, which is disposed of when the test has ended. */
export async function untilEnd<T extends AsyncDisposable>(made: Promise<T>): Promise<T> {
  const pool = await made
  onTestFinished(() => pool[Symbol.asyncDispose]())
  return pool
}
