import type { Stability } from '../ir/docs.ts'
import { partsOf } from '../ir/type-extent.ts'
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
  for (const part of namedParts(type)) {
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

/** The parts of an anonymous type; a borrowed handle names its resource. */
function namedParts(type: Type): readonly Type[] {
  return type.kind === 'borrow' ? [{ kind: 'ref', def: type.resource }] : partsOf(type)
}
