import type { HostFunction, HostScope } from '../plan/host-imports.ts'
import { NOT_IMPLEMENTED } from './declarations.ts'
import { DeferredTypes } from './deferred-types.ts'
import type { FunctionNode, Implementation } from './implementation.ts'
import { continued } from './insert.ts'
import { fixParams } from './params.ts'
import { markAbove, recordedWit } from './recorded.ts'
import { stubFromName, stubMessage } from './stubs.ts'
import { gives, tokens, typeTextOf } from './type-text.ts'
import { readWitSignature } from './wit-signature.ts'
import type { Workspace } from './workspace.ts'
import { ts } from 'ts-morph'

export type FunctionImplementation = Extract<Implementation, { kind: 'function' }>

/**
 * Brings the signature of a function up to date, its body where that is still a stub, and the line of its comment that says
 * what it is in WIT.
 *
 * @param name what it is called from now on, where that changes
 * @returns whether anything of the code changed
 */
export async function fixFunction(
  { source, node, docs }: FunctionImplementation,
  func: HostFunction,
  workspace: Workspace,
  name?: string,
): Promise<boolean> {
  const recorded = recordedWit(source, docs)
  const message = stubMessage(node)
  if (recorded?.text === func.wit && (message === undefined || message === NOT_IMPLEMENTED + func.id)) return false
  if (recorded !== undefined) source.replace(recorded.start, recorded.end, func.wit)

  const from = stubStart(node)
  if (isRewritten({ kind: 'function', source, node, docs }) && from !== undefined) {
    const scope = workspace.scope(source)
    const own = name ?? (ts.isConstructorDeclaration(node) ? undefined : node.name?.getText(source.node))
    const text = await stubFromName(func, own, scope, source.style)
    const bare = text.replace(/^static /u, '')
    source.replace(from, node.end, continued(bare, source.indentAt(node.getStart(source.node))))
    return true
  }
  const before = recorded === undefined ? undefined : readWitSignature(recorded.text)
  if (before !== undefined && before.shape === readWitSignature(func.wit).shape) return false
  return fixSignature({ kind: 'function', source, node, docs }, func, before, workspace)
}

/** Whether a function is still a stub, of which all but the comment is written anew. */
export function isRewritten({ source, node, docs }: FunctionImplementation): boolean {
  return stubMessage(node) !== undefined && recordedWit(source, docs) !== undefined && stubStart(node) !== undefined
}

/** Where the name of a method or function stands, or the word `constructor`. */
function stubStart(node: FunctionNode): number | undefined {
  if (ts.isConstructorDeclaration(node)) return node.getStart()
  return ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node) ? node.name?.getStart() : undefined
}

function fixSignature(
  { source, node, docs }: FunctionImplementation,
  func: HostFunction,
  before: ReturnType<typeof readWitSignature> | undefined,
  workspace: Workspace,
): boolean {
  const scope = workspace.scope(source)
  if (isOverloaded(node)) {
    const suggestion = `in WIT it is \`${func.wit}\``
    workspace.note(source, node, `the signature of ${func.id} was left alone: it has overloads`, suggestion)
    return false
  }
  const deferred = new DeferredTypes(scope)
  const real = func.signature(deferred)
  const canonical = func.signature({ ...scope.canonical(), inComments: () => scope.inComments() } satisfies HostScope)
  const after = readWitSignature(func.wit)
  const wanted = real.params.map((param, i) => ({
    wit: after.params[i] ?? { name: param.name, type: '' },
    name: param.name,
    canonical: tokens(canonical.params[i]?.type ?? ''),
    type: () => deferred.settle(param.type),
  }))
  const { changed, missed, refused } = fixParams(node, wanted, before?.params, source, scope)
  for (const name of missed) {
    markAbove(source, docs, `// witgen: ${func.id} has no parameter \`${name}\` any more, and still uses it`)
    workspace.note(source, node, `${func.id} has no parameter \`${name}\` any more, and still uses it`, undefined)
  }
  if (refused !== undefined) {
    const suggestion = `in WIT it is \`${func.wit}\``
    workspace.note(source, node, `the parameters of ${func.id} were left alone: ${refused}`, suggestion)
  }
  return fixResult() || changed

  function fixResult(): boolean {
    const { type } = node
    if (type === undefined || func.kind === 'constructor') return false
    if (before !== undefined && before.result === after.result) return false
    const own = typeTextOf(type, source, scope)
    const wantedResult = tokens(canonical.result)
    if (own.text === wantedResult || (before === undefined && gives(own, wantedResult))) return false
    source.replace(type.getStart(source.node), type.end, deferred.settle(real.result))
    return true
  }
}

function isOverloaded(node: FunctionNode): boolean {
  if (!ts.isMethodDeclaration(node) && !ts.isFunctionDeclaration(node) && !ts.isConstructorDeclaration(node))
    return false
  const siblings: readonly ts.Node[] = ts.isClassLike(node.parent)
    ? node.parent.members
    : ts.isSourceFile(node.parent) || ts.isBlock(node.parent)
      ? node.parent.statements
      : []
  return siblings.some(
    (s) =>
      s !== node &&
      s.kind === node.kind &&
      'body' in s &&
      s.body === undefined &&
      'name' in s &&
      (s.name as ts.Node | undefined)?.getText() === node.name?.getText(),
  )
}
