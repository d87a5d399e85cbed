import type { HostImports } from '../plan/host-imports.ts'
import { classModel, entry, functionModel, interfaceModels } from './declarations.ts'
import { findImports } from './find-imports.ts'
import { fixFunction, isRewritten } from './fix-function.ts'
import type { Implementation } from './implementation.ts'
import { isNamed, matchKeys } from './match-keys.ts'
import { membersOf, type Member } from './members.ts'
import { findRenames } from './renames.ts'
import { recordedWit } from './recorded.ts'
import { retire, unmark } from './retire.ts'
import type { Source } from './source.ts'
import { declarationStubs } from './stubs.ts'
import { declare, registerClass, registerClasses, syncClass, syncInterface } from './sync-interface.ts'
import type { Workspace } from './workspace.ts'

/**
 * Brings a file that implements the imports of a world up to date with the WIT. Edits are collected in the workspace's
 * sources; `workspace.finish` has been called.
 *
 * @param wasi whether interfaces of WASI are added; those that are there are kept in step anyway
 * @throws DiagnosticError for a file in which the imports are not found
 */
export async function update(source: Source, workspace: Workspace, wasi: boolean): Promise<void> {
  const { host } = workspace.generated
  const imports = findImports(source, host, workspace)
  const { all, opaque } = membersOf(imports, workspace)
  const keys = matchKeys(all, host.interfaces)
  const of = (key: string): Member | undefined => all.find((m) => m.name === key && !keys.taken.has(m))

  for (const [face, member] of keys.matched) registerClasses(member.value, face.resources, workspace)
  for (const resource of host.resources) {
    const member = of(resource.key)
    if (member !== undefined) registerClass(member.value, resource, workspace)
  }

  // Names for what will be added, before signatures name it.
  const scope = workspace.scope(imports.source)
  const missing = {
    interfaces: host.interfaces.filter((face) => !keys.matched.has(face) && (wasi || !face.key.startsWith('wasi:'))),
    resources: host.resources.filter(({ key }) => of(key) === undefined),
  }
  if (opaque.length === 0) {
    for (const { def, member } of [...missing.interfaces.flatMap((face) => face.resources), ...missing.resources]) {
      scope.classFor(def, member)
    }
  }

  const known = new Set([...keys.taken, ...[...host.functions, ...host.resources].map(({ key }) => of(key))])
  // Hosts may give more than a world imports, where TypeScript lets them.
  const isOurs = (m: Member): boolean =>
    (imports.type !== undefined && !m.isInherited) ||
    recordedWit(m.value.source, m.value.docs) !== undefined ||
    isNamed(m)
  const gone = all.filter((m) => !known.has(m) && !m.name.startsWith('wasi:') && isOurs(m))
  const newFunctions = host.functions.filter(({ key }) => of(key) === undefined)
  const renames = findRenames(
    gone.map((m) => ({ ...m, value: rootFunction(m.value, workspace), member: m })),
    newFunctions,
    workspace,
  )
  for (const { member, func } of renames) {
    const key = newFunctions.find((f) => f === func)?.key ?? ''
    renameKey(member.member, key)
    if (member.value.kind === 'function') {
      const own = isRewritten(member.value) ? member.value.node.name?.getText() : undefined
      await fixFunction(member.value, func, workspace, own)
    }
    workspace.changes.push({ kind: 'renamed', what: func.id, from: member.name })
  }

  for (const [face, member] of keys.matched) {
    if (member.name !== face.key) renameKey(member, face.key)
    unmark(member, face.key, workspace)
    await syncInterface(member, face, imports.type === undefined ? undefined : imports.node, workspace)
  }
  for (const func of host.functions) {
    const member = of(func.key)
    if (member === undefined) continue
    unmark(member, func.key, workspace)
    const value = rootFunction(member.value, workspace)
    if (value.kind === 'function' && (await fixFunction(value, func, workspace))) {
      workspace.changes.push({ kind: 'changed', what: func.id })
    }
  }
  for (const resource of host.resources) {
    const member = of(resource.key)
    if (member !== undefined) await syncClass(member, resource, workspace)
  }
  for (const member of gone) {
    if (renames.some((r) => r.member.member === member)) continue
    if (retire(member, member.name, undefined, workspace)) workspace.changes.push({ kind: 'gone', what: member.name })
  }

  const functions = newFunctions.filter((f) => !renames.some((r) => r.func === f))
  const [hidden] = opaque
  const names = [...missing.interfaces, ...functions, ...missing.resources].map(({ key }) => key)
  if (hidden !== undefined && names.length > 0) {
    const message = `what \`${hidden.source.textOf(hidden.node)}\` has cannot be seen here: it may lack ${names.join(', ')}`
    workspace.note(hidden.source, hidden.node, message, 'nothing was added; TypeScript tells what is missing')
  } else await addMissing(imports, { ...missing, functions }, workspace)
  workspace.finish()
}

type Missing = { readonly [K in 'interfaces' | 'functions' | 'resources']: HostImports[K] }

async function addMissing(
  { source, node }: ReturnType<typeof findImports>,
  { interfaces, functions, resources }: Missing,
  workspace: Workspace,
): Promise<void> {
  const scope = workspace.scope(source)
  const { style } = source
  const named = {
    resources: resources.map((resource) => ({ resource, name: scope.classFor(resource.def, resource.member) })),
    functions: functions.map((func) => ({ func, name: scope.claim(func.name) })),
    interfaces: interfaces.map((face) => ({ face, name: scope.claim(face.name) })),
  }
  const models = [
    ...named.resources.map(({ resource, name }) => classModel(resource, name, scope)),
    ...named.functions.map(
      ({ func, name }) =>
        ({ partial: 'scaffold/function', ...functionModel(func, scope, name, 'export function ') }) as const,
    ),
    ...named.interfaces.flatMap(({ face, name }) => interfaceModels(face, name, scope)),
  ]
  declare(source, node, await declarationStubs(models, style))
  const entries = [
    ...named.resources.map(({ resource, name }) => ({
      what: resource.id,
      text: entry(resource.key, name, style.quote),
    })),
    ...named.functions.map(({ func, name }) => ({ what: func.id, text: entry(func.key, name, style.quote) })),
    ...named.interfaces.map(({ face, name }) => ({ what: face.key, text: entry(face.key, name, style.quote) })),
  ]
  if (entries.length > 0)
    workspace.append(
      source,
      node,
      entries.map(({ text }) => text),
    )
  for (const { what } of entries) workspace.changes.push({ kind: 'added', what })
}

/** A function of the world itself is given as it is, or as `{ default: fn }`. */
function rootFunction(value: Implementation, workspace: Workspace): Implementation {
  if (value.kind !== 'object') return value
  return membersOf(value, workspace).all.find((m) => m.name === 'default')?.value ?? value
}

function renameKey({ source, node, name }: Member, key: string): void {
  const { quote } = source.style
  const text = /^[A-Za-z_$][\w$]*$/u.test(key) ? key : `${quote}${key}${quote}`
  const own = node.name
  if (own === undefined) return
  const isShorthand = source.textOf(node) === name
  if (isShorthand) source.insert(node.getStart(source.node), `${text}: `)
  else source.replace(own.getStart(source.node), own.end, text)
}
