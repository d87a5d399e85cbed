import { dealias, type Type } from '../ir/index.ts'
import { Names, variableName } from './case.ts'
import { FileScope } from './file-scope.ts'
import type { CodecModel } from './model.ts'
import { RUNTIME_TYPES, RUNTIME_VALUES, TEMPLATE_LOCALS } from './runtime-names.ts'
import { declaration, typeKey, typeLabel } from './type-key.ts'

/** What a codec function does: the spec's words for the four ways between values and core WebAssembly. */
export type CodecOp = 'load' | 'store' | 'lift' | 'lower'

/** Makes the body of a codec; its own requests for further codecs go to `file`. */
export type CodecMaker = (type: Type, name: string, file: CodecFile) => CodecModel

const RUNTIME = 'witgen/runtime/v1'
const CODEC_NAME = /^(?:load|store|lift|lower)[A-Z]/u

/**
 * The codec functions of one generated file. A codec of a declared type stands in the file of its interface and is
 * imported by the others; codecs of anonymous types stand where they are used.
 */
export class CodecFile {
  readonly scope: FileScope
  readonly #owner: (type: Type) => CodecFile | undefined
  readonly #made = new Map<string, { readonly name: string; readonly model: CodecModel | undefined }>()

  /** @param owner the file that declares a type's codecs; undefined for anonymous types */
  constructor(scope: FileScope, owner: (type: Type) => CodecFile | undefined) {
    this.scope = scope
    this.#owner = owner
  }

  /** The names that no import or local of a codec file may take. */
  static reserved(): readonly string[] {
    return [...RUNTIME_VALUES, ...RUNTIME_TYPES, ...TEMPLATE_LOCALS]
  }

  /** The name of a runtime helper, imported. */
  use(helper: string): string {
    this.scope.importExact(RUNTIME, helper)
    return helper
  }

  useType(type: string): string {
    this.scope.importExact(RUNTIME, `type ${type}`)
    return type
  }

  /** The name, in this file, of the codec that does `op` for `type`; made on the first request. */
  request(op: CodecOp, type: Type, make: CodecMaker): string {
    const owner = declaration(type) === undefined ? undefined : this.#owner(type)
    if (owner !== undefined && owner !== this) {
      return this.scope.import(this.scope.relative(owner.scope.path), owner.request(op, type, make))
    }
    const key = `${op} ${typeKey(type)}`
    const known = this.#made.get(key)
    if (known !== undefined) return known.name
    const name = this.scope.claim(`${op}${typeLabel(dealiased(type))}`)
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
