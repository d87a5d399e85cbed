import type { Func, TypeDef } from '../../ir/index.ts'
import type { Context } from '../context.ts'
import type { CoreFunction, ImportedFunction } from '../descriptor.ts'
import { WasmError } from '../errors.ts'
import type { InnerCallee, LiftedInterface } from '../link-program.ts'
import { CodecTable, hostRules, UnsupportedType } from './codec-table.ts'
import { exportFace } from './export-face.ts'
import { prefixOf, type Face } from './face.ts'
import type { importFace } from './faces-of-plan.ts'
import { importFunction } from './import-function.ts'
import { innerCall } from './inner-call.ts'
import type { RelayPlan } from './relay-plan.ts'
import type { relayExports } from './relay.ts'
import type { stringCodecs } from './string-encodings.ts'
import { transferRules } from './transfer.ts'

/** What linking needs of the dynamic codec, which is loaded on its own. */
export interface DynamicChunk {
  readonly stringCodecs: typeof stringCodecs
  readonly DynamicLinker: typeof DynamicLinker
  readonly importFace: typeof importFace
  readonly RelayPlan: typeof RelayPlan
  readonly relayExports: typeof relayExports
}

/** Makes the functions of one component that no code was generated for. */
export class DynamicLinker {
  readonly #codecs: CodecTable
  readonly #transfers: CodecTable
  readonly #module: string

  /** @param numberOf the number of a resource type in the component's instances */
  constructor(numberOf: (def: TypeDef) => number, module: string) {
    this.#codecs = new CodecTable(hostRules, numberOf)
    this.#transfers = new CodecTable(transferRules, numberOf)
    this.#module = module
  }

  /**
   * The core function for an imported function of the host.
   *
   * @throws WasmError `Unsupported` for types that only async functions use
   */
  importFunction(func: Func, name: string, id: string, member: string): ImportedFunction['lower'] {
    const full = `${prefixOf(id)}${name}`
    return this.#supported(func, full, () => importFunction(func, full, member, this.#codecs))
  }

  /** What makes the object of an exported interface. Throws like `importFunction`. */
  exportFace(face: Face): NonNullable<LiftedInterface['bind']> {
    for (const func of face.functions) this.#supported(func, `${prefixOf(face.id)}${func.name}`, () => {})
    try {
      return exportFace(face, this.#codecs)
    } catch (error) {
      throw this.#unsupported(error, `the exports of ${face.id}`)
    }
  }

  /** What makes the core function with which one inner component calls another. Throws like `importFunction`. */
  innerCall(func: Func): (caller: Context, callee: InnerCallee) => CoreFunction {
    return this.#supported(func, func.name, () => innerCall(func, func.name, this.#transfers))
  }

  #supported<T>(func: Func, name: string, make: () => T): T {
    if (func.async) {
      throw new WasmError('Unsupported', this.#module, name, `the async function ${name} is not supported`)
    }
    try {
      return make()
    } catch (error) {
      throw this.#unsupported(error, `the function ${name}`)
    }
  }

  #unsupported(error: unknown, where: string): unknown {
    if (!(error instanceof UnsupportedType)) return error
    return new WasmError('Unsupported', this.#module, undefined, `a ${error.kind} in ${where} is not supported`)
  }
}
