import type { Docs, Stability } from '../ir/docs.ts'
import type { Func, Interface, Package, Resolve, World, WorldItem } from '../ir/package.ts'
import type { Type, TypeDef } from '../ir/types.ts'
import { isKeyword } from './tokens.ts'

/**
 * Resolved packages as one WIT text: the root package, then the others as `package … { }` blocks. Worlds are printed with
 * the imports that they imply and without `include`.
 */
export function resolveToWit(resolve: Resolve): string {
  const blocks = [header(resolve.root, ';'), ...items(resolve.root)]
  for (const other of resolve.packages) {
    if (other === resolve.root) continue
    blocks.push([...header(other, ' {'), ...indent(separate(items(other))), '}'])
  }
  return `${separate(blocks).join('\n')}\n`
}

type Lines = readonly string[]

function header(p: Package, end: string): Lines {
  const { version } = p.name
  return [...docs(p.docs), `package ${packagePath(p)}${version === undefined ? '' : `@${version}`}${end}`]
}

function items(p: Package): Lines[] {
  const interfaces = [...p.interfaces].map(([name, face]) => [
    ...docs(face.docs),
    ...gates(face.stability),
    ...block(`interface ${id(name)}`, interfaceBody(face, p)),
  ])
  const worlds = [...p.worlds].map(([name, world]) => [
    ...docs(world.docs),
    ...gates(world.stability),
    ...block(`world ${id(name)}`, worldBody(world, p)),
  ])
  return [...interfaces, ...worlds]
}

function indent(lines: Lines): Lines {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

/** Blocks with an empty line between them. */
function separate(blocks: readonly Lines[]): Lines {
  return blocks.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]))
}

function block(head: string, body: Lines): Lines {
  return body.length === 0 ? [`${head} {}`] : [`${head} {`, ...indent(body), '}']
}

function id(name: string): string {
  return isKeyword(name) ? `%${name}` : name
}

function docs(text: Docs): Lines {
  return text === undefined ? [] : text.split('\n').map((line) => (line === '' ? '///' : `/// ${line}`))
}

function gates(stability: Stability, externalId?: string): Lines {
  const lines: string[] = []
  if (stability.level === 'stable') lines.push(`@since(version = ${stability.since})`)
  if (stability.level === 'unstable') lines.push(`@unstable(feature = ${id(stability.feature)})`)
  if (stability.level !== 'unknown' && stability.deprecated !== undefined) {
    lines.push(`@deprecated(version = ${stability.deprecated})`)
  }
  if (externalId !== undefined) lines.push(`@external-id(${stringLiteral(externalId)})`)
  return lines
}

