import {
  dealias,
  type Func,
  type Interface,
  type PackageName,
  type Resolve,
  type Type,
  type TypeDef,
  type World,
} from '../ir/index.ts'

/** An enum or variant that a function returns as its error. */
export interface ErrorType {
  /** `ns:pkg/iface#type`, without the version, so that numbers outlive it; inline interfaces are `ns:pkg/world/iface#type`. */
  readonly key: string
  readonly def: TypeDef
  /** In the order of declaration. */
  readonly cases: readonly string[]
}

/**
 * The error types of a package: of the interfaces that it declares, whatever world uses them, and of all that its worlds
 * export or declare inline. So they are the same whichever worlds are generated.
 */
export function errorTypes({ root }: Resolve): readonly ErrorType[] {
  const inline = new Map<Interface, string>()
  const functions: Func[] = [...root.interfaces.values()].flatMap((face) => [...face.functions.values()])
  for (const world of root.worlds.values()) {
    for (const side of ['imports', 'exports'] as const)
      for (const func of worldFunctions(world, side, inline)) functions.push(func)
  }
  const found = new Map<TypeDef, ErrorType>()
  for (const func of functions) {
    const def = errorOf(func)
    if (def === undefined || found.has(def.def)) continue
    const { owner } = def.def
    found.set(def.def, { ...def, key: `${ownerKey(owner, inline)}#${def.def.name}` })
  }
  return [...found.values()]
}

/** Imports from other packages (WASI above all) are left out: their errors are the host's, never a `GuestError`. */
function worldFunctions(world: World, side: 'imports' | 'exports', inline: Map<Interface, string>): readonly Func[] {
  return [...world[side]].flatMap(([key, item]) => {
    if (item.kind === 'function') return [item.function]
    if (item.kind === 'type') return []
    const face = item.interface
    if (face.name === undefined) inline.set(face, `${packagePath(world.package.name)}/${world.name}/${key}`)
    return side === 'exports' || face.name === undefined ? [...face.functions.values()] : []
  })
}

function errorOf(func: Func): Omit<ErrorType, 'key'> | undefined {
  const result = func.result === undefined ? undefined : dealias(func.result)
  if (result?.kind !== 'result' || result.err === undefined) return undefined
  const def = declaration(result.err)
  if (def?.type.kind !== 'enum' && def?.type.kind !== 'variant') return undefined
  return { def, cases: def.type.cases.map((c) => c.name) }
}

/** What the last name on the way to a type stands for: the declaration behind aliases and `use`. */
function declaration(type: Type): TypeDef | undefined {
  let def: TypeDef | undefined
  for (let t = type; t.kind === 'ref'; t = t.def.type) def = t.def
  return def
}

function ownerKey(owner: Interface | World, inline: ReadonlyMap<Interface, string>): string {
  const known = 'imports' in owner ? undefined : inline.get(owner)
  return known ?? `${packagePath(owner.package.name)}/${owner.name ?? ''}`
}

function packagePath({ namespace, name }: PackageName): string {
  return `${namespace}:${name}`
}
