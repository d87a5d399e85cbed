import { ts } from 'ts-morph'
import { lookup, type Declared } from './lookup.ts'
import type { Source } from './source.ts'
import type { Workspace } from './workspace.ts'

export type FunctionNode =
  ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration | ts.ConstructorDeclaration

/** What stands behind an expression, in whatever of the user's files. */
export type Implementation =
  | {
      readonly kind: 'object'
      readonly source: Source
      readonly node: ts.ObjectLiteralExpression
      /** The type that the object is declared with, where nothing beyond it is allowed. */
      readonly type: ts.TypeNode | undefined
      /** What the comments stand on that belong to it. */
      readonly docs: ts.Node
    }
  | {
      readonly kind: 'class'
      readonly source: Source
      readonly node: ts.ClassLikeDeclaration
      readonly docs: ts.Node
      /** Whether its instances serve, or the class itself with its static members. */
      readonly instance: boolean
    }
  | { readonly kind: 'function'; readonly source: Source; readonly node: FunctionNode; readonly docs: ts.Node }
  /** Something that cannot be looked into. */
  | { readonly kind: 'other'; readonly source: Source; readonly node: ts.Node; readonly docs: ts.Node }

/** Looks through names, imports, `as`, `satisfies`, `Object.freeze`, `new` and functions that only return an object. */
export function implementationOf(expression: ts.Expression, source: Source, workspace: Workspace): Implementation {
  return find(expression, source, workspace, expression, undefined, 0)
}

/** More steps than anybody takes; names may lead in a circle. */
const MAX_STEPS = 30

function find(
  node: ts.Expression,
  source: Source,
  workspace: Workspace,
  docs: ts.Node,
  type: ts.TypeNode | undefined,
  steps: number,
): Implementation {
  const other = { kind: 'other', source, node, docs } as const
  const on = (next: ts.Expression, declared: ts.TypeNode | undefined): Implementation =>
    find(next, source, workspace, docs, declared, steps + 1)
  if (steps > MAX_STEPS) return other
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return on(node.expression, type)
  if (ts.isSatisfiesExpression(node)) return on(node.expression, node.type)
  if (ts.isAsExpression(node)) return on(node.expression, undefined)
  if (ts.isObjectLiteralExpression(node)) return { kind: 'object', source, node, type, docs }
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return { kind: 'function', source, node, docs }
  if (ts.isClassExpression(node)) return { kind: 'class', source, node, docs, instance: false }
  if (ts.isIdentifier(node)) {
    const declared = lookup(node, source, workspace)
    return declared === undefined ? other : fromDeclaration(declared, workspace, steps)
  }
  if (ts.isNewExpression(node)) {
    const made = on(node.expression, undefined)
    return made.kind === 'class' ? { ...made, instance: true } : other
  }
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments
    if (first !== undefined && /^Object\.(?:freeze|seal)$/u.test(source.textOf(node.expression))) {
      return on(first, undefined)
    }
    const callee = on(node.expression, undefined)
    const made = callee.kind === 'function' ? returned(callee.node) : undefined
    if (callee.kind === 'function' && made !== undefined) {
      return find(made, callee.source, workspace, callee.docs, callee.node.type, steps + 1)
    }
  }
  return other
}

/** What a declaration stands for. */
export function fromDeclaration({ source, node }: Declared, workspace: Workspace, steps = 0): Implementation {
  if (ts.isFunctionDeclaration(node)) return { kind: 'function', source, node, docs: node }
  if (ts.isClassDeclaration(node)) return { kind: 'class', source, node, docs: node, instance: false }
  if (!ts.isVariableDeclaration(node)) return find(node, source, workspace, node, undefined, steps + 1)
  const docs = ts.isVariableStatement(node.parent.parent) ? node.parent.parent : node
  return node.initializer === undefined
    ? { kind: 'other', source, node, docs }
    : find(node.initializer, source, workspace, docs, node.type, steps + 1)
}

/** What a function returns that does so in one place, at its end. */
export function returned(node: FunctionNode): ts.Expression | undefined {
  const { body } = node
  if (body === undefined) return undefined
  if (!ts.isBlock(body)) return body
  const last = body.statements.at(-1)
  return last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined
}