function stringLiteral(text: string): string {
  const escaped = text.replace(/["\\]|\p{Cc}/gu, (c) =>
    c === '"' || c === '\\' ? `\\${c}` : `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  )
  return `"${escaped}"`
}

/** The path of an interface, as short as it can be inside the package `home`. */
function path(face: Interface, home: Package): string {
  const name = id(face.name ?? '')
  if (face.package === home) return name
  const { version } = face.package.name
  return `${packagePath(face.package)}/${name}${version === undefined ? '' : `@${version}`}`
}

function packagePath({ name: { namespace, name } }: Package): string {
  return `${id(namespace)}:${id(name)}`
}

/**
 * Types first, then functions, but a resource with functions not before the functions that stand before its own: so the
 * order is the same when the text is read again.
 */
function interfaceBody(face: Interface, home: Package): Lines {
  const functions = [...face.functions.values()]
  const types = [...face.types.values()]
  const waits = new Set(functions.flatMap((f) => (f.kind.kind === 'freestanding' ? [] : [f.kind.resource])))
  const lines: string[] = []
  const takeTypes = (upTo: TypeDef | undefined): void => {
    for (let def = types[0]; def !== undefined && (def === upTo || !waits.has(def)); def = types[0]) {
      for (const line of definition(def, functions, home)) lines.push(line)
      waits.delete(def)
      types.shift()
    }
  }
  for (const func of functions) {
    takeTypes(func.kind.kind === 'freestanding' ? undefined : func.kind.resource)
    if (func.kind.kind === 'freestanding') lines.push(...functionItem(func, ''))
  }
  takeTypes(undefined)
  return [...lines, ...types.flatMap((def) => definition(def, functions, home))]
}

function worldBody(world: World, home: Package): Lines {
  const methods = [...world.imports.values()].flatMap((item) =>
    item.kind === 'function' && item.function.kind.kind !== 'freestanding' ? [item.function] : [],
  )
  const side = (word: string, map: ReadonlyMap<string, WorldItem>): Lines =>
    [...map].flatMap(([key, item]) => {
      switch (item.kind) {
        case 'type':
          return definition(item.type, methods, home)
        case 'function':
          return item.function.kind.kind === 'freestanding' ? functionItem(item.function, `${word} `) : []
        case 'interface': {
          const { interface: face } = item
          const attributes = gates(item.stability, item.externalId)
          if (face.name === undefined) {
            return [
              ...docs(face.docs),
              ...attributes,
              ...block(`${word} ${id(key)}: interface`, interfaceBody(face, home)),
            ]
          }
          const label = key.includes(':') ? '' : `${id(key)}: `
          return [...docs(item.docs), ...attributes, `${word} ${label}${path(face, home)};`]
        }
      }
    })
  return [...side('import', world.imports), ...side('export', world.exports)]
}

/** A `use` or type definition; `methods` are the functions of all resources around. */
function definition(def: TypeDef, methods: readonly Func[], home: Package): Lines {
  const name = id(def.name)
  const head = [...docs(def.docs), ...gates(def.stability, def.externalId)]
  const { type } = def
  const members = <T extends { readonly name: string; readonly docs: Docs }>(
    list: readonly T[],
    rest: (member: T) => string,
  ): Lines => [
    ...head,
    ...block(
      `${type.kind} ${name}`,
      list.flatMap((m) => [...docs(m.docs), `${id(m.name)}${rest(m)},`]),
    ),
  ]
  switch (type.kind) {
    case 'ref': {
      const { owner, name: target } = type.def
      if (owner === def.owner || 'imports' in owner) return [...head, `type ${name} = ${id(target)};`]
      return [...head, `use ${path(owner, home)}.{${id(target)}${target === def.name ? '' : ` as ${name}`}};`]
    }
    case 'own':
      return [...head, `type ${name} = own<${id(type.resource.name)}>;`]
    case 'record':
      return members(type.fields, (f) => `: ${typeText(f.type)}`)
    case 'variant':
      return members(type.cases, (c) => (c.type === undefined ? '' : `(${typeText(c.type)})`))
    case 'enum':
      return members(type.cases, () => '')
    case 'flags':
      return members(type.flags, () => '')
    case 'resource': {
      const own = methods.filter((f) => f.kind.kind !== 'freestanding' && f.kind.resource === def)
      if (own.length === 0) return [...head, `resource ${name};`]
      return [
        ...head,
        ...block(
          `resource ${name}`,
          own.flatMap((f) => functionItem(f, '')),
        ),
      ]
    }
    default:
      return [...head, `type ${name} = ${typeText(type)};`]
  }
}

function functionItem(func: Func, before: string): Lines {
  const head = [...docs(func.docs), ...gates(func.stability, func.externalId)]
  return [...head, `${func.kind.kind === 'constructor' ? '' : before}${functionText(func)};`]
}

/** A function as its interface, resource or world declares it, without docs, attributes and `;`: `inc: func(by: u32) -> u32`. */
export function functionText(func: Func): string {
  const { kind, accessor } = func
  const params = kind.kind === 'method' ? func.params.slice(1) : func.params
  const list = `(${params.map((p) => `${id(p.name)}: ${typeText(p.type)}`).join(', ')})`
  const given = kind.kind === 'constructor' && func.result?.kind === 'own'
  const result = func.result === undefined || given ? '' : ` -> ${typeText(func.result)}`
  if (kind.kind === 'constructor') return `constructor${list}${result}`
  const label = func.name.replace(/^(?:\[[^\]]*\])*/, '')
  const name = kind.kind === 'freestanding' ? label : label.slice(label.indexOf('.') + 1)
  const word = accessor === undefined ? `${func.async ? 'async ' : ''}func` : accessor === 'getter' ? 'get' : 'set'
  return `${id(name)}: ${kind.kind === 'static' ? 'static ' : ''}${word}${list}${result}`
}

/** A type where a value has it. */
export function typeText(type: Type): string {
  const argument = (t: Type | undefined): string => (t === undefined ? '' : `<${typeText(t)}>`)
  switch (type.kind) {
    case 'ref':
      return id(type.def.name)
    case 'own':
      return id(type.resource.name)
    case 'borrow':
      return `borrow<${id(type.resource.name)}>`
    case 'list':
    case 'stream':
    case 'future':
      return `${type.kind}${argument(type.element)}`
    case 'fixed-length-list':
      return `list<${typeText(type.element)}, ${type.length}>`
    case 'map':
      return `map<${typeText(type.key)}, ${typeText(type.value)}>`
    case 'option':
      return `option<${typeText(type.some)}>`
    case 'tuple':
      return `tuple<${type.types.map(typeText).join(', ')}>`
    case 'result': {
      if (type.err === undefined) return `result${argument(type.ok)}`
      return `result<${type.ok === undefined ? '_' : typeText(type.ok)}, ${typeText(type.err)}>`
    }
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
    case 'resource':
      throw new TypeError(`a ${type.kind} without a name cannot be written in WIT`)
    default:
      return type.kind
  }
}
