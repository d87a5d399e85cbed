import type { HostInterface } from '../plan/host-imports.ts'
import type { Member } from './members.ts'

export interface MatchedKeys {
  readonly matched: ReadonlyMap<HostInterface, Member>
  readonly taken: ReadonlySet<Member>
}

/**
 * Which member of the imports serves which interface: under its key, under its full name, and else under the key that it had
 * before its version changed or a second version joined it.
 */
export function matchKeys(members: readonly Member[], interfaces: readonly HostInterface[]): MatchedKeys {
  const matched = new Map<HostInterface, Member>()
  const taken = new Set<Member>()
  const match = (face: HostInterface, member: Member | undefined): void => {
    if (member === undefined || matched.has(face) || taken.has(member)) return
    matched.set(face, member)
    taken.add(member)
  }
  const find = (key: string): Member | undefined => members.find((m) => m.name === key)
  for (const face of interfaces) match(face, find(face.key) ?? find(face.id))
  for (const face of interfaces) {
    const same = members.filter((m) => !taken.has(m) && unversioned(m.name) === unversioned(face.id))
    const rivals = interfaces.filter((f) => !matched.has(f) && unversioned(f.id) === unversioned(face.id))
    // The comment of the constant has the full name.
    const [only] = same.length === 1 && rivals.length === 1 ? same : same.filter((m) => docsName(m, face.id))
    match(face, only)
  }
  return { matched, taken }
}

function docsName({ value }: Member, id: string): boolean {
  return docsOf(value).includes(`WIT: \`${id}\``)
}

/** Whether the comment of what a member stands for has the member's key as its WIT name. */
export function isNamed({ name, value }: Member): boolean {
  const text = docsOf(value)
  return text.includes(`WIT: \`${name}\``) || text.includes(`WIT: \`${name}@`)
}

function docsOf({ source, docs }: Member['value']): string {
  return source.text.slice(source.leadOf(docs), docs.getStart(source.node))
}

const unversioned = (key: string): string => key.replace(/@.*$/u, '')
