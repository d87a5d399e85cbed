import type { CoreDef } from '../component/link-plan.ts'
import type { Context } from './context.ts'
import type { ContextSpec } from './context-plan.ts'
import type { CoreFunction, ExportFace, ImportedFunction, ImportFace, LinkedImport } from './descriptor.ts'
import type { Linked } from './link.ts'

/**
 * What instantiating a component as a world takes, worked out once per pair by `prepareLink`: imports grouped as the engine
 * wants them, contexts and host interfaces by number. `link` runs it.
 */
export interface LinkProgram {
  readonly resources: readonly ResourceSpec[]
  /** Which resource type stands in which slot of the contexts. */
  readonly slots: readonly SlotSpec[]
  readonly contexts: readonly ContextSpec[]
  readonly hosts: readonly HostSpec[]
  readonly steps: readonly LinkStep[]
  readonly exports: ReadonlyMap<ExportFace, LiftedInterface>
  /** Imports that the world lacks and the host gives all the same: what to say of each when it is not given. */
  readonly extras: ReadonlyMap<string, string>
}

/** An imported interface and the functions of it that the guest calls, by WIT name. */
export interface HostSpec {
  readonly face: ImportFace
  /** The import key without a version; undefined where only versioned keys tell which interface is meant. */
  readonly bareKey: string | undefined
  readonly functions: Map<string, LinkedImport>
  /** The members that are classes of resources, with their WIT names. */
  readonly classes?: Map<string, string>
  /** The context of the component instance that calls it (the first one, where several do). */
  readonly context: number
}

export type LinkStep = ModuleStep | StartStep | RelayStep

/** One core instance. */
export interface ModuleStep {
  readonly kind: 'instantiate'
  readonly module: number
  readonly imports: readonly ImportGroup[]
  /** The contexts whose memory or allocator is an export of it. */
  readonly provides: ProvidedOption[]
}

/** A component-level start function. */
export interface StartStep {
  readonly kind: 'start'
  readonly context: number
  readonly call: LinkValue
  readonly postReturn: CoreExport | undefined
}

/** Imported functions that the component exports as they are, as if a core instance did it: the last one. */
export interface RelayStep {
  readonly kind: 'relay'
  /** A context of its own, as of a component instance that does nothing else. */
  readonly context: number
  readonly functions: readonly {
    readonly name: string
    readonly value: LinkValue
    /** The block for a result that goes through memory. */
    readonly result: ResultArea | undefined
  }[]
}

/** A block of memory, in bytes. */
export interface ResultArea {
  readonly size: number
  readonly align: number
}

export interface ProvidedOption {
  readonly context: number
  readonly option: 'memory' | 'realloc'
  readonly name: string
}

/** What a core module imports from one module name; `names` and `values` go together. */
export interface ImportGroup {
  readonly module: string
  readonly names: string[]
  readonly values: LinkValue[]
}

export type LinkValue =
  | CoreExport
  | {
      readonly kind: 'lower'
      /** `ns:pkg/iface@version#[method]counter.inc` */
      readonly name: string
      readonly host: number
      readonly context: number
      readonly lower: ImportedFunction['lower']
    }
  /** A function of one inner component that another one calls. */
  | {
      readonly kind: 'inner'
      readonly context: number
      readonly callee: number
      readonly core: CoreExport
      readonly postReturn: CoreExport | undefined
      readonly connect: (caller: Context, callee: InnerCallee) => CoreFunction
    }
  | {
      readonly kind: 'resource-new' | 'resource-rep' | 'resource-drop'
      readonly resource: number
      readonly context: number
    }
  /** A built-in that is not served: a function that traps when the guest calls it. */
  | { readonly kind: 'unsupported'; readonly context: number; readonly what: string }

/** What the guest gives for an exported interface. */
export interface LiftedInterface {
  /** By WIT name. */
  readonly functions: ReadonlyMap<string, LiftSpec>
  /** The resources that the guest implements, by WIT name. */
  readonly resources: ReadonlyMap<string, number>
  /** The contexts of the functions: one, but for guests that lift them with different options. */
  readonly contexts: readonly number[]
  /** Makes the object for an instance, where no code was generated for the interface. */
  readonly bind: ((lifted: LiftedInterface, linked: Linked) => Record<string, unknown>) | undefined
}

/** A core function that is lifted as an export. */
export interface LiftSpec {
  readonly context: number
  readonly core: CoreExport
  readonly postReturn: CoreExport | undefined
  /** The result is a core value: the runtime calls the post-return, not the generated code. */
  readonly isFlat: boolean
}

/** A function that an inner component lifts. */
export interface InnerCallee {
  readonly cx: Context
  readonly core: CoreFunction
  readonly postReturn: CoreFunction | undefined
}

export type CoreExport = Extract<CoreDef, { readonly kind: 'core-export' }>

/** A resource type of the instance: the host's class, or what the guest implements. */
export type ResourceSpec =
  | { readonly kind: 'host'; readonly name: string; readonly host: number; readonly member: string }
  | { readonly kind: 'guest'; readonly name: string; readonly context: number; readonly dtor: CoreExport | undefined }

export interface SlotSpec {
  readonly slot: number
  readonly resource: number
}
