import { ts } from 'ts-morph'
import type { ModuleScope } from './module-scope.ts'
import type { Source } from './source.ts'

/** A type in a form in which types are compared: its tokens, generated names by file and name. */
export interface TypeText {
  readonly text: string
  /** Whether it has names that are not generated: only the user knows what they stand for. */
  readonly isForeign: boolean
}

/** The form of a type that the user wrote. */
export function typeTextOf(node: ts.TypeNode, source: Source, scope: ModuleScope): TypeText {
  const start = node.getStart(source.node)
  let text = ''
  let at = start
  let isForeign = false
  const visit = (child: ts.Node): void => {
    if (ts.isTypeReferenceNode(child)) {
      const name = child.typeName
      const meaning = scope.meaning(source.textOf(name))
      if (meaning !== undefined) {
        text += source.text.slice(at, name.getStart(source.node)) + meaning
        at = name.end
      } else if (
        !/^(?:globalThis\.)?(?:Map|Big(?:Int|Uint)64Array|(?:Int|Uint)(?:8|16|32)Array|Float(?:32|64)Array)$/u.test(
          source.textOf(name),
        )
      ) {
        isForeign = true
      }
      for (const argument of child.typeArguments ?? []) visit(argument)
      return
    }
    if (ts.isTypeQueryNode(child) || ts.isImportTypeNode(child)) isForeign = true
    if (child.kind === ts.SyntaxKind.AnyKeyword || child.kind === ts.SyntaxKind.UnknownKeyword) isForeign = true
    ts.forEachChild(child, visit)
  }
  visit(node)
  return { text: tokens(text + source.text.slice(at, node.end)), isForeign }
}

/** A text as its tokens, whatever its white space, quotes, comments and separators. */
export function tokens(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, text)
  const found: string[] = []
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    found.push(kind === ts.SyntaxKind.StringLiteral ? `'${scanner.getTokenValue()}'` : scanner.getTokenText())
  }
  return found
    .join(' ')
    .replaceAll('globalThis . ', '')
    .replaceAll(' ;', ' ,')
    .replaceAll(' , }', ' }')
    .replace(/^\| /u, '')
}

/** Whether a function whose parameter is of type `own` takes every value of type `wanted`, as far as can be seen without a checker. */
export function takes(own: TypeText, wanted: string): boolean {
  return own.isForeign || own.text === wanted || partsOf(wanted).every((part) => partsOf(own.text).includes(part))
}

/** Whether a function that returns `own` serves where `wanted` is expected, likewise. */
export function gives(own: TypeText, wanted: string): boolean {
  return own.isForeign || own.text === wanted || partsOf(own.text).every((part) => partsOf(wanted).includes(part))
}

/** The members of a union, arrays without `readonly`. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let part: string[] = []
  for (const token of text.split(' ')) {
    if ('([{<'.includes(token)) depth++
    else if (')]}>'.includes(token)) depth--
    if (token === '|' && depth === 0) {
      parts.push(part.join(' '))
      part = []
    } else if (token !== 'readonly' || part.length > 0) part.push(token)
  }
  return [...parts, part.join(' ')]
}
