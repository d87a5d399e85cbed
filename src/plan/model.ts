/*
 * The view model: what the templates print. Plain data, no field is ever optional, every decision is made. `partial`
 * names the template that prints a node.
 */

/** `import { names } from 'from'`; a name may be `a as b`, or `type A`. */
export interface ImportModel {
  readonly names: readonly string[]
  readonly from: string
}

export interface HeaderModel {
  readonly lines: readonly string[]
}

/** One declaration of a types file. */
export type DeclarationModel =
  | ResourceDeclarationModel
  | {
      readonly partial: 'types/record'
      readonly docs: readonly string[]
      readonly name: string
      readonly fields: readonly MemberModel[]
    }
  | {
      readonly partial: 'types/variant'
      readonly docs: readonly string[]
      readonly name: string
      readonly cases: readonly CaseModel[]
    }
  | {
      readonly partial: 'types/enum'
      readonly docs: readonly string[]
      readonly name: string
      readonly cases: readonly MemberModel[]
    }
  | { readonly partial: 'types/alias'; readonly docs: readonly string[]; readonly name: string; readonly type: string }
  | {
      readonly partial: 'types/reexport'
      readonly docs: readonly string[]
      readonly name: string
      readonly from: string
      readonly value: boolean
    }

/** A resource: the interface of its objects and that of its class. */
export interface ResourceDeclarationModel {
  readonly partial: 'types/resource'
  readonly docs: readonly string[]
  readonly name: string
  readonly className: string
  readonly wit: string
  /** Empty or one. */
  readonly constructors: readonly SignatureModel[]
  readonly methods: readonly SignatureModel[]
  readonly statics: readonly SignatureModel[]
  readonly disposeMark: string
  readonly disposeDocs: readonly string[]
}

/** A member of an interface, class or object: `type` is TypeScript, `name` a property key or identifier. */
export interface MemberModel {
  readonly docs: readonly string[]
  readonly name: string
  /** `?` for an optional property, else empty. */
  readonly mark: string
  readonly type: string
}

export interface CaseModel {
  readonly docs: readonly string[]
  readonly tag: string
  readonly payload: boolean
  readonly type: string
}

/** A function as TypeScript declares it. */
export interface SignatureModel {
  readonly docs: readonly string[]
  readonly name: string
  readonly params: readonly { readonly name: string; readonly type: string }[]
  readonly result: string
}

/** The TypeScript interface of a set of functions. */
export interface FunctionsModel {
  readonly docs: readonly string[]
  readonly name: string
  /** The classes of its resources. */
  readonly classes: readonly MemberModel[]
  readonly methods: readonly SignatureModel[]
}

/** The file of an interface: its types and the interface of its functions. */
export interface TypesFileModel {
  readonly template: 'types-file'
  readonly path: string
  readonly header: HeaderModel
  /** Whether it names `Symbol.dispose`. */
  readonly disposable: boolean
  readonly imports: readonly ImportModel[]
  readonly declarations: readonly DeclarationModel[]
  /** Empty or one. */
  readonly functions: readonly FunctionsModel[]
}

/** An expression that lifts a value. */
export type LiftModel =
  | { readonly partial: 'lift/expression'; readonly text: string }
  | {
      readonly partial: 'lift/record'
      readonly fields: readonly { readonly name: string; readonly value: LiftModel }[]
    }
  | { readonly partial: 'lift/tuple'; readonly items: readonly LiftModel[] }
  | { readonly partial: 'lift/typed-array'; readonly array: string; readonly items: LiftModel }
  | { readonly partial: 'lift/option'; readonly test: string; readonly some: LiftModel }
  | { readonly partial: 'lift/nested-option'; readonly test: string; readonly some: LiftModel }
  | { readonly partial: 'lift/result'; readonly test: string; readonly ok: LiftModel; readonly err: LiftModel }

/** `if (test) invalid(path, expected, value)` */
export interface CheckModel {
  readonly partial: 'lower/check'
  readonly test: string
  readonly path: string
  readonly expected: string
  readonly value: string
}

