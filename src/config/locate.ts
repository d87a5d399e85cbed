import type { ts as TS } from 'ts-morph'
import type { SourceFile, Span } from '../ir/span.ts'
import type { ConfigProblem } from './problems.ts'
import { loadTypeScript } from './typescript.ts'

/** What TypeScript says of a JSON file that is no object: no mistake in the grammar. */
const NOT_AN_OBJECT = 5092

/** A mistake in the grammar of a file. */
export interface SyntaxProblem {
  readonly message: string
  readonly span: Span
}

/** What is wrong with the grammar of a JSON, JavaScript or TypeScript file, in its order. */
export async function syntaxProblems(file: SourceFile): Promise<readonly SyntaxProblem[]> {
  const ts = await loadTypeScript()
  // The parser keeps what it found beside the tree, but does not say so in its types.
  const source = parse(ts, file) as { readonly parseDiagnostics?: readonly TS.DiagnosticWithLocation[] }
  const found: readonly TS.Diagnostic[] = source.parseDiagnostics ?? []
  const isJson = file.path.endsWith('.json')
  const { error } =
    isJson && found.length === 0 ? ts.parseConfigFileTextToJson(file.path, file.text) : { error: undefined }
  return [...found, ...(error === undefined || error.code === NOT_AN_OBJECT ? [] : [error])].map(
    ({ messageText, start = 0, length = 0 }) => ({
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
      span: { file, start, end: start + length },
    }),
  )
}

/**
 * Where in a configuration file a problem stands, as far as the file says it in one place.
 *
 * @param within the keys that lead to the configuration: `['witgen']` in package.json
 */
export async function problemSpan(
  file: SourceFile,
  within: readonly string[],
  problem: ConfigProblem,
): Promise<Span | undefined> {
  const ts = await loadTypeScript()
  const source = parse(ts, file)
  let at: TS.Node | undefined = rootExpression(ts, source)
  let found: TS.Node | undefined
  for (const [index, key] of [...within, ...problem.path].entries()) {
    const isLast = index === within.length + problem.path.length - 1
    const value: TS.Node | undefined = at === undefined ? undefined : unwrap(ts, at, source)
    const member: TS.Node | undefined =
      value !== undefined && ts.isArrayLiteralExpression(value)
        ? value.elements[Number(key)]
        : property(ts, value, String(key))
    if (member === undefined) break
    const named = ts.isPropertyAssignment(member)
    found = named && isLast && problem.part === 'key' ? member.name : named ? member.initializer : member
    at = named ? member.initializer : undefined
  }
  return found === undefined ? undefined : { file, start: found.getStart(source), end: found.getEnd() }
}

function parse(ts: typeof TS, file: SourceFile): TS.SourceFile {
  if (file.path.endsWith('.json')) return ts.parseJsonText(file.path, file.text)
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true)
}

/** What a file exports as its default, or the value of a JSON file. */
function rootExpression(ts: typeof TS, source: TS.SourceFile): TS.Expression | undefined {
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) return statement.expression
    if (source.fileName.endsWith('.json') && ts.isExpressionStatement(statement)) return statement.expression
  }
  return undefined
}

/** The literal behind `defineConfig(…)`, `… satisfies T` and the name of a constant. */
function unwrap(ts: typeof TS, node: TS.Node, source: TS.SourceFile): TS.Node | undefined {
  if (ts.isCallExpression(node)) return node.arguments[0] && unwrap(ts, node.arguments[0], source)
  if (ts.isSatisfiesExpression(node) || ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) {
    return unwrap(ts, node.expression, source)
  }
  if (!ts.isIdentifier(node)) return node
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      const isIt = ts.isIdentifier(name) && name.text === node.text
      if (isIt && initializer !== undefined) return unwrap(ts, initializer, source)
    }
  }
  return undefined
}

function property(ts: typeof TS, node: TS.Node | undefined, key: string): TS.ObjectLiteralElementLike | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined
  return node.properties.find(
    (p) => p.name !== undefined && (ts.isIdentifier(p.name) || ts.isStringLiteral(p.name)) && p.name.text === key,
  )
}
