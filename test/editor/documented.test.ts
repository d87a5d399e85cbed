// What an editor shows: each name that generated code and the package export has documentation, and no type is `any`.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Node, Project, type ExportedDeclarations, type SourceFile } from 'ts-morph'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const project = new Project({ tsConfigFilePath: `${root}/tsconfig.json`, skipAddingFilesFromTsConfig: true })
const golden = readdirSync(`${root}/test/golden`).map((name) => `${root}/test/golden/${name}/generated/**/*.ts`)
const generated = project.addSourceFilesAtPaths([`${root}/generated/**/*.ts`, ...golden])
const entries = ['src/index.ts', 'src/runtime/index.ts'].map((path) => project.addSourceFileAtPath(`${root}/${path}`))

function isDocumented(node: Node): boolean {
  // The docs of a constant stand at its statement, those of a namespace before `export * as`.
  const holder = Node.isVariableDeclaration(node) ? node.getVariableStatement() : node
  if (holder === undefined) return false
  if (Node.isJSDocable(holder)) return holder.getJsDocs().some((doc) => doc.getInnerText().trim() !== '')
  return holder.getLeadingCommentRanges().some((range) => range.getText().startsWith('/**'))
}

/** The parts of an exported declaration that an editor lists as well. */
function members(declaration: ExportedDeclarations): readonly Node[] {
  if (Node.isClassDeclaration(declaration)) {
    return declaration.getMembers().filter((member) => {
      const isPrivate = Node.isModifierable(member) && member.hasModifier('private')
      const isHidden = 'getName' in member && typeof member.getName === 'function' && member.getName().startsWith('#')
      // A constructor and an override say nothing that the class or what they override does not.
      const isPlain = !Node.isConstructorDeclaration(member) && !Node.isClassStaticBlockDeclaration(member)
      return !isPrivate && !isHidden && isPlain && !isOverride(member)
    })
  }
  return []
}

const isOverride = (node: Node): boolean => Node.isModifierable(node) && node.hasModifier('override')

/** `file: name` of everything that a module exports without saying what it is. */
function undocumented(file: SourceFile): readonly string[] {
  const found: string[] = []
  for (const [name, declarations] of file.getExportedDeclarations()) {
    for (const declaration of declarations) {
      // A module stands for `export * as name`; what it exports is looked at by itself.
      if (Node.isSourceFile(declaration)) continue
      // A value and a type of one name, or overloads: the docs of one do.
      if (!declarations.some(isDocumented)) found.push(`${file.getBaseName()}: ${name}`)
      for (const member of members(declaration)) {
        if (!isDocumented(member)) found.push(`${file.getBaseName()}: ${name}.${member.getText().split('\n')[0] ?? ''}`)
      }
    }
  }
  for (const statement of file.getExportDeclarations()) {
    if (statement.isNamespaceExport() && statement.getNamespaceExport() !== undefined && !isDocumented(statement)) {
      found.push(`${file.getBaseName()}: ${statement.getText()}`)
    }
  }
  return found
}

test('there is something to look at', () => {
  expect(generated.length).toBeGreaterThan(70)
})

describe('every export is documented', () => {
  test('of generated code', () => {
    expect(generated.flatMap(undocumented)).toEqual([])
  })

  test.each(entries.map((file) => [file.getFilePath().slice(root.length), file] as const))('of %s', (_, file) => {
    expect(undocumented(file)).toEqual([])
  })
})

test('every function that a guest exports says what it throws', () => {
  const found: string[] = []
  let count = 0
  for (const file of generated.filter((f) => f.getBaseName() !== `${f.getBaseNameWithoutExtension()}.codec.ts`)) {
    for (const world of file.getClasses()) {
      for (const property of world.getInstanceProperties()) {
        if (!Node.isPropertyDeclaration(property) || property.getName().startsWith('#')) continue
        for (const member of property.getType().getProperties()) {
          const [declaration] = member.getDeclarations()
          if (declaration === undefined || !Node.isMethodSignature(declaration)) continue
          const text = declaration
            .getJsDocs()
            .map((doc) => doc.getText())
            .join('')
          if (!text.includes('@throws `WasmError`')) found.push(`${file.getBaseName()}: ${member.getName()}`)
          count++
        }
      }
    }
  }
  expect(found).toEqual([])
  expect(count).toBeGreaterThan(100)
})

test('nothing that generated code exports has the type `any`', () => {
  const found = generated.flatMap((file) =>
    [...file.getExportedDeclarations()].flatMap(([name, declarations]) =>
      declarations
        .filter((d) => !Node.isSourceFile(d))
        .filter((d) => d.getType().isAny() || d.getDescendants().some((n) => Node.isTypeNode(n) && n.getType().isAny()))
        .map(() => `${file.getBaseName()}: ${name}`),
    ),
  )
  expect(found).toEqual([])
})