/** Statements that check a value and lower it into local variables or into memory. */
export type LowerModel =
  | CheckModel
  /** Any single statement. */
  | { readonly partial: 'lower/statement'; readonly text: string }
  /** Statements one after the other. */
  | { readonly partial: 'lower/sequence'; readonly steps: readonly LowerModel[] }
  | {
      readonly partial: 'lower/record'
      readonly check: CheckModel
      /** The expression that is taken apart, cast where TypeScript does not know it yet. */
      readonly value: string
      /** `x` or `x: x_` */
      readonly bindings: readonly string[]
      readonly steps: readonly LowerModel[]
    }
  | {
      readonly partial: 'lower/tuple'
      readonly check: CheckModel
      readonly value: string
      readonly items: readonly { readonly local: string; readonly from: string }[]
      readonly steps: readonly LowerModel[]
    }
  | {
      readonly partial: 'lower/option'
      readonly outs: readonly OutModel[]
      readonly value: string
      /** Whether there is something to do for `none`. */
      readonly absent: boolean
      readonly none: readonly LowerModel[]
      readonly some: readonly LowerModel[]
    }
  | {
      readonly partial: 'lower/variant'
      readonly outs: readonly OutModel[]
      readonly check: CheckModel
      readonly value: string
      readonly tag: string
      readonly payload: string
      /** Whether any case has a payload. */
      readonly payloads: boolean
      readonly cases: readonly { readonly tag: string; readonly steps: readonly LowerModel[] }[]
      readonly path: string
      readonly expected: string
    }

/** A variable that the cases of a variant assign: `let shapeTag = 0`. */
export interface OutModel {
  readonly name: string
  readonly zero: string
}

/** The constant for the place of a resource type in an instance. */
export interface SlotModel {
  readonly name: string
  readonly wit: string
  readonly who: 'imports' | 'exports'
}

/** A named function of a codec file. */
export type CodecModel =
  | {
      readonly partial: 'codec/load-record'
      readonly name: string
      readonly wit: string
      readonly type: string
      readonly value: LiftModel
    }
  | {
      readonly partial: 'codec/lift-variant'
      readonly name: string
      readonly verb: string
      readonly loads: boolean
      readonly wit: string
      readonly type: string
      readonly params: string
      readonly tag: string
      readonly cases: readonly {
        readonly index: number
        readonly tag: string
        readonly payload: boolean
        readonly value: LiftModel
      }[]
    }
  | {
      readonly partial: 'codec/lift-enum'
      readonly name: string
      readonly wit: string
      readonly type: string
      readonly table: string
      readonly cases: readonly string[]
    }
  | {
      readonly partial: 'codec/lift-flags'
      readonly name: string
      readonly wit: string
      readonly type: string
      readonly flags: readonly { readonly name: string; readonly mask: string }[]
    }
  | {
      readonly partial: 'codec/lift-list'
      readonly name: string
      readonly wit: string
      readonly type: string
      readonly array: string
      readonly size: number
      readonly align: number
      readonly item: LiftModel
    }
  | {
      readonly partial: 'codec/lift-map'
      readonly name: string
      readonly wit: string
      readonly key: string
      readonly value: string
      readonly size: number
      readonly align: number
      readonly keyItem: LiftModel
      readonly valueItem: LiftModel
    }
  | {
      readonly partial: 'codec/load-array'
      readonly name: string
      readonly wit: string
      readonly type: string
      readonly array: string
      readonly length: number
      readonly size: number
      readonly item: LiftModel
    }
  | {
      readonly partial: 'codec/store'
      readonly name: string
      readonly wit: string
      readonly steps: readonly LowerModel[]
    }
  | {
      readonly partial: 'codec/lower-enum'
      readonly name: string
      readonly wit: string
      readonly cases: readonly { readonly tag: string; readonly index: number }[]
      readonly expected: string
    }
  | {
      readonly partial: 'codec/lower-flags'
      readonly name: string
      readonly wit: string
      readonly type: string
      readonly flags: readonly { readonly local: string; readonly key: string }[]
      readonly bindings: readonly string[]
      readonly bits: string
      readonly expected: string
      readonly keys: string
    }
  | {
      readonly partial: 'codec/lower-list'
      readonly name: string
      readonly wit: string
      readonly size: number
      readonly align: number
      readonly steps: readonly LowerModel[]
    }
  | {
      readonly partial: 'codec/lower-map'
      readonly name: string
      readonly wit: string
      readonly size: number
      readonly align: number
      readonly steps: readonly LowerModel[]
    }
  | {
      readonly partial: 'codec/store-array'
      readonly name: string
      readonly wit: string
      readonly test: string
      readonly expected: string
      readonly length: number
      readonly size: number
      readonly steps: readonly LowerModel[]
    }

