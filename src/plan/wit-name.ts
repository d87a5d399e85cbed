import {
  interfaceId,
  typeSignature,
  worldId,
  type Interface,
  type Type,
  type TypeDef,
  type World,
} from '../ir/index.ts'
import { harmless } from './docs.ts'
import type { OutputLayout } from './layout.ts'
import { declaration } from './type-key.ts'

const isWorld = (owner: Interface | World): owner is World => 'imports' in owner

/** `demo:pipeline/analysis@0.1.0#sample`, the WIT path of a declaration. */
export function witPath(def: TypeDef, layout: OutputLayout): string {
  const owner = isWorld(def.owner) ? worldId(def.owner) : (interfaceId(def.owner) ?? layout.typesFile(def.owner))
  return `${owner}#${def.name}`
}

/** What a comment calls a type: its WIT name, or its text. */
export function witName(type: Type): string {
  const def = declaration(type)
  if (def !== undefined) return def.name
  return harmless(typeSignature(type, { type: (d) => d.name, resource: (d) => d.name }))
}
