import type { Docs } from '../ir/docs.ts'
import type { Comment } from './tokens.ts'

const leadingSpace = /^[ \t\n\f\r]*/

/**
 * The documentation that the comments before an item make. As in the reference parser every comment counts, `//` and
 * `/* … *\/` too; the indentation that all of them share is removed.
 */
export function docsOf(comments: readonly Comment[], text: string): Docs {
  if (comments.length === 0) return undefined
  const bodies = comments.map((comment) => {
    const raw = text.slice(comment.start, comment.end).trimEnd()
    const body = raw.startsWith('/**') ? raw.slice(3).replace(/\*?\/$/, '') : raw.replace(/^\/+/, '')
    return body.trimEnd()
  })
  const indents = bodies.filter((body) => body !== '').map((body) => leadingSpace.exec(body)?.[0].length ?? 0)
  const indent = ' '.repeat(indents.length === 0 ? 0 : indents.reduce((least, n) => Math.min(least, n)))
  return bodies
    .map((body) => (body.startsWith(indent) ? body.slice(indent.length) : body))
    .join('\n')
    .replace(/\n+$/, '')
}
