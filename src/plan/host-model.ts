import type { HeaderModel, ImportModel } from './file-model.ts'

/* A part of the view model: plain data, no field is ever optional; `partial` names the template that prints a node. */

/** A function of the host that is not written yet. */
export interface HostFunctionModel {
  readonly docs: readonly string[]
  /** What stands before the name: `export function `, `static `, or nothing. */
  readonly head: string
  readonly name: string
  readonly params: readonly { readonly name: string; readonly type: string }[]
  readonly hasParams: boolean
  /** `: number`, or nothing for constructors. */
  readonly returns: string
  /** What it throws, as a string literal. */
  readonly message: string
  /** Whether a comma follows, as in an object. */
  readonly comma: boolean
}

/** A class of the host. */
export interface HostClassModel {
  readonly partial: 'scaffold/class'
  readonly docs: readonly string[]
  readonly name: string
  /** The generated interface of its objects. */
  readonly type: string
  readonly functions: readonly HostFunctionModel[]
  /** `Symbol`, or what leads to it. */
  readonly symbol: string
}

/** An interface of the host. */
export interface HostObjectModel {
  readonly partial: 'scaffold/object'
  readonly docs: readonly string[]
  readonly name: string
  readonly type: string
  /** Its classes: `Counter`, or `Counter: Counter_`. */
  readonly classes: readonly string[]
  readonly functions: readonly HostFunctionModel[]
}

/** A function outside of interfaces. */
export interface HostRootModel extends HostFunctionModel {
  readonly partial: 'scaffold/function'
}

export type HostDeclarationModel = HostClassModel | HostObjectModel | HostRootModel

/** A whole file that implements the imports of a world. */
export interface HostFileModel {
  readonly template: 'scaffold/file'
  readonly header: HeaderModel
  readonly imports: readonly ImportModel[]
  readonly declarations: readonly HostDeclarationModel[]
  /** The type of all imports, and a line for each. */
  readonly type: string
  readonly world: string
  readonly entries: readonly string[]
}

/** Declarations alone, to be put into a file. */
export interface HostDeclarationsModel {
  readonly template: 'scaffold/declarations'
  readonly declarations: readonly HostDeclarationModel[]
}

/** Functions as members of an object or a class, which is cut off again. */
export interface HostMembersModel {
  readonly template: 'scaffold/object-members' | 'scaffold/class-members'
  readonly functions: readonly HostFunctionModel[]
}

export type HostModel = HostFileModel | HostDeclarationsModel | HostMembersModel
