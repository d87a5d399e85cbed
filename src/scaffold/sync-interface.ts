import { ts } from 'ts-morph'
import type { HostInterface, HostResource } from '../plan/host-imports.ts'
import { classModel, entry } from './declarations.ts'
import type { Implementation } from './implementation.ts'
import { membersOf, type Container, type Member } from './members.ts'
import type { Source } from './source.ts'
import { declarationStubs } from './stubs.ts'
import { syncFunctions } from './sync-functions.ts'
import type { Workspace } from './workspace.ts'

/**
 * Tells the files of the user's which of their classes stand for resources, before any signature is written; gives names to
 * classes that will be added.
 */
export function registerClasses(value: Implementation, resources: readonly HostResource[], workspace: Workspace): void {
  if (value.kind !== 'object' && value.kind !== 'class') return
  const { all, opaque } = membersOf(value, workspace, isStatic(value))
  for (const resource of resources) {
    const member = all.find((m) => m.name === resource.member)
    if (member !== undefined) registerClass(member.value, resource, workspace)
    else if (opaque.length === 0) workspace.scope(value.source).classFor(resource.def, resource.member)
  }
}

/** Tells the file that its class stands for the resource; a class without a name cannot be referred to, and is left out. */
export function registerClass(value: Implementation, resource: HostResource, workspace: Workspace): void {
  if (value.kind !== 'class' || value.node.name === undefined) return
  workspace.scope(value.source).setClass(resource.def, value.node.name.text)
}

/**
 * Brings what stands under an interface's key up to date: its functions, and the classes of its resources.
 *
 * @param typed a node in which object literals may have nothing that their type does not know
 */
export async function syncInterface(
  member: Member,
  face: HostInterface,
  typed: ts.Node | undefined,
  workspace: Workspace,
): Promise<void> {
  const { value } = member
  if (value.kind !== 'object' && value.kind !== 'class') {
    const message = `${face.key} is given as \`${shortened(member.source.textOf(member.node))}\`, which cannot be looked into`
    workspace.note(member.source, member.node, message, 'nothing was compared; TypeScript tells what does not fit')
    return
  }
  renewId(value, face)
  const members = membersOf(value, workspace, isStatic(value))
  await syncFunctions(
    {
      container: value,
      isStatic: isStatic(value),
      isClosed: value.kind === 'object' && (value.type !== undefined || isWithin(value.node, typed)),
      functions: face.functions,
      others: face.resources.map((r) => r.member),
      id: (name) => `${face.key}#${name}`,
    },
    workspace,
  )
  for (const resource of face.resources) {
    const own = members.all.find((m) => m.name === resource.member)
    if (own !== undefined) await syncClass(own, resource, workspace)
    else if (members.opaque.length === 0) await addClass(resource, value, workspace)
  }
}

/** The comment above an interface names its version. */
function renewId({ source, docs }: Container, { id }: HostInterface): void {
  const lead = source.leadOf(docs)
  const text = source.text.slice(lead, docs.getStart(source.node))
  const match = /WIT: `([^`\s]+)`/u.exec(text)
  const old = match?.[1]
  if (match === null || old === undefined || old.replace(/@.*$/u, '') !== id.replace(/@.*$/u, '')) return
  const start = lead + match.index + 'WIT: `'.length
  source.replace(start, start + old.length, id)
}

/** Brings the class of a resource up to date. */
export async function syncClass(
  { source, node, value }: Member,
  resource: HostResource,
  workspace: Workspace,
): Promise<void> {
  if (value.kind !== 'class') {
    const message = `the class of ${resource.id} is given as \`${shortened(source.textOf(node))}\`, which cannot be looked into`
    workspace.note(source, node, message, 'nothing was compared; TypeScript tells what does not fit')
    return
  }
  for (const isStatic of [true, false]) {
    const kinds = isStatic ? ['constructor', 'static'] : ['method']
    await syncFunctions(
      {
        container: value,
        isStatic,
        isClosed: false,
        functions: resource.functions.filter((f) => kinds.includes(f.kind)),
        others: ['constructor'],
        id: (name) =>
          name === 'constructor'
            ? memberId(resource, '[constructor]', '')
            : memberId(resource, isStatic ? '[static]' : '[method]', `.${name}`),
      },
      workspace,
    )
  }
}

/** `demo:files/fs#[method]file.read` */
function memberId({ id, def }: HostResource, kind: string, name: string): string {
  return `${id.slice(0, id.length - def.name.length)}${kind}${def.name}${name}`
}

async function addClass(resource: HostResource, container: Container, workspace: Workspace): Promise<void> {
  const { source, node } = container
  const name = await declareClass(resource, source, node, workspace)
  const piece = ts.isObjectLiteralExpression(node)
    ? entry(resource.member, name, source.style.quote)
    : `static readonly ${resource.member} = ${name}${source.style.semi ? ';' : ''}`
  workspace.append(source, node, [piece])
}

/** Declares a class above the statement that a node stands in; gives its name. */
export async function declareClass(
  resource: HostResource,
  source: Source,
  node: ts.Node,
  workspace: Workspace,
): Promise<string> {
  const scope = workspace.scope(source)
  const name = scope.classFor(resource.def, resource.member)
  declare(source, node, await declarationStubs([classModel(resource, name, scope)], source.style))
  workspace.changes.push({ kind: 'added', what: resource.id })
  return name
}

/** Puts declarations above the statement that a node stands in. */
export function declare(source: Source, node: ts.Node, texts: readonly string[]): void {
  let statement = node
  while (!ts.isSourceFile(statement.parent)) statement = statement.parent
  const lead = source.leadOf(statement)
  const isApart = lead === 0 || /\n\s*\n$/u.test(source.text.slice(0, lead))
  const text = texts.map((piece) => `${piece}\n\n`).join('')
  source.insert(lead, text === '' || isApart ? text : `\n${text}`)
}

function isWithin(node: ts.Node, outer: ts.Node | undefined): boolean {
  return (
    outer !== undefined &&
    node.getSourceFile() === outer.getSourceFile() &&
    node.pos >= outer.pos &&
    node.end <= outer.end
  )
}

const isStatic = (value: Implementation): boolean => value.kind === 'class' && !value.instance

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}...` : line
}
