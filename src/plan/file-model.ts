import type { ExportedFaceModel, ImportedFaceModel } from './call-model.ts'
import type { CodecModel, SlotModel, StateModel } from './codec-model.ts'
import type { DeclarationModel, FunctionsModel, MemberModel, SignatureModel } from './types-model.ts'

/* A part of the view model: plain data, no field is ever optional; `partial` names the template that prints a node. */

/** `import { names } from 'from'`; a name may be `a as b`, or `type A`. */
export interface ImportModel {
  readonly names: readonly string[]
  readonly from: string
}

export interface HeaderModel {
  readonly lines: readonly string[]
}

/** One declaration of a types file. */
/** A resource: the interface of its objects and that of its class. */
/** A member of an interface, class or object: `type` is TypeScript, `name` a property key or identifier. */
/** A function as TypeScript declares it. */
/** The TypeScript interface of a set of functions. */
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
/** `if (test) invalid(path, expected, value)` */
/** Statements that check a value and lower it into local variables or into memory. */
/** A variable that the cases of a variant assign: `let shapeTag = 0`. */
/** The constant for the place of a resource type in an instance. */
/** A named function of a codec file. */
/** How a result comes back out of an export call, or is given back from an import. */
/** A method that calls an exported function. */
/** The class of the host's objects for a resource that lives in a guest. */
/** One function of an imported interface. */
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
/** A set of imported functions. */
/** The codec file of an interface, or of what a world itself imports and exports. */
/** The numbers of the cases of an error type. */
export interface ErrorCodesModel {
  /** Of the constant. */
  readonly name: string
  /** Of the type, in WIT. */
  readonly wit: string
  readonly cases: readonly { readonly key: string; readonly number: number }[]
}

export interface CodecFileModel {
  readonly template: 'codec-file'
  readonly path: string
  readonly header: HeaderModel
  readonly imports: readonly ImportModel[]
  readonly types: readonly TableLineModel[]
  readonly slots: readonly SlotModel[]
  /** Whether any state is named. */
  readonly hasStates: boolean
  readonly states: readonly StateModel[]
  readonly errorCodes: readonly ErrorCodesModel[]
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

/** What things of the runtime, and globals, are called in the file of a world. */
export type RuntimeNamesModel = Readonly<
  Record<
    | 'CompiledComponent'
    | 'InstanceOptions'
    | 'Source'
    | 'compile'
    | 'instantiateWorld'
    | 'Instance'
    | 'WorldDescriptor'
    | 'Promise'
    | 'Symbol',
    string
  >
>

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
  readonly runtime: RuntimeNamesModel
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
