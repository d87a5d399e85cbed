import type { Docs } from '../ir/docs.ts'
import type { InterfaceItem, MemberNode, ResourceFunc, Signature, TypeBody, TypeDefNode, UseNode } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { docsOf } from './docs.ts'
import { type Attributes, parseAttributes } from './parse-attributes.ts'
import { parsePath } from './parse-path.ts'
import { parseType } from './parse-type.ts'
import { isKeyword } from './tokens.ts'

/** The documentation that stands before the next token. */
export function docsHere(c: Cursor): Docs {
  return docsOf(c.peek().comments, c.file.text)
}

/** `{ … }`: items, each read with its docs and attributes; one that cannot be read is reported and skipped. */
export function parseBody<T>(c: Cursor, what: string, item: (docs: Docs, gates: Attributes) => T): T[] {
  const open = c.expect('{', `before the body of the ${what}`)
  const items: T[] = []
  let complete = true
  while (!c.eat('}')) {
    if (c.at('end') && !complete) break // reported where the last item ended too early
    if (c.at('end')) {
      c.report.error('WIT0006', c.spanOf(open), `the body of the ${what} has no closing \`}\``)
      break
    }
    const parsed = c.recover(() => {
      const docs = docsHere(c)
      return item(docs, parseAttributes(c))
    })
    complete = parsed !== undefined
    if (parsed !== undefined) items.push(parsed)
  }
  return items
}

/** One item of an interface: a type, a function or a `use`. */
export function parseInterfaceItem(c: Cursor, docs: Docs, gates: Attributes): InterfaceItem {
  if (c.at('use')) return parseUse(c, gates)
  if (c.atName()) {
    const id = c.id('the name of a function')
    c.expect(':', `after \`${id.name}\``)
    const signature = parseSignature(c)
    c.expect(';', 'after the function')
    return { kind: 'function', id, signature, docs, stability: gates.stability, externalId: gates.externalId }
  }
  if (isKeyword(c.peek().kind) && c.peek(1).kind === ':') return c.fail('the name of a function')
  return parseTypeDef(c, docs, gates) ?? c.fail('`use`, a type definition or the name of a function')
}

/** `use path.{a, b as c};` */
export function parseUse(c: Cursor, gates: Attributes): UseNode {
  c.expect('use')
  const path = parsePath(c)
  c.expect('.', 'before the names in `{ }`')
  c.expect('{', 'before the names')
  const names = c.list('}', () => {
    const id = c.id('the name of a type')
    return { id, as: c.eat('as') ? c.id('the new name') : undefined }
  })
  c.expect(';', 'after `use`')
  return { kind: 'use', path, names, stability: gates.stability, externalId: gates.externalId }
}

/** `async func(a: u32) -> string`, `get() -> u32`, `set(v: u32)`. */
export function parseSignature(c: Cursor): Signature {
  const async = c.eat('async')
  const { start } = c.peek()
  const accessor = async ? undefined : accessorAt(c, 0)
  if (accessor !== undefined) c.take()
  else if (!c.eat('func')) c.fail(async ? '`func` after `async`' : '`func`, `async func`, `get` or `set`')
  const span = c.spanFrom(start)
  return { async, accessor, ...parseParams(c), span }
}

/** `get` and `set` are no keywords: they count only before a `(`. */
export function accessorAt(c: Cursor, ahead: number): 'getter' | 'setter' | undefined {
  const token = c.peek(ahead)
  if (token.kind !== 'name' || c.peek(ahead + 1).kind !== '(') return undefined
  const text = c.textOf(token)
  if (text === 'get') return 'getter'
  return text === 'set' ? 'setter' : undefined
}

function parseParams(c: Cursor): Pick<Signature, 'params' | 'result'> {
  c.expect('(', 'before the parameters')
  const params = c.list(')', () => {
    const docs = docsHere(c)
    const id = c.id('the name of a parameter')
    c.expect(':', `and a type after the parameter \`${id.name}\``)
    return { id, type: parseType(c), docs }
  })
  return { params, result: c.eat('->') ? parseType(c) : undefined }
}

/** `type`, `record`, `variant`, `enum`, `flags` or `resource`; undefined where none of them stands. */
export function parseTypeDef(c: Cursor, docs: Docs, gates: Attributes): TypeDefNode | undefined {
  const body = typeBodies[c.peek().kind as keyof typeof typeBodies] as (typeof typeBodies)['type'] | undefined
  if (body === undefined) return undefined
  const keyword = c.take()
  const id = c.id(`the name of the ${keyword.kind}`)
  return { kind: 'type', id, body: body(c), docs, stability: gates.stability, externalId: gates.externalId }
}

function parseMembers<T>(c: Cursor, what: string, rest: (member: MemberNode) => T): T[] {
  c.expect('{', `before the ${what}s`)
  return c.list('}', () => {
    const docs = docsHere(c)
    return rest({ id: c.id(`the name of a ${what}`), docs })
  })
}

const typeBodies = {
  type(c: Cursor): TypeBody {
    c.expect('=', 'and a type')
    const type = parseType(c)
    c.expect(';', 'after the type')
    return { kind: 'alias', type }
  },
  record(c: Cursor): TypeBody {
    const fields = parseMembers(c, 'field', (member) => {
      c.expect(':', `and a type after the field \`${member.id.name}\``)
      return { ...member, type: parseType(c) }
    })
    return { kind: 'record', fields }
  },
  variant(c: Cursor): TypeBody {
    const cases = parseMembers(c, 'case', (member) => {
      if (!c.eat('(')) return { ...member, type: undefined }
      const type = parseType(c)
      c.expect(')', 'after the type of the case')
      return { ...member, type }
    })
    return { kind: 'variant', cases }
  },
  enum(c: Cursor): TypeBody {
    return { kind: 'enum', cases: parseMembers(c, 'case', (member) => member) }
  },
  flags(c: Cursor): TypeBody {
    return { kind: 'flags', flags: parseMembers(c, 'flag', (member) => member) }
  },
  resource(c: Cursor): TypeBody {
    if (c.eat(';')) return { kind: 'resource', functions: [] }
    return { kind: 'resource', functions: parseBody(c, 'resource', (docs, gates) => parseResourceFunc(c, docs, gates)) }
  },
}

function parseResourceFunc(c: Cursor, docs: Docs, gates: Attributes): ResourceFunc {
  const item = { docs, stability: gates.stability, externalId: gates.externalId }
  if (c.at('constructor')) {
    const span = c.spanOf(c.take())
    const signature: Signature = { async: false, accessor: undefined, ...parseParams(c), span }
    c.expect(';', 'after the constructor')
    return { kind: 'constructor', id: { name: 'constructor', span }, signature, ...item }
  }
  const id = c.id('`constructor` or the name of a method')
  c.expect(':', `after \`${id.name}\``)
  const kind = c.eat('static') ? 'static' : 'method'
  const signature = parseSignature(c)
  c.expect(';', 'after the function')
  return { kind, id, signature, ...item }
}
