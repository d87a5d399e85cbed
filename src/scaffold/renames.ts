import type { HostFunction } from '../plan/host-imports.ts'
import type { Member } from './members.ts'
import { recordedWit } from './recorded.ts'
import { similarity } from './similar-names.ts'
import { tokens, typeTextOf } from './type-text.ts'
import { readWitSignature } from './wit-signature.ts'
import type { Workspace } from './workspace.ts'

/** A function that is gone under one name and new under another. */
export interface Rename<M> {
  readonly member: M
  readonly func: HostFunction
}

/**
 * Finds what was renamed: the signature is the same, the names are similar, and no other pair fits better. Names are those of
 * the WIT where the comment has them.
 */
export function findRenames<M extends Pick<Member, 'name' | 'value'>>(
  gone: readonly M[],
  added: readonly HostFunction[],
  workspace: Workspace,
): readonly Rename<M>[] {
  const pairs = gone.flatMap((member) =>
    added
      .filter((func) => func.kind !== 'constructor' && hasSignature(member, func, workspace))
      .map((func) => ({ member, func, score: similarity(witNameOf(member), readWitSignature(func.wit).name) }))
      .filter(({ score }) => score > 0),
  )
  const found: Rename<M>[] = []
  for (const { member, func } of pairs.sort((a, b) => b.score - a.score)) {
    if (!found.some((f) => f.member === member || f.func === func)) found.push({ member, func })
  }
  return found
}

function witNameOf(member: Pick<Member, 'name' | 'value'>): string {
  const recorded = recordedWit(member.value.source, member.value.docs)
  return recorded === undefined
    ? member.name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
    : readWitSignature(recorded.text).name
}

/** By the WIT in the comment, else by the types that the user wrote, all of them. */
function hasSignature({ value }: Pick<Member, 'value'>, func: HostFunction, workspace: Workspace): boolean {
  if (value.kind !== 'function') return false
  const recorded = recordedWit(value.source, value.docs)
  if (recorded !== undefined) return readWitSignature(recorded.text).shape === readWitSignature(func.wit).shape
  const { source, node } = value
  const scope = workspace.scope(source)
  const wanted = func.signature({ ...scope.canonical(), inComments: () => scope.inComments() })
  const isWritten = (type: typeof node.type, text: string): boolean =>
    type !== undefined && typeTextOf(type, source, scope).text === tokens(text)
  return (
    node.parameters.length === wanted.params.length &&
    node.parameters.every((p, i) => isWritten(p.type, wanted.params[i]?.type ?? '')) &&
    isWritten(node.type, wanted.result)
  )
}
