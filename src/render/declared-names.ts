import type { ts as TS } from 'ts-morph'

/** A name that a file declares, and where; offsets in UTF-16 code units. */
export interface DeclaredName {
  /** As `OriginModel` has it: `Sample`, `Sample.id`, `Failure.bad-sample`, `Analysis.find(samples)`. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Every name that the text of a declaration file declares, with the members and the parameters. */
export async function declaredNames(text: string): Promise<readonly DeclaredName[]> {
  const { ts } = await import('ts-morph')
  const source = ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.ES2022, true)
  const found: DeclaredName[] = []
  const note = (name: string, node: TS.Node): void => {
    found.push({ name, start: node.getStart(source), end: node.getEnd() })
  }
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) {
      const name = statement.name?.text ?? ''
      if (statement.name !== undefined) note(name, statement.name)
      for (const member of statement.members) noteMember(ts, name, member, note)
    } else if (ts.isTypeAliasDeclaration(statement)) {
      note(statement.name.text, statement.name)
      noteCases(ts, statement.name.text, statement.type, note)
    } else if (ts.isVariableStatement(statement)) {
      for (const { name, type } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name)) continue
        note(name.text, name)
        if (type !== undefined && ts.isTypeLiteralNode(type)) {
          for (const member of type.members) noteMember(ts, name.text, member, note)
        }
      }
    } else if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause
      if (clause !== undefined && ts.isNamespaceExport(clause)) note(clause.name.text, clause.name)
      if (clause !== undefined && ts.isNamedExports(clause)) {
        for (const specifier of clause.elements) note(specifier.name.text, specifier.name)
      }
    }
  }
  return found
}

type Note = (name: string, node: TS.Node) => void

function noteMember(ts: typeof TS, owner: string, member: TS.TypeElement | TS.ClassElement, note: Note): void {
  const { name } = member
  const isNamed = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))
  const path = `${owner}.${isNamed ? name.text : 'new'}`
  if (isNamed) note(path, name)
  else if (ts.isConstructSignatureDeclaration(member)) note(path, member)
  if (!ts.isMethodSignature(member) && !ts.isMethodDeclaration(member) && !ts.isConstructSignatureDeclaration(member)) {
    return
  }
  for (const param of member.parameters) {
    if (ts.isIdentifier(param.name)) note(`${path}(${param.name.text})`, param.name)
  }
}

/** The cases of a variant: the `tag` and `val` of each. */
function noteCases(ts: typeof TS, owner: string, type: TS.TypeNode, note: Note): void {
  for (const option of ts.isUnionTypeNode(type) ? type.types : [type]) {
    if (!ts.isTypeLiteralNode(option)) continue
    const [tag, val] = option.members
    if (
      tag === undefined ||
      !ts.isPropertySignature(tag) ||
      tag.type === undefined ||
      !ts.isLiteralTypeNode(tag.type)
    ) {
      continue
    }
    const { literal } = tag.type
    if (!ts.isStringLiteral(literal)) continue
    const name = `${owner}.${literal.text}`
    note(name, tag.name)
    note(name, literal)
    if (val?.name !== undefined) note(name, val.name)
  }
}
