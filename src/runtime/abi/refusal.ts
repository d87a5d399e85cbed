import { type Path, renderPath } from './path.ts'
import { kindOf } from './views.ts'

/** A value that does not fit its WIT type; becomes `InvalidParam` or the cause of `HostError` where the call is known. */
export class Refusal extends TypeError {
  override readonly name = 'Refusal'
  /** What was refused. */
  readonly value: unknown

  constructor(message: string, value: unknown) {
    super(message)
    this.value = value
  }
}

/**
 * Refuses a value of the host: `samples[3].weight: expected u32, got -1`.
 *
 * @param path where the value stands
 * @param expected the WIT type, or a description of what is legal
 * @throws Refusal always
 */
export function invalid(path: Path, expected: string, value: unknown): never {
  throw new Refusal(`${renderPath(path)}: expected ${expected}, got ${describe(value)}`, value)
}

/** A short, safe description of any value: never calls user code. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
    case 'bigint':
      return `${value}n`
    case 'symbol':
      return 'a symbol'
    case 'function':
      return 'a function'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return `an array of ${value.length}`
      if (ArrayBuffer.isView(value)) return kindOf(value) ?? 'DataView'
      return value instanceof Promise ? 'a Promise' : 'an object'
    default:
      return Object.is(value, -0) ? '-0' : String(value)
  }
}
