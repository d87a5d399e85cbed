import { dealias, type Type, type TypeDef } from '../ir/index.ts'
import { camelCase, Names, pascalCase, variableName } from './case.ts'
import { FileScope } from './file-scope.ts'
import type { CodecModel, ErrorCodesModel, SlotModel, StateModel } from './model.ts'
import { quote } from './path-text.ts'
import { RUNTIME_TYPES, RUNTIME_VALUES, TEMPLATE_LOCALS } from './runtime-names.ts'
import { hasHandles } from './handles.ts'
import { declaration, typeKey, typeLabel } from './type-key.ts'

/** What a codec function does: the spec's words for the four ways between values and core WebAssembly. */
export type CodecOp = 'load' | 'store' | 'lift' | 'lower'

/** Whose resources are meant where a world imports and exports an interface: the host's, or the guest's. */
export type Direction = 'imported' | 'exported'

/** Makes the body of a codec; its own requests for further codecs go to `file`. */
export type CodecMaker = (type: Type, name: string, file: CodecFile) => CodecModel

/** For each error type the number of each of its cases, by WIT name. */
export type ErrorNumbers = ReadonlyMap<TypeDef, ReadonlyMap<string, number>>

const RUNTIME = 'witgen/runtime/v1'

/** The states of an instance, as the runtime's `Context` numbers them. */
const STATES = { IDLE: 0, RUNNING: 1, LOWERING: 2 } as const
const CODEC_NAME = /^(?:load|store|lift|lower|codesOf|casesOf)[A-Z]|(?:Imported|Exported)_*$/u

/**
 * The codec functions of one generated file. A codec of a declared type stands in the file of its interface and is
 * imported by the others; codecs of anonymous types stand where they are used (views use those of their interface).
 */
export class CodecFile {
  readonly scope: FileScope
  /** From which side its functions look at resources. */
  readonly direction: Direction
  readonly #owner: (def: TypeDef) => CodecFile
  readonly #made: Map<string, { readonly name: string; readonly model: CodecModel | undefined }>
  readonly #slots: Map<string, SlotModel>
  readonly #states: Set<string>
  readonly #codes: Map<TypeDef, ErrorCodesModel>
  readonly #errorNumbers: ErrorNumbers
  #other: CodecFile | undefined
  /** Whether arguments that are lists of numbers may be blocks which the guest has allocated: in files of views. */
  takesBlocks = false
  /** The file that holds the codecs of anonymous types in place of this one: for files of views, the interface's own. */
  shared: CodecFile | undefined = undefined

  /**
   * @param owner the file that holds the codecs of a declared type
   * @param errorNumbers the numbers of error cases, by declaration
   * @param twin the same file, seen from the other direction
   */
  constructor(
    scope: FileScope,
    owner: (def: TypeDef) => CodecFile,
    errorNumbers: ErrorNumbers = new Map(),
    twin?: CodecFile,
  ) {
    this.scope = scope
    this.#owner = owner
    this.direction = twin === undefined ? 'exported' : 'imported'
    this.#made = twin === undefined ? new Map() : twin.#made
    this.#slots = twin === undefined ? new Map() : twin.#slots
    this.#states = twin === undefined ? new Set() : twin.#states
    this.#codes = twin === undefined ? new Map() : twin.#codes
    this.#errorNumbers = errorNumbers
    this.#other = twin
  }

  /** This file, for functions of the direction. */
  as(direction: Direction): CodecFile {
    if (direction === this.direction) return this
    this.#other ??= new CodecFile(this.scope, this.#owner, this.#errorNumbers, this)
    return this.#other
  }

  /** The name of the slot in which instances keep a resource type, as functions of this direction see it. */
  slot(resource: TypeDef): string {
    const def = declaration({ kind: 'ref', def: resource }) ?? resource
    const owner = this.#owner(def).as(this.direction)
    const name = owner.#declareSlot(def)
    return owner.scope === this.scope ? name : this.scope.import(this.scope.relative(owner.scope.path), name)
  }

