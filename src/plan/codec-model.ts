/* A part of the view model: plain data, no field is ever optional; `partial` names the template that prints a node. */

/** A member that every object inherits, read from the object itself. */
export interface OwnFieldModel {
  readonly local: string
  readonly key: string
  /** What is read. */
  readonly object: string
}

/** An expression that lifts a value. */
export type LiftModel =
  | { readonly partial: 'lift/expression'; readonly text: string }
  | {
      readonly partial: 'lift/record'
      readonly fields: readonly { readonly name: string; readonly value: LiftModel }[]
    }
  | { readonly partial: 'lift/tuple'; readonly items: readonly LiftModel[] }
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
  | {
      readonly partial: 'lower/record'
      readonly check: CheckModel
      /** The expression that is taken apart, cast where TypeScript does not know it yet. */
      readonly value: string
      /** `x` or `x: x_` */
      readonly bindings: readonly string[]
      readonly owns: readonly OwnFieldModel[]
      /** The test for an object that has none of the members, where that is a legal value; else empty. */
      readonly bare: string
      readonly steps: readonly LowerModel[]
    }
  | {
      readonly partial: 'lower/tuple'
      readonly check: CheckModel
      /** The local for what the items are read from, and its value. */
      readonly elements: string
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
      readonly element: string
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
      /** The expression that is taken apart. */
      readonly value: string
      readonly flags: readonly { readonly key: string }[]
      /** The test for any that is no boolean, and all of them as members. */
      readonly wrong: string
      readonly members: string
      readonly bindings: readonly string[]
      readonly owns: readonly OwnFieldModel[]
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
      /** The test, made once, whether members of elements are inherited; may be empty. */
      readonly polluted: string
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
      readonly expected: string
      readonly length: number
      readonly size: number
      readonly steps: readonly LowerModel[]
    }

/** A state of an instance, as a constant of the file. */
export interface StateModel {
  readonly name: string
  readonly value: number
}
