import type { Span } from '../ir/index.ts'
import type { ExportedFaceModel, ExportModel, ImportedFaceModel } from './call-model.ts'
import type { CodecModel, LiftModel, SlotModel, StateModel } from './codec-model.ts'
import type { DeclarationModel, FunctionsModel, MemberModel, SignatureModel } from './types-model.ts'

/* A part of the view model: plain data, no field is ever optional; `partial` names the template that prints a node. */

/** `import { names } from 'from'`; a name may be `a as b`, or `type A`. */
export interface ImportModel {
  readonly names: readonly string[]
  /** Whether all of them are types: `import type`. */
  readonly typesOnly: boolean
  readonly from: string
}

/** The comment at the top of a file. */
export interface HeaderModel {
  readonly lines: readonly string[]
}

/** That of a generated file, and what it says. */
export interface FileHeaderModel extends HeaderModel {
  /** What the file was made by and from. */
  readonly made: string
  /** The names of the worlds that use it. */
  readonly worlds: readonly string[]
}

/** Where a declaration of a generated file comes from. */
export interface OriginModel {
  /** Its name in the file: `Sample`, `Sample.id`, `Failure.bad-sample`, `Analysis.find`, `Analysis.find(samples)`. */
  readonly name: string
  readonly span: Span
}

/** The file of an interface: its types and the interface of its functions. */
export interface TypesFileModel {
  readonly template: 'types-file'
  readonly path: string
  readonly header: FileHeaderModel
  /** For maps from declarations to the WIT; templates do not print them. */
  readonly origins: readonly OriginModel[]
  /** Whether it names `Symbol.dispose`. */
  readonly disposable: boolean
  readonly imports: readonly ImportModel[]
  readonly declarations: readonly DeclarationModel[]
  /** Empty or one. */
  readonly functions: readonly FunctionsModel[]
}

/** An entry of the type table. */
export interface TableEntryModel {
  readonly key: string
  readonly text: string
}

/** A line of the type table; the first and the last open and close it. */
export interface TableLineModel extends TableEntryModel {
  readonly first: boolean
  readonly last: boolean
}

/** The numbers of the cases of an error type. */
export interface ErrorCodesModel {
  /** Of the constant. */
  readonly name: string
  /** Of the type, in WIT. */
  readonly wit: string
  readonly cases: readonly { readonly key: string; readonly number: number }[]
}

/** The codec file of an interface, or of what a world itself imports and exports. */
export interface CodecFileModel {
  readonly template: 'codec-file'
  readonly path: string
  readonly header: FileHeaderModel
  /** For maps from declarations to the WIT; templates do not print them. */
  readonly origins: readonly OriginModel[]
  readonly imports: readonly ImportModel[]
  readonly types: readonly TableLineModel[]
  readonly slots: readonly SlotModel[]
  /** Whether any state is named. */
  readonly hasStates: boolean
  readonly states: readonly StateModel[]
  readonly errorCodes: readonly ErrorCodesModel[]
  /** Each with the expression of the type table. */
  readonly exports: readonly (ExportedFaceModel & { readonly hasTypes: boolean })[]
  readonly importeds: readonly (ImportedFaceModel & { readonly hasTypes: boolean })[]
  readonly codecs: readonly CodecModel[]
}

/** The class of views on a record in the guest's memory. */
export interface RecordViewModel {
  readonly docs: readonly string[]
  readonly name: string
  readonly fields: readonly {
    readonly docs: readonly string[]
    readonly name: string
    readonly type: string
    /** Reads the field at `ptr`. */
    readonly value: LiftModel
  }[]
}

/** The file with which results of an exported interface, or of a world's own functions, are viewed where they lie. */
export interface ViewsFileModel {
  readonly template: 'views-file'
  readonly path: string
  readonly header: FileHeaderModel
  /** For maps from declarations to the WIT; templates do not print them. */
  readonly origins: readonly OriginModel[]
  readonly imports: readonly ImportModel[]
  readonly hasStates: boolean
  readonly states: readonly StateModel[]
  readonly records: readonly RecordViewModel[]
  readonly functions: FunctionsModel
  readonly className: string
  /** The function that makes the object of an instance. */
  readonly factory: string
  /** The TypeScript type of the object with the ordinary functions. */
  readonly ordinaryType: string
  /** The constant of the codec file that describes the interface. */
  readonly descriptor: string
  readonly wit: string
  readonly methods: readonly (ExportModel & { readonly partial: 'export/method' | 'views/method' })[]
  /** Their core functions, with their signatures. */
  readonly dispatch: ExportedFaceModel['dispatch']
  /** Empty or one: the method that reserves blocks. */
  readonly reserves: readonly { readonly head: string; readonly key: string; readonly func: string }[]
  /** The functions of resources, by WIT name: what they are called here. */
  readonly members: readonly { readonly key: string; readonly member: string }[]
  readonly hasMembers: boolean
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
    | 'CompileOptions'
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

/** The file of a world. */
export interface WorldFileModel {
  readonly template: 'world-file'
  readonly path: string
  readonly header: FileHeaderModel
  /** For maps from declarations to the WIT; templates do not print them. */
  readonly origins: readonly OriginModel[]
  readonly imports: readonly ImportModel[]
  readonly namespaces: readonly { readonly docs: readonly string[]; readonly name: string; readonly from: string }[]
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
  /** The same by keys with versions: empty where none has one, or where those above have them already; else one. */
  readonly versioned: readonly { readonly name: string; readonly hostImports: readonly MemberModel[] }[]
  /** What `imports` may be: one of the two. */
  readonly importsType: string
  /** The functions and classes of the world itself, which the class passes on. */
  readonly roots: readonly RootModel[]
  readonly members: readonly (MemberModel & { readonly descriptor: string })[]
  readonly importDescriptors: readonly string[]
  readonly exportDescriptors: readonly string[]
}

/** Any file of the output. */
export type FileModel = TypesFileModel | CodecFileModel | ViewsFileModel | WorldFileModel
