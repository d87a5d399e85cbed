import type { CoreSignature } from './dispatch-module.ts'

/*
 * Engines inline the call of a core function where they see always the same one, which holds as long as there is one instance.
 * Each further instance has core functions of its own. What a call then goes through is one WebAssembly function for all
 * instances, which engines know again; it finds the instance's own in a table, by the seat of the instance.
 */

type Numbers<S extends string> = S extends `${infer T}${infer Rest}`
  ? [T extends 'l' ? bigint : number, ...Numbers<Rest>]
  : []
type NumberOf<S extends string> = S extends '' ? void : Numbers<S>[0]

/** A core function of the signature, of the instance in the seat that it gets first. */
export type DispatchCall<S extends string> = S extends `${infer P}:${infer R}`
  ? (seat: number, ...args: Numbers<P>) => NumberOf<R>
  : never

/** The functions of an exported interface, by WIT name. They can be called once an instance has a seat. */
export type Dispatch<T> = { readonly [K in keyof T]: T[K] extends string ? DispatchCall<T[K]> : never }

/** The same, as linking sees it. */
export type AnyDispatch = Readonly<Record<string, unknown>>

const SIGNATURES = new WeakMap<AnyDispatch, readonly (readonly [name: string, signature: CoreSignature])[]>()

/**
 * Declares the functions of an exported interface, by WIT name, with their core signatures (`'ddi:i'`: f64, f64, i32 → i32).
 * It costs nothing until a second instance is made.
 */
export function dispatchOf<const T extends Readonly<Record<string, CoreSignature>>>(signatures: T): Dispatch<T> {
  SIGNATURES.set(signatures, Object.entries(signatures))
  return signatures as unknown as Dispatch<T>
}

/** What has been declared. */
export function signaturesOf(dispatch: AnyDispatch): readonly (readonly [name: string, signature: CoreSignature])[] {
  return SIGNATURES.get(dispatch) ?? []
}
