import type { Docs } from '../ir/docs.ts'
import type { ExternNode, IncludeNode, WorldItemNode } from './ast.ts'
import type { Cursor } from './cursor.ts'
import type { Attributes } from './parse-attributes.ts'
import { accessorAt, parseBody, parseInterfaceItem, parseSignature, parseTypeDef, parseUse } from './parse-interface.ts'
import { parsePath } from './parse-path.ts'

/** One item of a world: `import`, `export`, `include`, `use` or a type. */
export function parseWorldItem(c: Cursor, docs: Docs, gates: Attributes): WorldItemNode {
  if (c.at('import') || c.at('export')) {
    const kind = c.take().kind === 'import' ? 'import' : 'export'
    return { kind, item: parseExtern(c), docs, stability: gates.stability, externalId: gates.externalId }
  }
  if (c.at('use')) return parseUse(c, gates)
  if (c.at('include')) return parseInclude(c, gates)
  return parseTypeDef(c, docs, gates) ?? c.fail('`import`, `export`, `include`, `use` or a type definition')
}

function parseExtern(c: Cursor): ExternNode['item'] {
  if (c.peek(1).kind === ':') {
    const kind = c.peek(2).kind
    if (kind === 'func' || kind === 'async' || accessorAt(c, 2) !== undefined) {
      const id = c.id('the name of a function')
      c.expect(':')
      const signature = parseSignature(c)
      c.expect(';', 'after the function')
      return { kind: 'function', id, signature }
    }
    if (kind === 'interface') {
      const id = c.id('the name of the interface')
      c.expect(':')
      c.expect('interface')
      return {
        kind: 'inline',
        id,
        items: parseBody(c, 'interface', (docs, gates) => parseInterfaceItem(c, docs, gates)),
      }
    }
    // `a:b/c` is a path from its first word on, `label: b` and `label: a:b/c` are not.
    if (c.peek(3).kind !== '/') {
      const id = c.id('a name')
      c.expect(':')
      if (c.atName() && c.peek(1).kind === '(') c.fail('`func`, `async func`, `get`, `set` or an interface')
      const path = parsePath(c)
      c.expect(';', 'after the interface')
      return { kind: 'named', id, path }
    }
  }
  const path = parsePath(c)
  c.expect(';', 'after the interface')
  return { kind: 'path', path }
}

/** `include path;` or `include path with { a as b }`, which takes no `;`. */
function parseInclude(c: Cursor, gates: Attributes): IncludeNode {
  c.expect('include')
  const path = parsePath(c)
  const gate = { stability: gates.stability, externalId: gates.externalId }
  if (!c.eat('with')) {
    c.expect(';', 'after `include`')
    return { kind: 'include', path, names: [], span: path.span, ...gate }
  }
  c.expect('{', 'after `with`')
  const names = c.list('}', () => {
    const id = c.id('the name of an import or export')
    c.expect('as', `after \`${id.name}\``)
    return { id, as: c.id('the new name') }
  })
  return { kind: 'include', path, names, span: path.span, ...gate }
}