/** How a result comes back out of an export call, or is given back from an import. */
export type ExportResultModel =
  | { readonly partial: 'export/none'; readonly scoped: boolean }
  | {
      readonly partial: 'export/flat'
      readonly scoped: boolean
      readonly annotation: string
      readonly value: LiftModel
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
      readonly func: string
      readonly test: string
    }
  | {
      readonly partial: 'export/indirect-result'
      readonly scoped: boolean
      readonly size: number
      readonly align: number
      readonly post: string
      readonly annotation: string
      readonly func: string
      readonly returns: boolean
      readonly ok: LiftModel
      readonly err: LiftModel
      readonly test: string
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
  /** Whether the object's own handle is lent for the time of the call. */
  readonly lends: boolean
  /** `ns:pkg/iface#func`, as a quoted literal. */
  readonly func: string
  readonly core: { readonly field: string; readonly type: string; readonly key: string }
  /** Empty or one: the post-return slot. */
  readonly posts: readonly { readonly field: string; readonly key: string }[]
  readonly enter: string
  readonly steps: readonly LowerModel[]
  /** Whether anything was lowered, so that the state has to move on. */
  readonly lowers: boolean
  /** Whether handles are lent or passed on. */
  readonly scoped: boolean
  readonly call: string
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
  /** The function behind `new`, or `undefined`. */
  readonly create: string
  readonly methods: readonly ExportModel[]
  readonly statics: readonly ExportModel[]
}

export type ImportResultModel =
  | { readonly partial: 'import/none' }
  | { readonly partial: 'import/flat'; readonly steps: readonly LowerModel[]; readonly value: string }
  | { readonly partial: 'import/indirect'; readonly steps: readonly LowerModel[] }
  | {
      readonly partial: 'import/result'
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

export interface TableEntryModel {
  readonly key: string
  readonly text: string
}

/** A line of the type table; the first and the last open and close it. */
export interface TableLineModel extends TableEntryModel {
  readonly first: boolean
  readonly last: boolean
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

/** The codec file of an interface, or of what a world itself imports and exports. */
export interface CodecFileModel {
  readonly template: 'codec-file'
  readonly path: string
  readonly header: HeaderModel
  readonly imports: readonly ImportModel[]
  readonly types: readonly TableLineModel[]
  readonly slots: readonly SlotModel[]
  /** Each with the expression of the type table. */
  readonly exports: readonly (ExportedFaceModel & { readonly types: string })[]
  readonly importeds: readonly (ImportedFaceModel & { readonly types: string })[]
  readonly codecs: readonly CodecModel[]
}

/** What a world exports outside of any interface. */
export interface RootModel {
  readonly type: string
  readonly descriptor: string
  readonly methods: readonly (SignatureModel & { readonly callee: string; readonly args: string })[]
  readonly classes: readonly MemberModel[]
}

export interface WorldFileModel {
  readonly template: 'world-file'
  readonly path: string
  readonly header: HeaderModel
  readonly imports: readonly ImportModel[]
  readonly namespaces: readonly { readonly name: string; readonly from: string }[]
  readonly docs: readonly string[]
  readonly name: string
  readonly id: string
  readonly importsName: string
  readonly optionsName: string
  /** Whether `options` may be left out. */
  readonly optional: boolean
  readonly declarations: readonly DeclarationModel[]
  readonly functions: readonly FunctionsModel[]
  readonly hostImports: readonly MemberModel[]
  /** The functions and classes of the world itself, which the class passes on. */
  readonly roots: readonly RootModel[]
  readonly members: readonly (MemberModel & { readonly descriptor: string })[]
  readonly importDescriptors: readonly string[]
  readonly exportDescriptors: readonly string[]
}

export type FileModel = TypesFileModel | CodecFileModel | WorldFileModel
