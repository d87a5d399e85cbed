import { ts } from 'ts-morph'

/** All names that the top level of a module declares or imports. */
export function declaredNames(file: ts.SourceFile): readonly string[] {
  return file.statements.flatMap(namesOf)
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((d) => boundNames(d.name))
  }
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause
    const bindings = clause?.namedBindings
    const named =
      bindings === undefined
        ? []
        : ts.isNamespaceImport(bindings)
          ? [bindings.name]
          : bindings.elements.map((e) => e.name)
    return [...(clause?.name === undefined ? [] : [clause.name]), ...named].map((name) => name.text)
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  ) {
    return statement.name === undefined ? [] : [statement.name.text]
  }
  return []
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((e) => (ts.isOmittedExpression(e) ? [] : boundNames(e.name)))
}
