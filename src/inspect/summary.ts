import {
  interfaceId,
  packageId,
  type Func,
  type Interface,
  type Resolve,
  type TypeDef,
  type World,
  type WorldItem,
} from '../ir/index.ts'
import { functionText, typeText } from '../wit/to-wit.ts'

type Lines = readonly string[]

/**
 * The root package for people: its worlds with everything that they import and export, then the interfaces that stand in
 * none of them, then the names of the other packages.
 */
export function summary({ root, packages }: Resolve): string {
  const worlds = [...root.worlds.values()]
  const shown = new Set(worlds.flatMap((world) => [...facesOf(world.imports), ...facesOf(world.exports)]))
  const others = packages.filter((p) => p !== root).map((p) => packageId(p.name))
  const blocks: Lines[] = [
    [`package ${packageId(root.name)}`],
    ...worlds.map(worldLines),
    ...[...root.interfaces.values()]
      .filter((face) => !shown.has(face))
      .map((face) => [`interface ${interfaceId(face) ?? ''}`, ...indent(interfaceLines(face))]),
    ...(others.length === 0 ? [] : [[`uses ${others.join(', ')}`]]),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function facesOf(items: World['imports']): readonly Interface[] {
  return [...items.values()].flatMap((item) => (item.kind === 'interface' ? [item.interface] : []))
}

function worldLines(world: World): Lines {
  const side = (word: string, items: ReadonlyMap<string, WorldItem>): Lines => {
    const functions = [...items.values()].flatMap((item) => (item.kind === 'function' ? [item.function] : []))
    return [...items].flatMap(([key, item]) => {
      switch (item.kind) {
        case 'interface':
          return [`${word} ${key}`, ...indent(interfaceLines(item.interface))]
        case 'function':
          return item.function.kind.kind === 'freestanding' ? [`${word} ${functionText(item.function)}`] : []
        case 'type':
          return item.type.type.kind === 'resource'
            ? resourceLines(item.type, functions).map((line, i) => (i === 0 ? `${word} ${line}` : line))
            : typeLines(item.type)
      }
    })
  }
  const lines = [...side('import', world.imports), ...side('export', world.exports)]
  return [`world ${world.name}`, ...indent(lines.length > 0 ? lines : ['imports and exports nothing'])]
}

function interfaceLines(face: Interface): Lines {
  const functions = [...face.functions.values()]
  const defs = [...face.types.values()]
  return [
    ...defs.filter((def) => def.type.kind !== 'resource').flatMap(typeLines),
    ...defs.filter((def) => def.type.kind === 'resource').flatMap((def) => resourceLines(def, functions)),
    ...functions.filter((f) => f.kind.kind === 'freestanding').map(functionText),
  ]
}

function resourceLines(def: TypeDef, functions: readonly Func[]): Lines {
  const own = functions.filter((f) => f.kind.kind !== 'freestanding' && f.kind.resource === def)
  return [`resource ${def.name}`, ...indent(own.map(functionText))]
}

/** The kind and the name, and what it has: fields and cases with a type on lines of their own, names on one line. */
function typeLines(def: TypeDef): Lines {
  const { type, name } = def
  switch (type.kind) {
    case 'record':
      return [`record ${name}`, ...indent(type.fields.map((f) => `${f.name}: ${typeText(f.type)}`))]
    case 'variant': {
      const cases = type.cases.map((c) => (c.type === undefined ? c.name : `${c.name}(${typeText(c.type)})`))
      return [`variant ${name}`, ...indent(cases)]
    }
    case 'enum':
      return [`enum ${name}`, ...indent([type.cases.map((c) => c.name).join(', ')])]
    case 'flags':
      return [`flags ${name}`, ...indent([type.flags.map((f) => f.name).join(', ')])]
    case 'ref':
      return [type.def.owner === def.owner ? `type ${name} = ${type.def.name}` : usedType(def, type.def)]
    default:
      return [`type ${name} = ${typeText(type)}`]
  }
}

/** A type of another interface: `use ns:pkg/types.{sample}`. */
function usedType({ name }: TypeDef, target: TypeDef): string {
  const from = 'imports' in target.owner ? target.owner.name : (interfaceId(target.owner) ?? '')
  return `use ${from}.{${target.name === name ? name : `${target.name} as ${name}`}}`
}

function indent(lines: Lines): Lines {
  return lines.map((line) => `  ${line}`)
}
