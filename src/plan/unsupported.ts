import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { dealias, partsOf, worldId, type Func, type Span, type Type, type TypeKind, type World } from '../ir/index.ts'

/** Kinds that have no codec yet, with what a user calls them. */
const MISSING: Partial<Record<TypeKind, string>> = {
  stream: 'stream',
  future: 'future',
  'error-context': 'error-context',
}

/** One diagnostic for each thing in the worlds that code cannot be generated for; empty for worlds that work. */
export function unsupported(worlds: readonly World[]): readonly Diagnostic[] {
  return worlds.flatMap(unsupportedIn)
}

function unsupportedIn(world: World): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const report = (what: string, span: Span | undefined): void => {
    const message = `world \`${worldId(world)}\` uses ${what}, which is not supported yet`
    // An interface that is both imported and exported is met twice; functions of the world that share a name are two.
    if (found.some((d) => d.message === message && d.span === span)) return
    found.push({
      code: 'GEN0002',
      severity: 'error',
      message,
      span,
      file: undefined,
      suggestion: 'leave it out of the world, or move it to a world of its own',
    })
  }
  const checkFunc = (func: Func, where: string): void => {
    if (func.async) return report(`the async function \`${where}${func.name}\``, func.span)
    if (func.accessor !== undefined) return report(`the ${func.accessor} \`${where}${func.name}\``, func.span)
    for (const type of [...func.params.map((p) => p.type), ...(func.result === undefined ? [] : [func.result])]) {
      const missing = missingIn(type, new Set())
      if (missing !== undefined) return report(`a ${missing} in the function \`${where}${func.name}\``, func.span)
    }
  }
  for (const [key, item] of [...world.imports, ...world.exports]) {
    if (item.kind === 'interface') for (const func of item.interface.functions.values()) checkFunc(func, `${key}#`)
    else if (item.kind === 'function') checkFunc(item.function, '')
  }
  return found
}

/** The first kind without codec that a type needs. */
function missingIn(type: Type, seen: Set<object>): string | undefined {
  const t = dealias(type)
  const missing = MISSING[t.kind]
  if (missing !== undefined) return missing
  if (seen.has(t)) return undefined
  seen.add(t)
  for (const child of partsOf(t)) {
    const below = missingIn(child, seen)
    if (below !== undefined) return below
  }
  return undefined
}
