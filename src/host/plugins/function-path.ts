import type { ObjectOf } from './world-class.ts'

/** Classes of resources are none: they have no call signature. */
type AnyFunction = (...args: never[]) => unknown

type NamesOfFunctions<T> = { [K in keyof T & string]: T[K] extends AnyFunction ? K : never }[keyof T & string]

/** `func` for functions of the world itself, `iface.func` for those of its interfaces, as the object of a world class has them. */
export type FunctionPath<I> = {
  [K in Exclude<keyof I & string, 'dispose'>]: I[K] extends AnyFunction
    ? K
    : I[K] extends object
      ? `${K}.${NamesOfFunctions<I[K]>}`
      : never
}[Exclude<keyof I & string, 'dispose'>]

/** The type of the function at a path; never where there is none. */
type FunctionAt<I, P> = P extends `${infer F}.${infer M}`
  ? F extends keyof I
    ? M extends keyof I[F]
      ? I[F][M]
      : never
    : never
  : P extends keyof I
    ? I[P]
    : never

/** The paths of all functions of all worlds. */
export type PathOf<W> = { [K in keyof W]: FunctionPath<ObjectOf<W[K]>> }[keyof W] & string

/** The function at a path; a union where several worlds have one. */
type FunctionOf<W, P> = { [K in keyof W]: FunctionAt<ObjectOf<W[K]>, P> }[keyof W]

export type ArgumentsOf<W, P> =
  FunctionOf<W, P> extends infer F ? (F extends (...args: infer A) => unknown ? A : never) : never

export type ResultOf<W, P> =
  FunctionOf<W, P> extends infer F ? (F extends (...args: never[]) => infer R ? R : never) : never
