import type { Func, Interface, World } from '../ir/index.ts'
import { TypeTableBuilder } from './type-table.ts'

/** An interface as a guest is compared with it; the empty `id` stands for the functions of the world itself. */
export interface InterfaceSignatures {
  readonly id: string
  readonly types?: Readonly<Record<string, string>>
  readonly functions: Readonly<Record<string, { readonly signature: string }>>
}

/** What the generated code of a world says of its types, without the code: the signatures of all imports and exports. */
export function worldSignatures(world: World): {
  readonly imports: readonly InterfaceSignatures[]
  readonly exports: readonly InterfaceSignatures[]
} {
  return { imports: side(world, 'imports'), exports: side(world, 'exports') }
}

function side(world: World, which: 'imports' | 'exports'): readonly InterfaceSignatures[] {
  const items = [...world[which]]
  const own = items.flatMap(([, item]) => (item.kind === 'function' ? [item.function] : []))
  const faces = items.flatMap(([id, item]) =>
    item.kind === 'interface' && isUsed(item.interface)
      ? [signatures(world, id, [...item.interface.functions.values()])]
      : [],
  )
  return own.length === 0 ? faces : [...faces, signatures(world, '', own)]
}

/** Interfaces with nothing but value types ask nothing of a guest. */
function isUsed(face: Interface): boolean {
  return face.functions.size > 0 || [...face.types.values()].some((def) => def.type.kind === 'resource')
}

function signatures(world: World, id: string, functions: readonly Func[]): InterfaceSignatures {
  const table = new TypeTableBuilder(world)
  const entries = functions.map((func) => [func.name, { signature: table.signature(func) }] as const)
  return {
    id,
    types: Object.fromEntries(table.entries().map(({ key, text }) => [key, text])),
    functions: Object.fromEntries(entries),
  }
}
