import { recordLayout } from '../../abi/layout.ts'
import { camelCase, type Func, type Type } from '../../ir/index.ts'
import { allocate } from '../abi/memory.ts'
import type { Context } from '../context.ts'
import type { Codec, Codecs, CoreValue } from './codec.ts'

/** The parameters of a function, as core values or, when they are too many, in one block of memory. */
export class Params {
  readonly codecs: readonly Codec[]
  readonly size: number
  readonly align: number
  readonly #names: readonly string[]
  readonly #offsets: readonly number[]

  constructor(params: Func['params'], codecs: Codecs) {
    const { offsets, size, align } = recordLayout(params)
    this.codecs = params.map((p) => codecs.of(p.type))
    this.size = size
    this.align = align
    this.#names = params.map((p) => camelCase(p.name))
    this.#offsets = offsets
  }

  liftFlat(cx: Context, values: readonly CoreValue[]): unknown[] {
    let at = 0
    return this.codecs.map((codec) => {
      const value = codec.liftFlat(cx, values, at)
      at += codec.flat.length
      return value
    })
  }

  load(cx: Context, ptr: number): unknown[] {
    return this.codecs.map((codec, i) => codec.load(cx, ptr + (this.#offsets[i] ?? 0)))
  }

  /** Appends the core values of the arguments to `out`; those of the first `skip` are there already. */
  lowerFlat(cx: Context, args: readonly unknown[], out: CoreValue[], skip = 0): void {
    for (let i = skip; i < this.codecs.length; i++) {
      this.codecs[i]?.lowerFlat(cx, this.#names[i] ?? '', args[i], out)
    }
  }

  /** Allocates the block and stores the arguments from the `skip`th on. Spec: `lower_flat_values`, `MAX_FLAT_PARAMS`. */
  store(cx: Context, args: readonly unknown[], skip = 0): number {
    const start = allocate(cx, 'arguments', this.size, this.align)
    for (let i = skip; i < this.codecs.length; i++) {
      this.codecs[i]?.store(cx, this.#names[i] ?? '', start + (this.#offsets[i] ?? 0), args[i])
    }
    return start
  }
}

/** Whether values of the type hold handles of resources. */
export function hasHandles(type: Type): boolean {
  switch (type.kind) {
    case 'ref':
      return hasHandles(type.def.type)
    case 'own':
    case 'borrow':
      return true
    case 'list':
    case 'fixed-length-list':
      return hasHandles(type.element)
    case 'map':
      return hasHandles(type.key) || hasHandles(type.value)
    case 'record':
      return type.fields.some((f) => hasHandles(f.type))
    case 'tuple':
      return type.types.some(hasHandles)
    case 'variant':
      return type.cases.some((c) => c.type !== undefined && hasHandles(c.type))
    case 'option':
      return hasHandles(type.some)
    case 'result':
      return [type.ok, type.err].some((t) => t !== undefined && hasHandles(t))
    default:
      return false
  }
}
