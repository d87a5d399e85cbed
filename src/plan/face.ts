import { interfaceId, type Func, type Interface, type TypeDef, type World } from '../ir/index.ts'
import { camelCase, memberName, Names, pascalCase } from './case.ts'
import type { FilePath } from './file-scope.ts'
import type { OutputLayout } from './layout.ts'

/** A set of functions that is imported or exported as one: an interface, or what a world itself imports or exports. */
export interface Face {
  readonly owner: Interface | World
  /** The component-level name; empty for the functions of a world itself. */
  readonly id: string
  /** What stands before the name of a function in errors: `ns:pkg/iface#`, or nothing. */
  readonly prefix: string
  /** The kebab name from which others are made. */
  readonly word: string
  readonly typesFile: FilePath
  readonly codecFile: FilePath
  /** The TypeScript interface of the functions. */
  readonly interfaceName: string
  readonly functions: readonly Func[]
  readonly resources: readonly TypeDef[]
}

/** An interface as a face; inline interfaces have the id of their kebab name. */
export function interfaceFace(face: Interface, layout: OutputLayout): Face {
  const word = layout.interfaceWord(face)
  const id = interfaceId(face) ?? word
  return {
    owner: face,
    id,
    prefix: `${id.replace(/@.*$/u, '')}#`,
    word,
    typesFile: layout.typesFile(face),
    codecFile: layout.codecFile(face),
    interfaceName: layout.interfaceName(face),
    functions: [...face.functions.values()],
    resources: [...face.types.values()].filter((def) => def.type.kind === 'resource'),
  }
}

/** The functions, and for imports the resources, that a world has outside of any interface. */
export function worldFace(world: World, direction: 'imports' | 'exports', layout: OutputLayout): Face {
  const items = [...world[direction].values()]
  return {
    owner: world,
    id: '',
    prefix: '',
    word: `${world.name}-root`,
    typesFile: world.name,
    codecFile: `${world.name}.codec`,
    interfaceName: layout.rootName(world, direction),
    functions: items.flatMap((item) => (item.kind === 'function' ? [item.function] : [])),
    resources: items.flatMap((item) => (item.kind === 'type' && item.type.type.kind === 'resource' ? [item.type] : [])),
  }
}

/** Whether there is anything that a host or a guest has to give. */
export function isEmpty(face: Face): boolean {
  return face.functions.length === 0 && face.resources.length === 0
}

/** The constants that a codec file offers to the file of a world. */
export function descriptorNames(face: Face): { readonly exportsName: string; readonly importsName: string } {
  const word = camelCase(face.word)
  return { exportsName: `${word}Exports`, importsName: `${word}Imports` }
}

/** The functions of a resource, by what they are in its class. */
export interface ResourceMembers {
  readonly def: TypeDef
  readonly constructors: readonly Func[]
  readonly methods: readonly Func[]
  readonly statics: readonly Func[]
}

/** The functions of one resource of the face, in the order of the WIT. */
export function resourceMembers(face: Face, def: TypeDef): ResourceMembers {
  const of = (kind: Func['kind']['kind']): readonly Func[] =>
    face.functions.filter((f) => f.kind.kind === kind && 'resource' in f.kind && f.kind.resource === def)
  return { def, constructors: of('constructor'), methods: of('method'), statics: of('static') }
}

/** The functions of the face that belong to no resource, in the order of the WIT. */
export function freestanding(face: Face): readonly Func[] {
  return face.functions.filter((f) => f.kind.kind === 'freestanding')
}

/** What the functions of a face are called in TypeScript, each once in its object or class. */
export function memberNames(face: Face): ReadonlyMap<Func, string> {
  const members = new Map<Func, string>()
  const names = new Names(face.resources.map((def) => pascalCase(def.name)))
  for (const func of freestanding(face)) members.set(func, names.claim(memberName(func.name)))
  for (const def of face.resources) {
    const { constructors, methods, statics } = resourceMembers(face, def)
    for (const func of constructors) members.set(func, 'constructor')
    for (const group of [methods, statics]) {
      const taken = new Names()
      for (const func of group) members.set(func, taken.claim(memberName(lastWord(func.name))))
    }
  }
  return members
}

/** `inc` of `[method]counter.inc`. */
export function lastWord(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}
