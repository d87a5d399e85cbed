import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { flattenFunc } from '../abi/index.ts'
import { dealias, partsOf, type Func, type Resolved, type Span, type Type, type World } from '../ir/index.ts'

/** From here on, about a megabyte of code, a value must not be much longer than the declarations that it comes from. */
const MANY = 1000
const RATIO = 10

/** Whether a value is passed flat, where all of it is written out, or stands in memory, where declared types and lists have functions. */
type Place = 'flat' | 'memory'

/**
 * One diagnostic for each value that generated code would write out at a length that nobody wants: types without names in
 * each other, or variants in variants in a flat parameter, where each use of a type is code of its own.
 */
export function unwieldy(worlds: readonly World[]): readonly Diagnostic[] {
  const found = new Map<unknown, Diagnostic>()
  const seen = new Set<Type>()
  const check = (types: readonly Type[], place: Place, key: unknown, what: string, span: Span | undefined): void => {
    const parts = sum(types, place)
    if (parts <= MANY || found.has(key) || parts <= RATIO * declaredParts(types, place)) return
    found.set(key, {
      code: 'GEN0021',
      severity: 'error',
      message: `${what} would be code for ${parts} parts, as each use of a type in it is written out`,
      span,
      file: undefined,
      suggestion: 'declare records or variants for parts of it, or pass them in a list',
    })
  }
  /** What stands in memory below a value, by the function that would have the code. */
  const checkBodies = (type: Type, span: Span | undefined): void => {
    const t = dealias(type)
    if (seen.has(t)) return
    seen.add(t)
    const at = type.kind === 'ref' ? type.def.span : span
    if (hasFunction(t)) {
      const what = type.kind === 'ref' ? `the type \`${type.def.name}\`` : `a ${t.kind}`
      check(partsOf(t), 'memory', t, what, at)
    }
    for (const part of partsOf(t)) checkBodies(part, at)
  }
  const checkFunc = (func: Func): void => {
    const { indirectParams, indirectResult } = flattenFunc(func, 'lower')
    const types = func.params.map((p) => p.type)
    check(types, indirectParams ? 'memory' : 'flat', func, `the parameters of \`${func.name}\``, func.span)
    for (const type of types) checkBodies(type, func.span)
    if (func.result === undefined) return
    check([func.result], indirectResult ? 'memory' : 'flat', func, `the result of \`${func.name}\``, func.span)
    checkBodies(func.result, func.span)
  }
  for (const world of worlds) {
    for (const item of [...world.imports.values(), ...world.exports.values()]) {
      if (item.kind === 'function') checkFunc(item.function)
      else if (item.kind === 'interface') item.interface.functions.forEach(checkFunc)
    }
  }
  return [...found.values()]
}

const known = { flat: new WeakMap<Type, number>(), memory: new WeakMap<Type, number>() }

/** How many parts of a value are written out where it stands. */
function partsIn(type: Type, place: Place): number {
  const t = dealias(type)
  let parts = known[place].get(t)
  if (parts === undefined) {
    parts = 1 + sum(inlineParts(t, place), place)
    known[place].set(t, parts)
  }
  return parts
}

function sum(types: readonly Type[], place: Place): number {
  return types.reduce((total, type) => total + partsIn(type, place), 0)
}

/** The parts of a type whose code stands with its own. */
function inlineParts(t: Resolved, place: Place): readonly Type[] {
  return (place === 'flat' ? isList(t) : hasFunction(t)) ? [] : partsOf(t)
}

/** How many parts there are when each type is counted once. */
function declaredParts(types: readonly Type[], place: Place): number {
  const seen = new Set<Type>()
  const visit = (all: readonly Type[]): number =>
    all.map(dealias).reduce((total, t) => {
      if (seen.has(t)) return total
      seen.add(t)
      return total + visit(inlineParts(t, place))
    }, all.length)
  return visit(types)
}

function isList({ kind }: Resolved): boolean {
  return kind === 'list' || kind === 'map'
}

function hasFunction(t: Resolved): boolean {
  return isList(t) || t.kind === 'fixed-length-list' || t.kind === 'record' || t.kind === 'variant'
}
