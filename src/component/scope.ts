import type { Entity, EntityOf, Sort } from './entities.ts'
import type { Reader } from './reader.ts'

type IndexSpaces = { [S in Sort]?: EntityOf<S>[] }

/** The index spaces of one component, component type or instance type, growing while its definitions are read. */
export class Scope {
  readonly parent: Scope | undefined
  /** The number of the component instance whose definitions these are; that of the enclosing one for types. */
  readonly instance: number
  readonly spaces: IndexSpaces = {}

  constructor(parent: Scope | undefined, instance: number) {
    this.parent = parent
    this.instance = instance
  }

  push(entity: Entity): void {
    const spaces: { [S in Sort]?: Entity[] } = this.spaces
    ;(spaces[entity.sort] ??= []).push(entity)
  }

  /** The entity that the index at the reader's position refers to. */
  read<S extends Sort>(r: Reader, sort: S): EntityOf<S> {
    const at = r.pos
    const index = r.u32()
    const space: readonly EntityOf<S>[] | undefined = this.spaces[sort]
    return (
      space?.[index] ?? r.fail('CMP1006', `${sort} ${index} is not defined here (there are ${space?.length ?? 0})`, at)
    )
  }
}

/** The sorts that core instances export, by their byte; further sorts of core definitions from 0x10 on. */
export const CORE_SORTS = ['core func', 'core table', 'core memory', 'core global', 'core tag'] as const
const MORE_CORE_SORTS = ['core type', 'core module', 'core instance'] as const

const SORTS = [undefined, 'func', undefined, 'type', 'component', 'instance'] as const

/** `core:sort` */
export function readCoreSort(r: Reader): Sort {
  const byte = r.byte()
  return CORE_SORTS[byte] ?? MORE_CORE_SORTS[byte - 0x10] ?? r.unexpected('a core sort', byte)
}

/** `sort` */
export function readSort(r: Reader): Sort {
  const byte = r.byte()
  if (byte === 0x00) return readCoreSort(r)
  if (byte === 0x02) refuseValues(r)
  return SORTS[byte] ?? r.unexpected('a sort', byte)
}

/** Component-level values are a gated feature of the specification without users. */
export function refuseValues(r: Reader): never {
  return r.fail('CMP1008', 'component-level values are not supported', r.pos - 1)
}

/** `entity` as one of `sort`. */
export function ofSort<S extends Sort>(r: Reader, entity: Entity, sort: S, name: string, at: number): EntityOf<S> {
  if (!isOfSort(entity, sort)) {
    return r.fail('CMP1006', `expected \`${name}\` to be a ${sort}, it is a ${entity.sort}`, at)
  }
  return entity
}

function isOfSort<S extends Sort>(entity: Entity, sort: S): entity is EntityOf<S> {
  return entity.sort === sort
}
