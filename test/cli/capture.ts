import type { Generate } from '../../src/cli/start-generate.ts'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'

export type GenerateOptions = NonNullable<Parameters<Generate>[0]>
export type GenerateResult = Awaited<ReturnType<Generate>>

export const nothing: GenerateResult = {
  written: [],
  unchanged: [],
  removed: [],
  stale: [],
  missing: [],
  extra: [],
  typesOnly: [],
}

export interface Captured {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** What the pipeline was called with; undefined when it was not called. */
  readonly options: GenerateOptions | undefined
}

/** Runs a command line in this process, with a pipeline that gives `result` or throws it when it is an error. */
export async function capture(
  args: readonly string[],
  result: GenerateResult | Error = nothing,
  env: Io['env'] = {},
): Promise<Captured> {
  const out: string[] = []
  const err: string[] = []
  let options: GenerateOptions | undefined
  const io: Io = {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env,
  }
  const generate: Generate = (given) => {
    options = given
    return result instanceof Error ? Promise.reject(result) : Promise.resolve(result)
  }
  const code = await run(args, io, { generate })
  return { code, stdout: out.join(''), stderr: err.join(''), options }
}
