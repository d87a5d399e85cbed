import type { Func, FuncKind, Interface, Package, TypeDef, World } from '../../ir/index.ts'
import type { TypeTable, WorldDescriptor } from '../descriptor.ts'
import { expandSignature } from '../type-table.ts'
import { splitVersion } from '../versions.ts'
import { resourceOf } from './face.ts'
import { readSignature } from './signature-reader.ts'

const UNKNOWN = { docs: undefined, stability: { level: 'unknown' }, span: undefined } as const

/** One side of a world with its types: functions and resources by WIT name, per interface. */
export interface CoreFace {
  /** `ns:pkg/iface@1.0.0`, a kebab name, or '' for what stands outside of interfaces. */
  readonly id: string
  readonly interface: Interface
  readonly functions: ReadonlyMap<string, Func>
  readonly resources: ReadonlyMap<string, TypeDef>
}

/** What generated code knows of a world, back as types. */
export interface CoreWorld {
  readonly world: World
  readonly imports: readonly CoreFace[]
  readonly exports: readonly CoreFace[]
}

interface Described {
  readonly id: string
  readonly types?: TypeTable
  readonly functions: Readonly<Record<string, { readonly signature: string }>>
  readonly resources?: Readonly<Record<string, unknown>>
}

/** The types of a world, read from the signatures in its descriptor. */
export function coreWorld(descriptor: WorldDescriptor): CoreWorld {
  const world = emptyWorld(descriptor.id)
  const imports = descriptor.imports.map((face) => declare(face, world))
  const exports = descriptor.exports.map((face) => declare(face, world))
  const find =
    (faces: readonly Open[]) =>
    (name: string): TypeDef => {
      const [base, resource = ''] = name.split('#')
      for (const face of faces) {
        const def = splitVersion(face.id).base === base ? face.resources.get(resource) : undefined
        if (def !== undefined) return def
      }
      throw new TypeError(`the world ${descriptor.id} has no resource ${name}`)
    }
  for (const [i, face] of descriptor.imports.entries()) readFunctions(face, imports[i], find([...imports, ...exports]))
  for (const [i, face] of descriptor.exports.entries()) readFunctions(face, exports[i], find([...exports, ...imports]))
  return { world, imports, exports }
}

interface Open extends CoreFace {
  readonly functions: Map<string, Func>
  readonly resources: Map<string, TypeDef>
}

function declare(face: Described, world: World): Open {
  const owner = emptyInterface(face.id, world)
  const resources = new Map<string, TypeDef>()
  for (const name of Object.keys(face.resources ?? {})) {
    const def: TypeDef = { name, type: { kind: 'resource' }, owner: face.id === '' ? world : owner, ...UNKNOWN }
    resources.set(name, def)
    owner.types.set(name, def)
  }
  return { id: face.id, interface: owner, functions: owner.functions, resources }
}

function readFunctions(face: Described, into: Open | undefined, find: (name: string) => TypeDef): void {
  for (const [name, { signature }] of Object.entries(face.functions)) {
    const func = readSignature(name, expandSignature(signature, face.types ?? {}), find)
    into?.functions.set(name, { ...func, kind: kindOf(name, into) })
  }
}

function kindOf(name: string, { resources }: Open): FuncKind {
  const resource = resources.get(resourceOf(name)?.resource ?? '')
  const [, kind] = /^\[(constructor|method|static)\]/.exec(name) ?? []
  if (resource === undefined || kind === undefined) return { kind: 'freestanding' }
  return { kind: kind as 'constructor' | 'method' | 'static', resource }
}

function emptyWorld(id: string): World {
  const [, namespace = '', pkg = '', name = '', version] = /^([^:]*):([^/]*)\/([^@]*)(?:@(.*))?$/.exec(id) ?? []
  return {
    name,
    package: emptyPackage(namespace, pkg, version),
    imports: new Map(),
    exports: new Map(),
    ...UNKNOWN,
  }
}

function emptyInterface(id: string, world: World): Interface {
  const [, namespace, pkg = '', name, version] = /^([^:]*):([^/]*)\/([^@]*)(?:@(.*))?$/.exec(id) ?? []
  const home = namespace === undefined ? world.package : emptyPackage(namespace, pkg, version)
  return { name, package: home, types: new Map(), functions: new Map(), ...UNKNOWN }
}

function emptyPackage(namespace: string, name: string, version: string | undefined): Package {
  return { name: { namespace, name, version }, docs: undefined, interfaces: new Map(), worlds: new Map() }
}
