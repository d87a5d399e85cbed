import { ts } from 'ts-morph'
import type { Member } from './members.ts'
import { goneMark, goneMarks, markAbove } from './recorded.ts'
import type { Source } from './source.ts'
import type { Workspace } from './workspace.ts'

/**
 * Marks what is no longer in the world. Code stays: a line that only names something is commented out, since TypeScript would
 * refuse the name there, and so is nothing else.
 *
 * @param literal the type of the object literal that the member stands in, to which the member is added so that it is still allowed
 * @returns whether it was not marked before
 */
export function retire(member: Member, id: string, literal: ts.TypeNode | undefined, workspace: Workspace): boolean {
  const { source, node, value } = member
  const isMarked = goneMarks(source, node).length > 0
  let isNew = false
  if (value.docs !== node && value.kind !== 'other' && goneMarks(value.source, value.docs).length === 0) {
    markAbove(value.source, value.docs, goneMark(id))
    isNew = true
  }
  if (isMarked) return isNew
  if (member.isReference && isAloneOnItsLine(source, node)) {
    source.insert(node.getStart(source.node), `${goneMark(id)}: `)
    return true
  }
  markAbove(source, node, goneMark(id))
  if (ts.isObjectLiteralExpression(node.parent)) {
    const type = literal === undefined ? undefined : memberType(member)
    if (literal === undefined || type === undefined) {
      workspace.note(source, node, `${id} is no longer in the world; TypeScript allows it here no longer`, 'remove it')
    } else workspace.widen(source, literal, type)
  }
  return true
}

/** Takes the marks off what is in the world again. */
export function unmark({ source, node, value }: Member, what: string, workspace: Workspace): void {
  const seen = new Set<string>()
  for (const place of [
    { source, node },
    { source: value.source, node: value.docs },
  ]) {
    for (const { start, end } of goneMarks(place.source, place.node)) {
      const key = `${place.source.path}:${start}`
      if (!seen.has(key)) place.source.replace(start, end, '')
      seen.add(key)
    }
  }
  if (seen.size > 0) workspace.changes.push({ kind: 'back', what })
}

function isAloneOnItsLine(source: Source, node: ts.Node): boolean {
  const start = node.getStart(source.node)
  const end = source.lineEnd(start)
  if (end < node.end || source.text.slice(source.lineStart(start), start).trim() !== '') return false
  return /^,?$/u.test(source.codeBetween(node.end, end))
}

/** `flush(text: string): void`, as a member of a type; undefined where the code does not say all of it. */
function memberType({ name, source, value }: Member): string | undefined {
  const key = /^[A-Za-z_$][\w$]*$/u.test(name) ? name : JSON.stringify(name)
  if (value.kind !== 'function' || value.source !== source) return undefined
  const { node } = value
  if (node.parameters.some((p) => p.type === undefined || p.initializer !== undefined)) return undefined
  const params = node.parameters.map((p) => source.textOf(p)).join(', ')
  const result = node.type === undefined ? 'unknown' : source.textOf(node.type)
  return `${key}(${params}): ${result}`.replaceAll(/\s+/gu, ' ')
}
