import { ts } from 'ts-morph'
import type { Source } from './source.ts'
import type { Workspace } from './workspace.ts'

/** What a name stands for: a declaration in a file of the user's. */
export interface Declared {
  readonly source: Source
  readonly node: ts.VariableDeclaration | ts.FunctionDeclaration | ts.ClassDeclaration | ts.Expression
}

/** Finds what a name means where it stands; undefined for parameters, packages and everything else that is not looked into. */
export function lookup(name: ts.Identifier, source: Source, workspace: Workspace): Declared | undefined {
  for (let scope: ts.Node | undefined = name.parent; scope !== undefined; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((p) => p.name.getText(source.node) === name.text)) {
      return undefined
    }
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue
    const node = declarationIn(scope.statements, name.text)
    if (node !== undefined) return { source, node }
  }
  return imported(name.text, source, workspace)
}

function declarationIn(statements: readonly ts.Statement[], name: string): Declared['node'] | undefined {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      // Of overloads, the one that has a body.
      if (statement.name?.text === name && (ts.isClassDeclaration(statement) || statement.body !== undefined)) {
        return statement
      }
    } else if (ts.isVariableStatement(statement)) {
      const found = statement.declarationList.declarations.find((d) => ts.isIdentifier(d.name) && d.name.text === name)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function imported(name: string, source: Source, workspace: Workspace): Declared | undefined {
  for (const statement of source.node.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const bindings = statement.importClause?.namedBindings
    const isDefault = statement.importClause?.name?.text === name
    const element =
      bindings !== undefined && ts.isNamedImports(bindings)
        ? bindings.elements.find((e) => e.name.text === name)
        : undefined
    if (!isDefault && element === undefined) continue
    const target = workspace.follow(source, statement.moduleSpecifier.text)
    return target === undefined
      ? undefined
      : exported(isDefault ? 'default' : ((element?.propertyName ?? element?.name)?.text ?? name), target, workspace)
  }
  return undefined
}

/** What a module exports under a name, also when it passes it on from another. */
export function exported(name: string, source: Source, workspace: Workspace): Declared | undefined {
  for (const statement of source.node.statements) {
    if (name === 'default' && ts.isExportAssignment(statement)) return { source, node: statement.expression }
    const isDefault =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) === true
    if (name === 'default' && isDefault && (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))) {
      return { source, node: statement }
    }
    if (!ts.isExportDeclaration(statement)) continue
    const clause = statement.exportClause
    const element =
      clause !== undefined && ts.isNamedExports(clause) ? clause.elements.find((e) => e.name.text === name) : undefined
    if (element === undefined) continue
    const inner = (element.propertyName ?? element.name).text
    if (statement.moduleSpecifier === undefined) {
      const node = declarationIn(source.node.statements, inner)
      return node === undefined ? imported(inner, source, workspace) : { source, node }
    }
    const target = ts.isStringLiteral(statement.moduleSpecifier)
      ? workspace.follow(source, statement.moduleSpecifier.text)
      : undefined
    return target === undefined ? undefined : exported(inner, target, workspace)
  }
  const node = declarationIn(source.node.statements, name)
  return node === undefined ? undefined : { source, node }
}
