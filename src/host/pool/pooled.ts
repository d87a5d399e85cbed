import type { WorldClass } from '../plugins/world-class.ts'
import type { Pool } from './pool.ts'

/** A generated world class, as far as a pool uses it. */
export interface PooledWorldClass extends WorldClass {
  readonly moduleUrl: string
  readonly name: string
}

/** The instance of a world class. */
export type WorldOf<C extends PooledWorldClass> = ReturnType<C['instantiate']>

type Plain = string | number | bigint | boolean | null | undefined | void | ArrayBufferView
type AnyFunction = (...args: never[]) => unknown
type AnyClass = abstract new (...args: never[]) => unknown

/** `true` where a value holds an object of a resource, however deep: only those have methods. */
type HoldsResource<T> = T extends Plain
  ? never
  : T extends AnyFunction | AnyClass
    ? true
    : T extends ReadonlyMap<infer K, infer V>
      ? HoldsResource<K> | HoldsResource<V>
      : T extends readonly (infer E)[]
        ? HoldsResource<E>
        : { [K in keyof T]-?: HoldsResource<T[K]> }[keyof T]

/** Functions that can cross threads: those that neither take nor give resources. */
type IsPoolable<F> = F extends (...args: infer A) => infer R
  ? [HoldsResource<A[number]> | HoldsResource<R>] extends [never]
    ? true
    : false
  : false

/** A function of a world, answered by one of the pool's workers. */
export type PooledFunction<F> = F extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never

type PoolableKeys<I> = { [K in keyof I]: IsPoolable<I[K]> extends true ? K : never }[keyof I]

/** An exported interface with promises, without the functions that touch resources. */
export type PooledInterface<I> = { readonly [K in PoolableKeys<I>]: PooledFunction<I[K]> }

type Own = 'dispose' | typeof Symbol.dispose | typeof Symbol.asyncDispose

/** A name that the pool itself has gets a trailing `_`. */
type PublicName<K> = K extends keyof Pool<object> ? (K extends string ? `${K}_` : never) : K

/** A world's exports with promises. */
export type Pooled<W> = {
  readonly [
    K in Exclude<keyof W, Own> as W[K] extends AnyFunction
      ? IsPoolable<W[K]> extends true
        ? PublicName<K>
        : never
      : [PoolableKeys<W[K]>] extends [never]
        ? never
        : PublicName<K>
  ]: W[K] extends AnyFunction ? PooledFunction<W[K]> : PooledInterface<W[K]>
}

type NamesIn<P> = {
  [K in keyof P & string]: P[K] extends AnyFunction ? K : `${K}.${keyof P[K] & string}`
}[keyof P & string]

/** The names of a world's functions: `iface.func`, or `func` for those of the world itself. */
export type FunctionName<W> = NamesIn<Pooled<W>>

type Member<T, K> = K extends keyof T ? T[K] : never

/** The function of a name, with promises. */
export type FunctionAt<W, N extends string> = N extends `${infer I}.${infer F}`
  ? Member<Member<Pooled<W>, I>, F>
  : Member<Pooled<W>, N>

/** The arguments of a function. */
export type ArgsOf<F> = F extends (...args: infer A) => unknown ? Readonly<A> : never

/** What `map` takes for one call: the argument of a function that has one, else the list of its arguments. */
export type ItemOf<F> = F extends (...args: infer A) => unknown
  ? A extends readonly [unknown]
    ? A[0]
    : Readonly<A>
  : never

/** What a function gives. */
export type ResultOf<F> = F extends (...args: never[]) => Promise<infer R> ? R : never
