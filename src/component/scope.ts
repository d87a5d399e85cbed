import type { Entity, EntityOf, Sort } from './entities.ts'
import type { Reader } from './reader.ts'

type IndexSpaces = { readonly [S in Sort]: EntityOf<S>[] }

/** The index spaces of one component, component type or instance type, growing while its definitions are read. */
export class Scope {
  readonly parent: Scope | undefined
  /** The number of the component instance whose definitions these are; that of the enclosing one for types. */
  readonly instance: number
  readonly spaces: IndexSpaces = {
    'core func': [],
    'core table': [],
    'core memory': [],
    'core global': [],
    'core tag': [],
    'core type': [],
    'core module': [],
    'core instance': [],
    func: [],
    type: [],
    component: [],
    instance: [],
  }

  constructor(parent: Scope | undefined, instance: number) {
    this.parent = parent
    this.instance = instance
  }

  push(entity: Entity): void {
    const space: Entity[] = this.spaces[entity.sort]
    space.push(entity)
  }

  /** The entity that the index at the reader's position refers to. */
  read<S extends Sort>(r: Reader, sort: S): EntityOf<S> {
    const at = r.pos
    return this.get(r, sort, r.u32(), at)
  }

  get<S extends Sort>(r: Reader, sort: S, index: number, at: number): EntityOf<S> {
    const space: readonly EntityOf<S>[] = this.spaces[sort]
    return space[index] ?? r.fail('CMP1006', `${sort} ${index} is not defined here (there are ${space.length})`, at)
  }
}

const CORE_SORTS: Readonly<Record<number, Sort>> = {
  0x00: 'core func',
  0x01: 'core table',
  0x02: 'core memory',
  0x03: 'core global',
  0x04: 'core tag',
  0x10: 'core type',
  0x11: 'core module',
  0x12: 'core instance',
}

const SORTS: Readonly<Record<number, Sort>> = { 0x01: 'func', 0x03: 'type', 0x04: 'component', 0x05: 'instance' }

/** `core:sort` */
export function readCoreSort(r: Reader): Sort {
  const byte = r.byte()
  return CORE_SORTS[byte] ?? r.unexpected('a core sort', byte)
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
