import { ts } from 'ts-morph'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import type { HostImports } from '../plan/host-imports.ts'
import { shownPath } from '../wit/read.ts'
import { fromDeclaration, implementationOf, returned, type Implementation } from './implementation.ts'
import type { Source } from './source.ts'
import type { Workspace } from './workspace.ts'

export type ImportsObject = Extract<Implementation, { kind: 'object' }> & {
  /** The statement of the file that leads to it. */
  readonly statement: ts.Statement
}

/**
 * Finds the object with all that the host gives to a world: what is declared, returned or checked as `<World>Imports`, else
 * what is called `imports`.
 *
 * @throws DiagnosticError GEN0203 where there is none, GEN0204 where there are several
 */
export function findImports(source: Source, host: HostImports, workspace: Workspace): ImportsObject {
  const scope = workspace.scope(source)
  const wanted = scope.canonicalOf(host.file, host.typeName)
  const isWanted = (type: ts.TypeNode | undefined): boolean =>
    type !== undefined && allTypes(type).some((t) => scope.meaning(source.textOf(t)) === wanted)
  const found: ImportsObject[] = []
  const named: ImportsObject[] = []
  const keep = (list: ImportsObject[], value: Implementation, statement: ts.Statement): void => {
    if (value.kind === 'object' && !list.some((f) => f.node === value.node)) list.push({ ...value, statement })
  }
  const visit = (node: ts.Node, statement: ts.Statement): void => {
    if (ts.isVariableDeclaration(node)) {
      const list = isWanted(node.type) ? found : node.name.getText(source.node) === 'imports' ? named : undefined
      if (list !== undefined) keep(list, fromDeclaration({ source, node }, workspace), statement)
    } else if (ts.isSatisfiesExpression(node) && isWanted(node.type)) {
      keep(found, implementationOf(node, source, workspace), statement)
    } else if ((ts.isFunctionDeclaration(node) || ts.isArrowFunction(node)) && isWanted(node.type)) {
      const result = returned(node)
      if (result !== undefined) keep(found, implementationOf(result, source, workspace), statement)
    }
    ts.forEachChild(node, (child) => visit(child, statement))
  }
  for (const statement of source.node.statements) visit(statement, statement)
  const [first, second] = found.length > 0 ? found : named
  if (first === undefined) throw refused(source, host)
  if (second === undefined) return first
  throw new DiagnosticError([
    {
      code: 'GEN0204',
      severity: 'error',
      message: `several objects could be the imports of the world; expected one of type \`${host.typeName}\``,
      span: second.source.span(second.node),
      file: undefined,
      suggestion: `give the type \`${host.typeName}\` to one of them only`,
    },
  ])
}

/** A type and those that it joins. */
function allTypes(type: ts.TypeNode): readonly ts.TypeNode[] {
  return ts.isIntersectionTypeNode(type) ? type.types : [type]
}

function refused(source: Source, { typeName, world }: HostImports): DiagnosticError {
  return new DiagnosticError([
    {
      code: 'GEN0203',
      severity: 'error',
      message: `the file is no scaffold of the world \`${world}\`, so it was left as it is: expected an object of type \`${typeName}\``,
      span: undefined,
      file: shownPath(source.path),
      suggestion: `name another file with --out, or put \`export const imports: ${typeName} = {}\` into this one`,
    },
  ])
}
