import type { Stability } from '../ir/docs.ts'
import type { Type } from '../ir/types.ts'

const unknown: Stability = { level: 'unknown' }

/**
 * The stability that the reference parser gives an anonymous type: that of the definition it stands in (`inherited`), else
 * the first that is known among the types it names. Handles that stand for the name of a resource have none.
 *
 * @param shared the stability of an anonymous type that stands for all that are equal: that of the first one
 */
export function anonymousStability(
  type: Type,
  inherited: Stability,
  shared: (type: Type) => Stability | undefined,
): Stability {
  if (type.kind === 'own') return unknown
  if (inherited.level !== 'unknown') return inherited
  for (const part of partsOf(type)) {
    const stability =
      part.kind === 'own'
        ? part.resource.stability
        : part.kind === 'ref'
          ? part.def.stability
          : (shared(part) ?? anonymousStability(part, inherited, shared))
    if (stability.level !== 'unknown') return stability
  }
  return unknown
}

function partsOf(type: Type): readonly Type[] {
  const given = (...types: readonly (Type | undefined)[]): Type[] => types.filter((t) => t !== undefined)
  switch (type.kind) {
    case 'borrow':
      return [{ kind: 'ref', def: type.resource }]
    case 'list':
    case 'fixed-length-list':
    case 'stream':
    case 'future':
      return given(type.element)
    case 'map':
      return [type.key, type.value]
    case 'option':
      return [type.some]
    case 'result':
      return given(type.ok, type.err)
    case 'tuple':
      return type.types
    default:
      return []
  }
}
