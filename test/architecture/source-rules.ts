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
