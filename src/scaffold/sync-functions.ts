import type { HostFunction } from '../plan/host-imports.ts'
import { functionModel } from './declarations.ts'
import { fixFunction, isRewritten } from './fix-function.ts'
import { membersOf, type Container, type Member, type Members } from './members.ts'
import { recordedWit } from './recorded.ts'
import { renameMember } from './rename-member.ts'
import { findRenames } from './renames.ts'
import { retire, unmark } from './retire.ts'
import { memberStubs } from './stubs.ts'
import { readWitSignature } from './wit-signature.ts'
import type { Workspace } from './workspace.ts'

/** What the functions of an interface or class are compared with. */
export interface Target {
  readonly container: Container
  /** Of a class: whether static members are meant. */
  readonly isStatic: boolean
  /** Whether it is an object literal that may have nothing that its type does not know. */
  readonly isClosed: boolean
  readonly functions: readonly HostFunction[]
  /** Other members that belong there: the classes of an interface. */
  readonly others: readonly string[]
  /** The WIT name of a function that is gone, of which only its own name is known. */
  id(name: string): string
}

/** Brings the functions of one object or class up to date with the WIT. */
export async function syncFunctions(target: Target, workspace: Workspace): Promise<void> {
  const { container, functions } = target
  const members = membersOf(container, workspace, target.isStatic)
  const name = (func: HostFunction): string => (func.kind === 'constructor' ? 'constructor' : func.member)
  const present = new Map(members.all.map((member) => [member.name, member]))
  const missing = functions.filter((func) => !present.has(name(func)))
  const wanted = new Set([...functions.map(name), ...target.others])
  const gone = members.all.filter((member) => !wanted.has(member.name) && belongs(member, target.isClosed))

  const renames = findRenames(gone, missing, workspace)
  for (const { member, func } of renames) await rename(member, func, target, workspace)
  for (const func of functions) {
    const member = present.get(name(func))
    if (member !== undefined) await syncMember(member, func, workspace)
  }
  for (const member of gone) {
    if (renames.some((r) => r.member === member)) continue
    const id = target.id(witNameOf(member))
    const literal = container.kind === 'object' && !member.isInherited ? container.type : undefined
    if (retire(member, id, literal, workspace)) workspace.changes.push({ kind: 'gone', what: id })
  }
  await add(
    missing.filter((func) => !renames.some((r) => r.func === func)),
    target,
    members,
    workspace,
  )
}

/** Whether a member that the WIT does not know was a function of it, and is not something of the user's own. */
function belongs(member: Member, isClosed: boolean): boolean {
  const { value } = member
  if (value.kind === 'function' && recordedWit(value.source, value.docs) !== undefined) return true
  return isClosed && !member.isInherited && value.kind !== 'other'
}

async function rename(member: Member, func: HostFunction, target: Target, workspace: Workspace): Promise<void> {
  const { value } = member
  // Of a function elsewhere the name stays: only what it is known by here changes.
  const rewrites = value.kind === 'function' && value.node === member.node && isRewritten(value)
  renameMember(member, func.member, rewrites)
  if (value.kind === 'function') await fixFunction(value, func, workspace, rewrites ? func.member : undefined)
  workspace.changes.push({ kind: 'renamed', what: func.id, from: target.id(witNameOf(member)) })
}

async function syncMember(member: Member, func: HostFunction, workspace: Workspace): Promise<void> {
  unmark(member, func.id, workspace)
  if (member.value.kind !== 'function') return
  if (await fixFunction(member.value, func, workspace)) workspace.changes.push({ kind: 'changed', what: func.id })
}

async function add(
  functions: readonly HostFunction[],
  { container }: Target,
  { opaque }: Members,
  workspace: Workspace,
): Promise<void> {
  const [hidden] = opaque
  if (functions.length === 0) return
  if (hidden !== undefined) {
    const names = functions.map((func) => func.id).join(', ')
    const message = `what \`${hidden.source.textOf(hidden.node)}\` has cannot be seen here: it may lack ${names}`
    workspace.note(hidden.source, hidden.node, message, 'nothing was added; TypeScript tells what is missing')
    return
  }
  const { source, node } = container
  const scope = workspace.scope(source)
  const models = functions.map((func) => functionModel(func, scope))
  workspace.append(source, node, await memberStubs(models, container.kind, source.style))
  for (const func of functions) workspace.changes.push({ kind: 'added', what: func.id })
}

function witNameOf(member: Member): string {
  const recorded = recordedWit(member.value.source, member.value.docs)
  const name = recorded === undefined ? '' : readWitSignature(recorded.text).name
  return name === '' ? kebab(member.name) : name
}

const kebab = (name: string): string =>
  name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`).replace(/^-/u, '')
