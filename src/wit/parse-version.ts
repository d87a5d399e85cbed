import type { Span } from '../ir/span.ts'
import type { Cursor } from './cursor.ts'
import { isVersion } from './version.ts'

/** Takes pre-release or build identifiers. A `.` that none follows is left: it belongs to `use a:b/c@1.0.0-rc.{d}`. */
function takeIdentifiers(c: Cursor): void {
  const fits = (ahead: number): boolean => ['name', 'integer', '-'].includes(c.peek(ahead).kind)
  for (;;) {
    if (fits(0)) c.take()
    else if (c.at('.') && fits(1)) {
      c.take()
      c.take()
    } else return
  }
}

/** `1.2.3-rc.1+build`, a semantic version, as text. */
export function parseVersion(c: Cursor): { readonly version: string; readonly span: Span } {
  const start = c.peek().start
  for (const part of ['major', 'minor', 'patch']) {
    if (part !== 'major') c.expect('.', `before the ${part} number of the version`)
    if (!c.at('integer')) c.fail(`the ${part} number of a version (\`1.2.3\`)`)
    c.take()
  }
  if (c.eat('-')) takeIdentifiers(c)
  if (c.eat('+')) takeIdentifiers(c)
  const span = c.spanFrom(start)
  const version = c.file.text.slice(span.start, span.end)
  if (!isVersion(version)) {
    c.report.error(
      'WIT0007',
      span,
      `\`${version}\` is not a semantic version`,
      'versions look like `1.2.3` or `1.2.3-rc.1`',
    )
  }
  return { version, span }
}
