import { ts } from 'ts-morph'
import type { GeneratedCode } from './generated-code.ts'
import { Source } from './source.ts'

/**
 * Takes imports of generated types away that the changes to a file have left without use; what was not used before either stays.
 *
 * @param after the text that the file gets
 */
export function pruneImports(before: Source, after: string, generated: GeneratedCode): string {
  if (after === before.original) return after
  const source = new Source(before.path, after)
  const wasUsed = usedNames(before.node)
  const isUsed = usedNames(source.node)
  for (const node of source.node.statements.filter(ts.isImportDeclaration)) {
    const { moduleSpecifier, importClause } = node
    const bindings = importClause?.namedBindings
    if (!ts.isStringLiteral(moduleSpecifier) || generated.fileOf(source.path, moduleSpecifier.text) === undefined)
      continue
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue
    const { elements } = bindings
    const kept = elements.filter(({ name }) => isUsed.has(name.text) || !wasUsed.has(name.text))
    if (kept.length === elements.length) continue
    const last = kept.at(-1)
    if (last === undefined) {
      const end = source.lineEnd(node.end)
      const next = source.text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, source.text.length)
      if (importClause?.name === undefined) source.replace(node.getStart(source.node), next, '')
      continue
    }
    for (const [i, element] of elements.entries()) {
      const next = elements[i + 1]
      if (kept.includes(element) || next === undefined || element.pos > last.pos) continue
      source.replace(element.getStart(source.node), next.getStart(source.node), '')
    }
    source.replace(last.end, elements.at(-1)?.end ?? last.end, '')
  }
  return source.result
}

/** The names that a module uses beyond its imports. */
function usedNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    if (ts.isIdentifier(node)) names.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return names
}
