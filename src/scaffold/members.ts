import { ts } from 'ts-morph'
import { implementationOf, type FunctionNode, type Implementation } from './implementation.ts'
import type { Source } from './source.ts'
import type { Workspace } from './workspace.ts'

/** A member of an object or class that implements something. */
export interface Member {
  readonly name: string
  /** The property, method or constructor, in `source`. */
  readonly node: ts.ObjectLiteralElementLike | ts.ClassElement
  readonly source: Source
  readonly value: Implementation
  /** Whether the member only names something that stands elsewhere. */
  readonly isReference: boolean
  /** Whether it came by a spread or from a base class. */
  readonly isInherited: boolean
}

/** What a container has, and the places where there may be more that cannot be seen. */
export interface Members {
  readonly all: readonly Member[]
  readonly opaque: readonly { readonly source: Source; readonly node: ts.Node }[]
}

export type Container = Extract<Implementation, { kind: 'object' | 'class' }>

/** @param isStatic of a class: its static members (and its constructor), or those of its instances */
export function membersOf(container: Container, workspace: Workspace, isStatic = false): Members {
  return container.kind === 'object'
    ? objectMembers(container, workspace, false, 0)
    : classMembers(container, workspace, isStatic, false, 0)
}

/** More levels of spreads or base classes than anybody writes; they may lead in a circle. */
const MAX_LEVELS = 10

type Opaque = Members['opaque'][number]

function objectMembers(
  { source, node }: Extract<Container, { kind: 'object' }>,
  workspace: Workspace,
  isInherited: boolean,
  level: number,
): Members {
  const all: Member[] = []
  const opaque: Opaque[] = []
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const value = implementationOf(property.expression, source, workspace)
      if (value.kind !== 'object' || level > MAX_LEVELS) opaque.push({ source, node: property })
      else {
        const inner = objectMembers(value, workspace, true, level + 1)
        all.push(...inner.all)
        opaque.push(...inner.opaque)
      }
      continue
    }
    const name = property.name === undefined ? undefined : nameText(property.name)
    if (name === undefined) continue
    all.push({ name, node: property, source, ...valueOf(property, source, workspace), isInherited })
  }
  return { all: all.filter((m, i) => !all.slice(i + 1).some((later) => later.name === m.name)), opaque }
}

function classMembers(
  { source, node }: Extract<Container, { kind: 'class' }>,
  workspace: Workspace,
  isStatic: boolean,
  isInherited: boolean,
  level: number,
): Members {
  const all: Member[] = []
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member)) {
      if (isStatic && member.body !== undefined) {
        const value = functionValue(member, source, member)
        all.push({ name: 'constructor', node: member, source, value, isReference: false, isInherited })
      }
      continue
    }
    const name = member.name === undefined ? undefined : nameText(member.name)
    const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : []
    const isOwn = modifiers.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) === isStatic
    // Of overloads, the one that has a body.
    const isOverload = ts.isMethodDeclaration(member) && member.body === undefined
    if (name === undefined || !isOwn || isOverload) continue
    if (!ts.isMethodDeclaration(member) && !ts.isPropertyDeclaration(member) && !ts.isAccessor(member)) continue
    all.push({ name, node: member, source, ...valueOf(member, source, workspace), isInherited })
  }
  const base = node.heritageClauses?.find((h) => h.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
  if (base === undefined) return { all, opaque: [] }
  const value = implementationOf(base.expression, source, workspace)
  if (value.kind !== 'class' || level > MAX_LEVELS) return { all, opaque: [{ source, node: base }] }
  const inner = classMembers(value, workspace, isStatic, true, level + 1)
  return { all: [...inner.all.filter((m) => !all.some((own) => own.name === m.name)), ...all], opaque: inner.opaque }
}

function valueOf(
  member: ts.ObjectLiteralElementLike | ts.ClassElement,
  source: Source,
  workspace: Workspace,
): Pick<Member, 'value' | 'isReference'> {
  if (ts.isMethodDeclaration(member)) return { value: functionValue(member, source, member), isReference: false }
  if (ts.isShorthandPropertyAssignment(member)) {
    return { value: withDocs(implementationOf(member.name, source, workspace), member), isReference: true }
  }
  if ((ts.isPropertyAssignment(member) || ts.isPropertyDeclaration(member)) && member.initializer !== undefined) {
    const value = withDocs(implementationOf(member.initializer, source, workspace), member)
    return { value, isReference: ts.isIdentifier(member.initializer) }
  }
  return { value: { kind: 'other', source, node: member, docs: member }, isReference: false }
}

/** What stands in a member itself has its comments there. */
function withDocs(value: Implementation, member: ts.Node): Implementation {
  const isInside = value.docs.pos >= member.pos && value.docs.end <= member.end
  return isInside && value.docs.getSourceFile() === member.getSourceFile() ? { ...value, docs: member } : value
}

function functionValue(node: FunctionNode, source: Source, docs: ts.Node): Implementation {
  return { kind: 'function', source, node, docs }
}

/** The text of a property's name; undefined for private and most computed ones. */
function nameText(name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text
  return ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined
}
