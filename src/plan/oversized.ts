import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { exceedsLimits, partsOf, TYPE_LIMITS, typeExtent } from '../ir/index.ts'
import type { Func, Span, Type, TypeDef, World } from '../ir/index.ts'

/**
 * One diagnostic for each type of the worlds that no component can have, because it is too large or too deep once the names
 * in it are written out. Those that only contain such a type are not named again.
 */
export function oversized(worlds: readonly World[]): readonly Diagnostic[] {
  const found = new Map<Span | string, Diagnostic>()
  const check = (type: Type, what: string, span: Span | undefined): void => {
    const { weight, depth } = typeExtent(type)
    if (!exceedsLimits({ weight, depth }) || namesIn(type).some((def) => exceedsLimits(typeExtent(def.type)))) return
    const measure =
      weight > TYPE_LIMITS.weight
        ? `consists of more than ${TYPE_LIMITS.weight} parts`
        : `is ${depth} levels deep, of at most ${TYPE_LIMITS.depth}`
    found.set(span ?? what, {
      code: 'GEN0020',
      severity: 'error',
      message: `${what} ${measure} once the names in it are written out, so no component can have it`,
      span,
      file: undefined,
      suggestion: 'pass a list of a smaller type, or a resource',
    })
  }
  const checkFunc = (func: Func): void => {
    for (const { name, type, span } of func.params) check(type, `the parameter \`${name}\``, span ?? func.span)
    if (func.result !== undefined) check(func.result, `the result of \`${func.name}\``, func.span)
  }
  const checkDef = (def: TypeDef): void => check(def.type, `the type \`${def.name}\``, def.span)
  for (const world of worlds) {
    for (const item of [...world.imports.values(), ...world.exports.values()]) {
      if (item.kind === 'type') checkDef(item.type)
      else if (item.kind === 'function') checkFunc(item.function)
      else {
        item.interface.types.forEach(checkDef)
        item.interface.functions.forEach(checkFunc)
      }
    }
  }
  return [...found.values()]
}

/** The named types that a type refers to itself. */
function namesIn(type: Type): readonly TypeDef[] {
  return type.kind === 'ref' ? [type.def] : partsOf(type).flatMap(namesIn)
}
