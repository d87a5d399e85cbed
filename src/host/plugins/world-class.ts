import type { CompiledComponent, InstanceOptions, Source } from '../../runtime/index.ts'

/** A generated world class, as far as plugins need it. */
export interface WorldClass {
  compile(source: Source, options?: object): Promise<CompiledComponent>
  instantiate(compiled: CompiledComponent, options: never): WorldObject
}

/** An object of a generated world class. */
export interface WorldObject {
  dispose(): void
}

/** The worlds of a manager, by the names that it knows them by. */
export type WorldClasses = Readonly<Record<string, WorldClass>>

/** The object of a world class. */
export type ObjectOf<W> = W extends { instantiate(...args: never[]): infer I } ? I : never

/** What `instantiate` of a world class takes as its options. */
type OptionsOf<W> = W extends { instantiate(compiled: never, options: infer O): unknown } ? NonNullable<O> : never

/** What the host gives to the guests of a world. */
export type ImportsOf<W> = OptionsOf<W> extends { readonly imports?: infer M } ? NonNullable<M> : object

/** The options that are the same for all worlds. */
export type SharedOptions = Omit<InstanceOptions, 'name'>

/**
 * A plugin, as its users see it: the object of its world class, save that only the manager disposes of it. It stays the same
 * object when the guest is swapped, and calls the guest that is there.
 */
export type Plugin<I> = I extends object
  ? Omit<I, 'dispose' | typeof Symbol.dispose | typeof Symbol.asyncDispose>
  : never
