import type { Id, PrimitiveName, TypeNode } from './ast.ts'
import type { Cursor } from './cursor.ts'

const deepest = 100
/** The types that are one word. */
export const primitives: ReadonlySet<string> = new Set<PrimitiveName>([
  'bool',
  's8',
  'u8',
  's16',
  'u16',
  's32',
  'u32',
  's64',
  'u64',
  'f32',
  'f64',
  'char',
  'string',
  'error-context',
])

function isPrimitive(kind: string): kind is PrimitiveName {
  return primitives.has(kind)
}

/** A type where it is used: `u32`, `list<my-type>`, `result<_, string>` … */
export function parseType(c: Cursor, depth = 0): TypeNode {
  const { kind, start } = c.peek()
  if (depth >= deepest) c.failAt('WIT0008', c.spanOf(c.peek()), `types nest more than ${deepest} deep`)
  const inner = (): TypeNode => parseType(c, depth + 1)
  const optional = (): TypeNode | undefined => {
    if (!c.eat('<')) return undefined
    const type = inner()
    c.expect('>', `after the type argument of \`${kind}\``)
    return type
  }
  if (c.atName()) {
    const id = c.id('a type')
    return { kind: 'name', id, span: id.span }
  }
  if (isPrimitive(kind)) {
    c.take()
    return { kind, span: c.spanFrom(start) }
  }
  switch (kind) {
    case 'list':
      return parseList(c, inner)
    case 'option': {
      c.take()
      c.expect('<', 'after `option`')
      const element = inner()
      c.expect('>', 'after the type argument of `option`')
      return { kind, element, span: c.spanFrom(start) }
    }
    case 'map': {
      c.take()
      c.expect('<', 'after `map`')
      const key = inner()
      c.expect(',', 'after the key type of `map`')
      const value = inner()
      c.expect('>', 'after the value type of `map`')
      return { kind, key, value, span: c.spanFrom(start) }
    }
    case 'tuple': {
      c.take()
      c.expect('<', 'after `tuple`')
      const types = c.list('>', inner)
      return { kind, types, span: c.spanFrom(start) }
    }
    case 'result':
      return parseResult(c, inner)
    case 'stream':
    case 'future': {
      c.take()
      const element = optional()
      return { kind, element, span: c.spanFrom(start) }
    }
    case 'own':
    case 'borrow': {
      c.take()
      c.expect('<', `after \`${kind}\``)
      const id: Id = c.id('the name of a resource')
      c.expect('>', `after the resource of \`${kind}\``)
      return { kind, id, span: c.spanFrom(start) }
    }
    default:
      return c.fail('a type')
  }
}

function parseList(c: Cursor, inner: () => TypeNode): TypeNode {
  const { start } = c.take()
  c.expect('<', 'after `list`')
  const element = inner()
  if (!c.eat(',')) {
    c.expect('>', 'after the type argument of `list`')
    return { kind: 'list', element, span: c.spanFrom(start) }
  }
  if (!c.at('integer')) c.fail('the length of the list')
  const token = c.take()
  const length = Number(c.textOf(token))
  if (length > 0xffffffff) c.report.error('WIT0006', c.spanOf(token), 'the length of a list must be less than 2^32')
  c.expect('>', 'after the length of the list')
  return { kind: 'fixed-length-list', element, length, span: c.spanFrom(start) }
}

/** `result`, `result<T>`, `result<T, E>`, `result<_, E>`. */
function parseResult(c: Cursor, inner: () => TypeNode): TypeNode {
  const { start } = c.take()
  let ok: TypeNode | undefined
  let err: TypeNode | undefined
  if (c.eat('<')) {
    if (c.eat('_')) {
      c.expect(',', 'after `_`')
      err = inner()
    } else {
      ok = inner()
      if (c.eat(',')) err = inner()
    }
    c.expect('>', 'after the type arguments of `result`')
  }
  return { kind: 'result', ok, err, span: c.spanFrom(start) }
}
