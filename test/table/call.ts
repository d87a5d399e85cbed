import type { Compute, Failure } from '../guests/generated/test/toolbox/compute.ts'

/** What a call comes to: its result, what the guest returned as the error of a `result`, how it trapped, or anything else. */
export type Outcome =
  { readonly value: unknown } | { readonly error: unknown } | { readonly trap: string } | { readonly thrown: string }

/** What functions that return a `result` fail with. */
interface Errors {
  divide: Failure
  clean: Failure
  area: string
}

/** One call of a function of `test:toolbox/compute`, and what has to come of it. */
export interface Call<F extends keyof Compute> {
  /** What it shows; unique among the calls of a function. */
  readonly what: string
  readonly args: Parameters<Compute[F]>
  /** The result, or the error. */
  readonly gives:
    { readonly value: ReturnType<Compute[F]> } | (F extends keyof Errors ? { readonly error: Errors[F] } : never)
  /** What the guest logs meanwhile; nothing where it is left out. */
  readonly lines?: readonly string[]
}

/** Calls of some functions. */
export type Calls<F extends keyof Compute> = { readonly [K in F]: readonly Call<K>[] }
