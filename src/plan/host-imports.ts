import {
  funcSignature,
  interfaceId,
  worldId,
  type Func,
  type Interface,
  type SignatureNames,
  type TypeDef,
  type World,
} from '../ir/index.ts'
import { Names, pascalCase, variableName } from './case.ts'
import { docLines, stabilityTags } from './docs.ts'
import {
  freestanding,
  interfaceFace,
  isEmpty,
  lastWord,
  memberNames,
  resourceMembers,
  worldFace,
  type Face,
} from './face.ts'
import type { FilePath } from './file-scope.ts'
import type { OutputLayout } from './layout.ts'
import type { SignatureModel } from './model.ts'
import { publicNames } from './public-names.ts'
import type { TypeScope } from './ts-type.ts'
import { signatureModel } from './types-file.ts'
import { importKeys, interfacesOf } from './world-file.ts'

/** The scope of a file that is not generated itself. */
export type HostScope = TypeScope & { inComments(): TypeScope }

/** A function that the host implements. */
export interface HostFunction {
  /** As errors name it: `demo:pipeline/log#log`, with the version where two are imported. */
  readonly id: string
  readonly kind: Func['kind']['kind']
  readonly func: Func
  /** What the object or class calls it. */
  readonly member: string
  /** What it is in WIT: `log: func(level: level, message: string)`, `new: static func()`, `constructor(start: u32)`. */
  readonly wit: string
  /** The TypeScript of it, its docs included; one line of them is `wit`. */
  signature(scope: HostScope): SignatureModel
}

/** A class that the host implements. */
export interface HostResource {
  readonly id: string
  readonly def: TypeDef
  /** The class under the interface's key. */
  readonly member: string
  readonly file: FilePath
  /** The generated TypeScript interface of its objects. */
  readonly typeName: string
  readonly docs: readonly string[]
  readonly functions: readonly HostFunction[]
}

/** An interface that the host implements. */
export interface HostInterface {
  /** In the object of imports: `demo:pipeline/log`, with the version where two are imported. */
  readonly key: string
  /** `demo:pipeline/log@0.1.0` */
  readonly id: string
  /** What the generated class of the world calls it: `log`. */
  readonly name: string
  readonly file: FilePath
  /** The generated TypeScript interface of its functions. */
  readonly typeName: string
  readonly docs: readonly string[]
  readonly functions: readonly HostFunction[]
  readonly resources: readonly HostResource[]
}

/** All that a world imports. */
export interface HostImports {
  /** `demo:pipeline/pipeline` */
  readonly world: string
  /** The generated file of the world, and in it the type of its imports. */
  readonly file: FilePath
  readonly typeName: string
  /** The interfaces that the file of the world offers as namespaces, with their files. */
  readonly namespaces: ReadonlyMap<string, FilePath>
  readonly interfaces: readonly HostInterface[]
  /** What stands outside of interfaces: keys are WIT names, `name` is free to be declared at the top of a module. */
  readonly functions: readonly (HostFunction & { readonly key: string; readonly name: string })[]
  readonly resources: readonly (HostResource & { readonly key: string })[]
}

/** What a host has to implement for a world, with the names and types that the generated code has for it. */
export function hostImports(world: World, layout: OutputLayout): HostImports {
  // What guests export has one type file for both: there results are what guests give, which hosts may not be more lenient than.
  const exported = new Set(
    [...world.package.worlds.values()].flatMap((w) => interfacesOf(w.exports).map(([, face]) => face)),
  )
  const imported = interfacesOf(world.imports)
  const faces = [...new Set([...interfacesOf(world.exports), ...imported].map(([, face]) => face))]
  const words = publicNames(faces, layout)
  const withFunctions = imported.filter(([, face]) => !isEmpty(interfaceFace(face, layout)))
  const keys = importKeys(withFunctions.map(([key]) => key))
  const root = worldFace(world, 'imports', layout)
  const members = memberNames(root)
  return {
    world: worldId(world).replace(/@.*$/u, ''),
    file: world.name,
    typeName: `${pascalCase(world.name)}Imports`,
    namespaces: new Map(faces.map((face) => [words.get(face) ?? '', layout.typesFile(face)])),
    interfaces: withFunctions.map(([id, face]) =>
      hostInterface(face, id, keys.get(id) ?? id, words.get(face) ?? '', exported.has(face), layout),
    ),
    functions: freestanding(root).map((f) => ({
      ...hostFunction(f, f.name, members.get(f) ?? '', false),
      key: f.name,
      name: variableName(f.name),
    })),
    resources: root.resources.map((def) => ({ ...hostResource(root, def, '', members, false, layout), key: def.name })),
  }
}

function hostInterface(
  owner: Interface,
  id: string,
  key: string,
  name: string,
  exported: boolean,
  layout: OutputLayout,
): HostInterface {
  const face = interfaceFace(owner, layout)
  const members = memberNames(face)
  return {
    key,
    id,
    name,
    file: face.typesFile,
    typeName: face.interfaceName,
    docs: docLines(owner.docs, [`WIT: \`${interfaceId(owner) ?? id}\``, ...stabilityTags(owner.stability)]),
    functions: freestanding(face).map((f) => hostFunction(f, `${key}#${f.name}`, members.get(f) ?? '', exported)),
    resources: face.resources.map((def) => hostResource(face, def, `${key}#`, members, exported, layout)),
  }
}

function hostResource(
  face: Face,
  def: TypeDef,
  prefix: string,
  members: ReadonlyMap<Func, string>,
  exported: boolean,
  layout: OutputLayout,
): HostResource {
  const { constructors, methods, statics } = resourceMembers(face, def)
  return {
    id: `${prefix}${def.name}`,
    def,
    member: pascalCase(def.name),
    file: face.typesFile,
    typeName: layout.localName(def),
    docs: docLines(def.docs, [`WIT: \`resource ${def.name}\``, ...stabilityTags(def.stability)]),
    functions: [...constructors, ...methods, ...statics].map((f) =>
      hostFunction(f, `${prefix}${f.name}`, members.get(f) ?? '', exported),
    ),
  }
}

/** Names as they stand in the WIT of the function. */
const witNames: SignatureNames = { type: (def) => def.name, resource: (def) => def.name }

/** @param strict whether results may not be more lenient than those of guests */
function hostFunction(func: Func, id: string, member: string, strict: boolean): HostFunction {
  const { kind } = func.kind
  const own = kind === 'method' ? { ...func, params: func.params.slice(1) } : func
  // WIT text has no word for handles that are owned.
  const text = funcSignature(kind === 'constructor' ? { ...own, result: undefined } : own, witNames).replaceAll(
    /own<([^<>]*)>/gu,
    '$1',
  )
  const wit =
    kind === 'constructor'
      ? text.replace(/^func/u, 'constructor')
      : `${lastWord(func.name)}: ${kind === 'static' ? 'static ' : ''}${text}`
  const signature = (scope: HostScope): SignatureModel =>
    signatureModel(own, member, scope, false, [`WIT: \`${wit}\``], strict)
  return { id, kind, func: own, member, wit, signature }
}

/** Names that the module of a host may not declare: globals that its code or its types use. */
const GLOBALS = 'Error Map Symbol Promise undefined NaN Infinity'.split(' ')
const ARRAYS = 'Int8 Uint8 Int16 Uint16 Int32 Uint32 BigInt64 BigUint64 Float32 Float64'.split(' ')

/** Names for the declarations of a module that implements imports. */
export function hostNames(taken: Iterable<string>): Names {
  return new Names([...GLOBALS, ...ARRAYS.map((kind) => `${kind}Array`), ...taken])
}
