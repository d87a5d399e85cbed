/* A part of the view model: plain data, no field is ever optional; `partial` names the template that prints a node. */

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
  /** `Symbol`, or what leads to it where a type hides it. */
  readonly symbol: string
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

/** A case of a variant. */
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