  /** The slots that the file declares, sorted by name. */
  slots(): readonly SlotModel[] {
    return [...this.#slots.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  #declareSlot(def: TypeDef): string {
    const key = `${this.direction} ${def.name}`
    const known = this.#slots.get(key)
    if (known !== undefined) return known.name
    const name = this.scope.claim(`${camelCase(def.name)}${this.direction === 'imported' ? 'Imported' : 'Exported'}`)
    const who = this.direction === 'imported' ? 'imports' : 'exports'
    this.#slots.set(key, { name, wit: def.name, who })
    this.use('resourceSlot')
    return name
  }

  /** The name of the table with the numbers of an error type's cases; undefined where they have none. */
  errorCodes(def: TypeDef): string | undefined {
    const numbers = this.#errorNumbers.get(def)
    if (numbers === undefined) return undefined
    const owner = this.#owner(def)
    const name = owner.#declareCodes(def, numbers)
    return owner.scope === this.scope ? name : this.scope.import(this.scope.relative(owner.scope.path), name)
  }

  /** The tables of error numbers that the file declares, sorted by name. */
  errorCodeTables(): readonly ErrorCodesModel[] {
    return [...this.#codes.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  #declareCodes(def: TypeDef, numbers: ReadonlyMap<string, number>): string {
    const known = this.#codes.get(def)
    if (known !== undefined) return known.name
    const name = this.scope.claim(`codesOf${pascalCase(def.name)}`)
    const cases = [...numbers].map(([wit, number]) => ({ key: quote(wit), number }))
    this.#codes.set(def, { name, wit: def.name, cases })
    return name
  }

  /** The names that no import or local of a codec file may take. */
  static reserved(): readonly string[] {
    return [...RUNTIME_VALUES, ...RUNTIME_TYPES, ...TEMPLATE_LOCALS]
  }

  /** The name of a runtime helper, imported. */
  use(helper: string): string {
    if (helper in STATES) this.#states.add(helper)
    else this.scope.importExact(RUNTIME, helper)
    return helper
  }

  /** The states that its functions name, sorted by value. */
  states(): readonly StateModel[] {
    return Object.entries(STATES).flatMap(([name, value]) => (this.#states.has(name) ? [{ name, value }] : []))
  }

  useType(type: string): string {
    this.scope.importExact(RUNTIME, `type ${type}`)
    return type
  }

  /** The name, in this file, of the codec that does `op` for `type`; made on the first request. */
  request(op: CodecOp, type: Type, make: CodecMaker): string {
    const def = declaration(type)
    const owner = def === undefined ? (this.shared ?? this) : this.#owner(def).as(this.direction)
    if (owner.scope !== this.scope) {
      return this.scope.import(this.scope.relative(owner.scope.path), owner.request(op, type, make))
    }
    // Types with handles have codecs per direction, since the resources differ.
    const side = hasHandles(type) ? this.direction : ''
    const key = `${op} ${typeKey(type)} ${side}`
    const known = this.#made.get(key)
    if (known !== undefined) return known.name
    const name = this.scope.claim(`${op}${typeLabel(dealiased(type))}${side === 'imported' ? 'Imported' : ''}`)
    this.#made.set(key, { name, model: undefined })
    this.#made.set(key, { name, model: make(type, name, this) })
    return name
  }

  /** The local names of one function, free of everything that its body may refer to. */
  locals(): Names {
    return new LocalNames(CodecFile.reserved())
  }

  /** All codecs that were asked for, each after those it was asked for first, sorted by name. */
  codecs(): readonly CodecModel[] {
    return [...this.#made.values()]
      .flatMap(({ model }) => (model === undefined ? [] : [model]))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}

/** Locals keep clear of codec functions as well, whatever their names. */
class LocalNames extends Names {
  override claim(name: string): string {
    return super.claim(CODEC_NAME.test(name) ? `${name}_` : name)
  }
}

/** A kebab name as a local variable of a generated function. */
export function localName(names: Names, kebab: string): string {
  return names.claim(variableName(kebab))
}

const dealiased = (type: Type): Type => (declaration(type) === undefined ? dealias(type) : type)
