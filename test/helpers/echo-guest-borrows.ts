import {
  despecialize,
  discriminantSize,
  elemSize,
  flattenType,
  payloadOffset,
  recordLayout,
  type CoreType,
} from '../../src/abi/index.ts'
import { dealias, type Func, type Type, type TypeDef } from '../../src/ir/index.ts'

/** Locals to declare, and code to run, in the text format. */
export interface Cleanup {
  readonly locals: string
  readonly code: string
}

/**
 * The code that drops each borrowed handle among the parameters of a function: a guest may keep none.
 *
 * @param indirect whether the parameters stand in memory, at the pointer in local 0
 * @param drops the function that drops a handle, by resource
 * @param firstLocal the index of the first local that is free
 */
export function dropBorrows(
  func: Func,
  indirect: boolean,
  drops: ReadonlyMap<TypeDef, string>,
  firstLocal: number,
): Cleanup {
  const walk = new BorrowWalk(drops, firstLocal)
  if (indirect) {
    const { offsets } = recordLayout(func.params)
    const code = func.params.map((p, i) => walk.memory(p.type, '(local.get 0)', offsets[i] ?? 0))
    return { locals: walk.locals(), code: code.join('\n') }
  }
  const all = func.params.flatMap((p) => flattenType(p.type))
  let at = 0
  const code = func.params.map((p) => {
    const begin = at
    at += flattenType(p.type).length
    return walk.flat(p.type, begin, all)
  })
  return { locals: walk.locals(), code: code.join('\n') }
}

class BorrowWalk {
  readonly #drops: ReadonlyMap<TypeDef, string>
  readonly #first: number
  #count = 0

  constructor(drops: ReadonlyMap<TypeDef, string>, first: number) {
    this.#drops = drops
    this.#first = first
  }

  locals(): string {
    return '(local i32) '.repeat(this.#count)
  }

  /** Drops what stands in the core values from local `at` on; `core` are the types of all locals. */
  flat(type: Type, at: number, core: readonly CoreType[]): string {
    if (!hasBorrow(type)) return ''
    const borrow = this.#drop(type, `(local.get ${at})`, core[at] === 'i64')
    if (borrow !== undefined) return borrow
    const t = despecialize(type)
    switch (t.kind) {
      case 'record': {
        let next = at
        return t.fields
          .map((f) => {
            const begin = next
            next += flattenType(f.type).length
            return this.flat(f.type, begin, core)
          })
          .join('\n')
      }
      case 'fixed-length-list': {
        const width = flattenType(t.element).length
        return Array.from({ length: t.length }, (_, i) => this.flat(t.element, at + i * width, core)).join('\n')
      }
      case 'variant':
        return this.#cases(
          t.cases.map((c) => (c.type === undefined ? '' : this.flat(c.type, at + 1, core))),
          core[at] === 'i64' ? `(i32.wrap_i64 (local.get ${at}))` : `(local.get ${at})`,
        )
      case 'list':
        return this.#each(t.element, `(local.get ${at})`, `(local.get ${at + 1})`)
      default:
        throw new Error(`a ${t.kind} holds no handle`)
    }
  }

  /** Drops what stands in memory at `ptr + offset`. */
  memory(type: Type, ptr: string, offset: number): string {
    if (!hasBorrow(type)) return ''
    const borrow = this.#drop(type, `(i32.load offset=${offset} ${ptr})`, false)
    if (borrow !== undefined) return borrow
    const t = despecialize(type)
    switch (t.kind) {
      case 'record': {
        const { offsets } = recordLayout(t.fields)
        return t.fields.map((f, i) => this.memory(f.type, ptr, offset + (offsets[i] ?? 0))).join('\n')
      }
      case 'fixed-length-list': {
        const size = elemSize(t.element)
        return Array.from({ length: t.length }, (_, i) => this.memory(t.element, ptr, offset + i * size)).join('\n')
      }
      case 'variant': {
        const load = { 1: 'i32.load8_u', 2: 'i32.load16_u', 4: 'i32.load' }[discriminantSize(t.cases.length)]
        const at = offset + payloadOffset(t)
        return this.#cases(
          t.cases.map((c) => (c.type === undefined ? '' : this.memory(c.type, ptr, at))),
          `(${load} offset=${offset} ${ptr})`,
        )
      }
      case 'list':
        return this.#each(t.element, `(i32.load offset=${offset} ${ptr})`, `(i32.load offset=${offset + 4} ${ptr})`)
      default:
        throw new Error(`a ${t.kind} holds no handle`)
    }
  }

  #drop(type: Type, handle: string, wide: boolean): string | undefined {
    const t = dealias(type)
    if (t.kind !== 'borrow') return undefined
    const drop = this.#drops.get(declaration(t.resource))
    if (drop === undefined) throw new Error(`the world does not import the resource ${t.resource.name}`)
    return `(call ${drop} ${wide ? `(i32.wrap_i64 ${handle})` : handle})`
  }

  #cases(bodies: readonly string[], discriminant: string): string {
    return bodies
      .map((body, i) => (body === '' ? '' : `(if (i32.eq ${discriminant} (i32.const ${i})) (then ${body}))`))
      .join('\n')
  }

  /** A loop over the elements of a list. */
  #each(element: Type, start: string, length: string): string {
    const [ptr, left] = [this.#first + this.#count++, this.#first + this.#count++]
    return `(local.set ${ptr} ${start}) (local.set ${left} ${length})
      (block $done${ptr} (loop $next${ptr}
        (br_if $done${ptr} (i32.eqz (local.get ${left})))
        ${this.memory(element, `(local.get ${ptr})`, 0)}
        (local.set ${ptr} (i32.add (local.get ${ptr}) (i32.const ${elemSize(element)})))
        (local.set ${left} (i32.sub (local.get ${left}) (i32.const 1)))
        (br $next${ptr})))`
  }
}

/** The declaration of a resource behind `use` and aliases. */
function declaration(def: TypeDef): TypeDef {
  return def.type.kind === 'ref' ? declaration(def.type.def) : def
}

function hasBorrow(type: Type): boolean {
  const t = dealias(type)
  if (t.kind === 'borrow') return true
  if (t.kind === 'own') return false
  const general = despecialize(t)
  switch (general.kind) {
    case 'record':
      return general.fields.some((f) => hasBorrow(f.type))
    case 'variant':
      return general.cases.some((c) => c.type !== undefined && hasBorrow(c.type))
    case 'list':
    case 'fixed-length-list':
      return hasBorrow(general.element)
    default:
      return false
  }
}
