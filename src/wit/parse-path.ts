import type { PackageId, UsePath } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseVersion } from './parse-version.ts'

/** `foo` or `a:b/foo@1.0.0`. */
export function parsePath(c: Cursor): UsePath {
  const { start } = c.peek()
  const first = c.id('the name of an interface or world')
  if (!c.eat(':')) return { package: undefined, id: first, span: first.span }
  const name = c.id('the name of a package')
  const packageEnd = c.previousEnd
  c.expect('/', 'after the name of the package')
  const id = c.id('the name of an interface or world')
  const version = c.eat('@') ? parseVersion(c).version : undefined
  return {
    package: {
      name: { namespace: first.name, name: name.name, version },
      span: { file: c.file, start, end: packageEnd },
    },
    id,
    span: c.spanFrom(start),
  }
}

/** `a:b@1.0.0`. */
export function parsePackageId(c: Cursor): PackageId {
  const { start } = c.peek()
  const namespace = c.id('the namespace of the package (`namespace:name`)').name
  c.expect(':', 'after the namespace of the package')
  const name = c.id('the name of the package').name
  const version = c.eat('@') ? parseVersion(c).version : undefined
  return { name: { namespace, name, version }, span: c.spanFrom(start) }
}
