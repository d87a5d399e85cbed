import ts from 'typescript-5.9'

/** The longest file that is still one concept. */
export const maxLines = 300

/** Says when a file is too long. */
export function checkLength(file: string, text: string): readonly string[] {
  const lines = text.trimEnd().split('\n').length
  return lines > maxLines ? [`${file}: ${lines} lines, at most ${maxLines}`] : []
}

/** Says where a file uses the type `any`. */
export function checkAny(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: \`any\``)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Names the exported functions of a file that say nothing of themselves; of overloads one doc comment is enough. */
export function checkDocs(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const documented = new Map<string, boolean>()
  const see = (name: string, node: ts.Node): void => {
    documented.set(name, documented.get(name) === true || ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc))
  }
  for (const statement of source.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue
    if (ts.isFunctionDeclaration(statement)) see(statement.name?.text ?? 'default', statement)
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      const isFunction = initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      if (isFunction) see(name.getText(), statement)
    }
  }
  return [...documented].filter(([, has]) => !has).map(([name]) => `${file}: \`${name}\` has no doc comment`)
}
