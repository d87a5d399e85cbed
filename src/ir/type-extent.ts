import { assertNever } from './assert-never.ts'
import type { Type } from './types.ts'

/** How large a type is when every name in it is written out. */
export interface TypeExtent {
  /** Values, members and constructors, counted as often as they occur. */
  readonly weight: number
  /** How many constructors stand inside of each other. */
  readonly depth: number
}

/** Largest extent of a type in a component, as the reference validator has it: few declarations could stand for a text of any length. */
export const TYPE_LIMITS: TypeExtent = { weight: 1_000_000, depth: 100 }

/** Whether no component can have such a type. */
export function exceedsLimits({ weight, depth }: TypeExtent): boolean {
  return weight > TYPE_LIMITS.weight || depth > TYPE_LIMITS.depth
}

const known = new WeakMap<Type, TypeExtent>()

/** The extent of a type; each part is looked at once, however often and however deep it is used. */
export function typeExtent(type: Type): TypeExtent {
  // A stack of our own: what is too deep for the limits must not be too deep for this.
  const pending = [type]
  for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
    const unknown = known.has(top) ? [] : partsOf(top).filter((part) => !known.has(part))
    if (unknown.length > 0) {
      for (const part of unknown) pending.push(part)
      continue
    }
    if (!known.has(top)) known.set(top, extentOf(top))
    pending.pop()
  }
  return known.get(type) ?? { weight: 1, depth: 0 }
}

/** Of a type whose parts are known. */
function extentOf(type: Type): TypeExtent {
  const parts = partsOf(type).map((part) => known.get(part) ?? { weight: 1, depth: 0 })
  // A name weighs nothing, and a primitive type is no level of its own.
  const [target] = parts
  if (type.kind === 'ref' && target !== undefined) return target
  const isConstructor = parts.length > 0
  return {
    weight: parts.reduce((sum, part) => sum + part.weight, 1 + memberCount(type)),
    depth: parts.reduce((most, part) => Math.max(most, part.depth), 0) + (isConstructor ? 1 : 0),
  }
}

function memberCount(type: Type): number {
  switch (type.kind) {
    case 'record':
      return type.fields.length
    case 'variant':
    case 'enum':
      return type.cases.length
    case 'flags':
      return type.flags.length
    default:
      return 0
  }
}

/** The types that a type is made of, one level down; a name is made of what it stands for. */
export function partsOf(type: Type): readonly Type[] {
  const given = (...types: readonly (Type | undefined)[]): readonly Type[] => types.filter((t) => t !== undefined)
  switch (type.kind) {
    case 'ref':
      return [type.def.type]
    case 'list':
    case 'fixed-length-list':
    case 'stream':
    case 'future':
      return given(type.element)
    case 'map':
      return [type.key, type.value]
    case 'record':
      return type.fields.map((f) => f.type)
    case 'tuple':
      return type.types
    case 'variant':
      return given(...type.cases.map((c) => c.type))
    case 'option':
      return [type.some]
    case 'result':
      return given(type.ok, type.err)
    case 'bool':
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
    case 'f32':
    case 'f64':
    case 'char':
    case 'string':
    case 'error-context':
    case 'enum':
    case 'flags':
    case 'resource':
    case 'own':
    case 'borrow':
      return []
    default:
      return assertNever(type)
  }
}
