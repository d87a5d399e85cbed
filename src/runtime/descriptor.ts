import type { GuestResource } from './abi/guest-resource.ts'
import type { Context } from './context.ts'
import type { AnyDispatch } from './dispatch.ts'
import type { Face } from './dynamic/face.ts'

/** A core WebAssembly function, as the JS API hands it out. */
export type CoreFunction = (...args: never[]) => unknown

/** The host's implementation of one imported interface, reduced to the functions of the world: `{ log: fn }`. */
export type HostFunctions = Readonly<Record<string, (...args: never[]) => unknown>>

/**
 * The types of an interface as canonical texts (see `ir/signature.ts`), by WIT name. `$name` in a text stands for the
 * entry `name` of the same table, so that a large type is written once.
 */
export type TypeTable = Readonly<Record<string, string>>

/** How linking sees an imported function: `lower` is missing where the dynamic codec makes it. */
export interface LinkedImport {
  readonly member: string
  readonly invoke?: ImportedFunction['invoke']
  readonly lower?: ImportedFunction['lower']
}

/** How linking sees an imported interface, generated or not. */
export interface ImportFace {
  readonly id: string
  readonly functions: Readonly<Record<string, LinkedImport>>
  readonly resources?: Readonly<Record<string, Pick<ImportedResource, 'member'> & Partial<ImportedResource>>>
}

/** How linking sees an exported interface, generated (then it has `bind`) or not (then it has `face`). */
export interface ExportFace {
  readonly id: string
  readonly functions: Readonly<Record<string, Pick<ExportedFunction, 'member'>>>
  readonly resources?: Readonly<Record<string, number>>
  readonly bind?: ExportedInterface<unknown>['bind']
  /** The types, for the dynamic codec. */
  readonly face?: Face
}

export interface ImportedFunction {
  /** The canonical signature, with `$name` references. */
  readonly signature: string
  /** The camelCase member of the host's object. */
  readonly member: string
  /** For functions of resources: how one is called, with the object or the class before the arguments. */
  readonly invoke?: HostFunctions[string]
  /**
   * Makes the core function that the guest calls. `host` is a slot object owned by the runtime: hooks swap its members, so
   * `host[member]` has to be read at each call.
   */
  readonly lower: (cx: Context, host: never) => CoreFunction
}

/** An interface that the world imports; `types` and `functions` by WIT name. */
export interface ImportedInterface {
  /** `ns:pkg/iface@1.0.0`, or the kebab name of an inline interface. */
  readonly id: string
  readonly types?: TypeTable
  readonly functions: Readonly<Record<string, ImportedFunction>>
  /** The resources that the interface declares, by WIT name. */
  readonly resources?: Readonly<Record<string, ImportedResource>>
}

/** A resource whose class the host gives. */
export interface ImportedResource {
  /** The PascalCase member of the host's object. */
  readonly member: string
  /** Where instances keep the type for what is imported, and for what is exported (unless the world exports it itself). */
  readonly slots: readonly [imported: number, exported: number]
}

/** What the constructor of a generated exports class gets to find its core functions. */
export interface CoreExports {
  /** The core function that is lifted as `name` (`preprocess`, `[method]counter.inc`). */
  core<F extends CoreFunction>(name: string): F
  /** Its post-return function; a function that does nothing when the guest has none. */
  postReturn<F extends CoreFunction>(name: string): F
  /** The resource type that the guest implements under the name. */
  resource(name: string): GuestResource
  /** Its destructor; a function that does nothing when the guest has none. */
  drop(name: string): (rep: number) => void
}

export interface ExportedFunction {
  readonly signature: string
  /** The camelCase member of the exports object. */
  readonly member: string
}

/** An interface that the world exports. `bind` makes the typed object for one instance. */
export interface ExportedInterface<T> {
  readonly id: string
  readonly types?: TypeTable
  readonly functions: Readonly<Record<string, ExportedFunction>>
  /** The slots of the resources that the interface declares, by WIT name. */
  readonly resources?: Readonly<Record<string, number>>
  /** Its core functions, for calls of one of several instances. */
  readonly dispatch?: AnyDispatch | undefined
  readonly bind: (cx: Context, exports: CoreExports) => T
}

/** A generated world, as the runtime sees it. World-level functions are the interface with the id `''` (`$root`). */
export interface WorldDescriptor {
  /** The version of the runtime ABI the code was generated for. */
  readonly abi: 1
  /** `ns:pkg/world@1.0.0`. */
  readonly id: string
  readonly imports: readonly ImportedInterface[]
  readonly exports: readonly ExportedInterface<unknown>[]
}

/** Any value with a tag, as generated code looks at variants before it has checked them. */
export interface Tagged {
  readonly tag: unknown
  readonly val?: unknown
}
