import type { Stability } from '../ir/docs.ts'
import type { Span } from '../ir/span.ts'
import type { Gates } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseVersion } from './parse-version.ts'
import { readStringLiteral } from './string-literal.ts'
import { didYouMean } from '../diagnostics/suggest.ts'

interface Attribute {
  readonly value: string
  readonly span: Span
}

const names = ['since', 'unstable', 'deprecated', 'external-id'] as const
type AttributeName = (typeof names)[number]

/** Attributes before an item, as written; `span` is the whole of them, undefined if there are none. */
export interface Attributes extends Gates {
  readonly span: Span | undefined
}

/** `@since(version = 1.0.0)`, `@unstable(feature = f)`, `@deprecated(version = 1.0.0)`, `@external-id("…")`. */
export function parseAttributes(c: Cursor): Attributes {
  const start = c.peek().start
  const found = new Map<AttributeName, Attribute>()
  let any = false
  while (c.eat('@')) {
    any = true
    const id = c.id('the name of an attribute')
    const name = names.find((n) => n === id.name)
    if (name === undefined) {
      c.failAt(
        'WIT0009',
        id.span,
        `unknown attribute \`@${id.name}\``,
        didYouMean(id.name, names) ?? `known: ${names.map((n) => `@${n}`).join(', ')}`,
      )
    }
    c.expect('(', `after \`@${name}\``)
    const value = parseArgument(c, name)
    c.expect(')', `after the argument of \`@${name}\``)
    if (found.has(name)) c.report.error('WIT0010', id.span, `\`@${name}\` is given twice`)
    else found.set(name, { value, span: id.span })
  }
  const span = any ? c.spanFrom(start) : undefined
  return { stability: stabilityOf(c, found), externalId: found.get('external-id')?.value, span }
}

function parseArgument(c: Cursor, name: AttributeName): string {
  if (name === 'external-id') {
    const token = c.expect('text', 'as the argument of `@external-id`')
    const literal = readStringLiteral(c.file.text, token.start)
    return literal.ok ? literal.value : ''
  }
  const key = name === 'unstable' ? 'feature' : 'version'
  const id = c.id(`\`${key} = …\``)
  if (id.name !== key)
    c.failAt('WIT0006', id.span, `expected \`${key}\` as the argument of \`@${name}\`, found \`${id.name}\``)
  c.expect('=', `after \`${key}\``)
  return name === 'unstable' ? c.id('the name of a feature').name : parseVersion(c).version
}

function stabilityOf(c: Cursor, found: ReadonlyMap<AttributeName, Attribute>): Stability {
  const [since, unstable, deprecated] = [found.get('since'), found.get('unstable'), found.get('deprecated')]
  if (since !== undefined && unstable !== undefined) {
    c.report.error('WIT0010', since.span, 'an item cannot be both `@since` and `@unstable`', 'keep one of the two')
  }
  if (since !== undefined) return { level: 'stable', since: since.value, deprecated: deprecated?.value }
  if (unstable !== undefined) return { level: 'unstable', feature: unstable.value, deprecated: deprecated?.value }
  if (deprecated !== undefined) {
    c.report.error(
      'WIT0010',
      deprecated.span,
      '`@deprecated` needs `@since` or `@unstable` beside it',
      'add `@since(version = …)` with the version that introduced the item',
    )
  }
  return { level: 'unknown' }
}
