import { ts } from 'ts-morph'
import type { FormatStyle } from '../render/index.ts'

/** How a file of the user's is written, so that what is added looks like the rest. */
export interface Style extends FormatStyle {
  readonly eol: '\n' | '\r\n'
  readonly quote: "'" | '"'
  /** One level. */
  readonly indent: string
}

/** Takes the style from what is there: the majority of quotes and semicolons, the smallest indentation, the first line's end. */
export function styleOf(file: ts.SourceFile): Style {
  const { text } = file
  const votes = { semi: 0, single: 0 }
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) votes.single += text[node.getStart(file)] === '"' ? -1 : 1
    if (ts.isVariableStatement(node) || ts.isImportDeclaration(node) || ts.isExpressionStatement(node)) {
      votes.semi += text[node.end - 1] === ';' ? 1 : -1
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  // The lines of a block comment begin with ` *`.
  const widths = [...text.matchAll(/^( +)[^\s*]/gmu)].map((match) => match[1]?.length ?? 2)
  const tabWidth = widths.length === 0 ? 2 : Math.max(1, Math.min(...widths))
  const useTabs = /^\t/mu.test(text)
  const singleQuote = votes.single >= 0
  return {
    semi: votes.semi > 0,
    singleQuote,
    useTabs,
    tabWidth,
    eol: /\r?\n/u.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n',
    quote: singleQuote ? "'" : '"',
    indent: useTabs ? '\t' : ' '.repeat(tabWidth),
  }
}
