import type { LiftModel, LowerModel } from './codec-model.ts'

/* A part of the view model: plain data, no field is ever optional; `partial` names the template that prints a node. */

/** How a result comes back out of an export call. */
export type ExportResultModel =
  | { readonly partial: 'export/none'; readonly scoped: boolean }
  | {
      readonly partial: 'export/flat'
      readonly scoped: boolean
      readonly annotation: string
      readonly value: LiftModel
      /** Whether the core value is the result as it is. */
      readonly asIs: boolean
    }
  | {
      readonly partial: 'export/indirect'
      readonly scoped: boolean
      readonly size: number
      readonly align: number
      readonly post: string
      readonly annotation: string
      readonly value: LiftModel
    }
  | {
      readonly partial: 'export/flat-result'
      readonly scoped: boolean
      readonly test: string
    }
  | {
      readonly partial: 'export/indirect-result'
      readonly scoped: boolean
      readonly size: number
      readonly align: number
      readonly post: string
      readonly annotation: string
      readonly returns: boolean
      readonly ok: LiftModel
      readonly err: LiftModel
      readonly test: string
    }
  | (ViewResult & { readonly partial: 'views/whole' })
  | (ViewResult & { readonly partial: 'views/ok'; readonly err: LiftModel; readonly test: string })

/** What the results that are viewed where they lie have in common. */
interface ViewResult {
  readonly scoped: boolean
  readonly size: number
  readonly align: number
  readonly post: string
  /** The parameter that is called with the view. */
  readonly use: string
  /** The local for what is thrown instead of a result. */
  readonly failure: string
  /** The local that holds the view. */
  readonly viewName: string
  /** The expression that makes the view. */
  readonly view: string
  /** Whether there may be nothing to view. */
  readonly optional: boolean
}

/** A method that calls an exported function. */
export interface ExportModel {
  /** `inc`, or `static make`. */
  readonly head: string
  readonly member: string
  readonly params: readonly { readonly name: string; readonly type: string }[]
  /** A function that passes its arguments on to a static one. */
  readonly forward: string
  readonly resultType: string
  /** The statements that find the context. */
  readonly opening: readonly string[]
  /** `ns:pkg/iface#func`, as a quoted literal. */
  readonly func: string
  /** The core function: where it is kept, its TypeScript type, its WIT name, its core signature. */
  readonly core: {
    readonly field: string
    readonly type: string
    readonly key: string
    readonly signature: string
  }
  /** Empty or one: the post-return slot. */
  readonly posts: readonly { readonly field: string; readonly key: string }[]
  readonly enter: string
  readonly steps: readonly LowerModel[]
  /** Whether anything was lowered, so that the state has to move on. */
  readonly lowers: boolean
  /** Whether handles are lent or passed on. */
  readonly scoped: boolean
  readonly call: string
  /** The same call where the instance has a seat. */
  readonly seated: string
  /** The TypeScript type of the `err` payload, where the result has one; else empty. */
  readonly payloadType: string
  /** The payload to throw for `err`, where the function returns a result; else empty. */
  readonly throws: string
  readonly result: ExportResultModel
}

/** The class of the host's objects for a resource that lives in a guest. */
export interface ResourceClassModel {
  /** The name that users see, quoted. */
  readonly name: string
  /** The member of the exports object. */
  readonly member: string
  readonly wit: string
  readonly key: string
  readonly type: string
  readonly classType: string
  readonly className: string
  readonly coreName: string
  readonly bindName: string
  /** Empty or one. */
  readonly constructors: readonly ExportModel[]
  /** What errors call its destructor, quoted. */
  readonly dropName: string
  /** The function behind `new`, or `undefined`. */
  readonly create: string
  readonly methods: readonly ExportModel[]
  readonly statics: readonly ExportModel[]
}

/** How a result is given back from an import. */
export type ImportResultModel =
  | { readonly partial: 'import/none' }
  | {
      readonly partial: 'import/flat'
      readonly returned: string
      readonly steps: readonly LowerModel[]
      readonly value: string
    }
  | { readonly partial: 'import/indirect'; readonly returned: string; readonly steps: readonly LowerModel[] }
  | {
      readonly partial: 'import/result'
      /** The helper that the host's value goes through; may be empty. */
      readonly returned: string
      readonly returnsValue: boolean
      readonly takesPayload: boolean
      readonly ok: readonly LowerModel[]
      readonly err: readonly LowerModel[]
      /** Whether the core function returns the discriminant, since there is nothing else to the result. */
      readonly flat: boolean
    }

/** One function of an imported interface. */
export interface ImportFunctionModel {
  readonly key: string
  readonly signature: string
  readonly member: string
  readonly func: string
  /** How a function of a resource is called, given the object or the class; empty for others. */
  readonly invoke: string
  /** The type of the slot object with the host's functions. */
  readonly host: string
  readonly params: string
  readonly result: string
  readonly freshen: boolean
  /** Whether handles are lent, so that the scope has to end with the call. */
  readonly scoped: boolean
  /** Empty, or the statements that find argument block and return area. */
  readonly blocks: readonly string[]
  /** What is called, `host.log`, and the lifted arguments. */
  readonly callee: string
  readonly args: readonly LiftModel[]
  readonly body: ImportResultModel
}

/** A set of exported functions: the class that calls them and its descriptor. */
export interface ExportedFaceModel {
  readonly name: string
  readonly className: string
  readonly interfaceName: string
  readonly id: string
  readonly methods: readonly ExportModel[]
  readonly classes: readonly ResourceClassModel[]
  readonly usesContext: boolean
  /** Its core functions, with their signatures. */
  readonly dispatch: readonly { readonly key: string; readonly signature: string }[]
  readonly hasDispatch: boolean
  readonly hasResources: boolean
  readonly functions: readonly { readonly key: string; readonly signature: string; readonly member: string }[]
  readonly resources: readonly { readonly key: string; readonly slot: string }[]
}

/** A set of imported functions. */
export interface ImportedFaceModel {
  readonly name: string
  readonly id: string
  readonly wit: string
  readonly hasResources: boolean
  readonly functions: readonly ImportFunctionModel[]
  readonly resources: readonly {
    readonly key: string
    readonly member: string
    readonly imported: string
    readonly exported: string
  }[]
}
