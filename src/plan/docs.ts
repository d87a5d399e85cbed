import type { Docs, Stability } from '../ir/index.ts'

/**
 * A doc comment as lines of TypeScript, ready to print; none for nothing to say.
 *
 * @param docs the WIT's own text
 * @param extra tags and remarks of ours, a line each
 */
export function docLines(docs: Docs, extra: readonly string[] = []): readonly string[] {
  const own = docs === undefined ? [] : plainLines(docs)
  // Tags set themselves apart; a line of ours would become part of the paragraph.
  const isShort = own.length === 1 && extra[0]?.startsWith('@') === true
  const gap = own.length > 0 && extra.length > 0 && !isShort ? [''] : []
  const lines = [...own, ...gap, ...extra]
  if (lines.length === 0) return []
  const safe = lines.map((line) => harmless(line.trimEnd()))
  if (safe.length === 1) return [`/** ${safe[0]} */`]
  return ['/**', ...safe.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */']
}

/** The lines of a doc comment, without the ` * ` with which each line of a block comment may begin. */
function plainLines(docs: string): readonly string[] {
  const [first = '', ...rest] = docs.trim().split('\n')
  const isBlock = rest.length > 0 && rest.every((line) => /^\s*\*/u.test(line))
  return isBlock
    ? [first.replace(/^\*\s?/u, ''), ...rest.map((line) => line.replace(/^\s*\* ?/u, ''))]
    : [first, ...rest]
}

/** A parameter's own documentation as a `@param` tag; none for nothing to say. */
export function paramTag(name: string, docs: Docs): readonly string[] {
  if (docs === undefined) return []
  const [first = '', ...rest] = plainLines(docs)
  return [`@param ${name} ${first}`, ...rest]
}

/** Text that cannot end the comment it stands in. */
export function harmless(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/[\u2028\u2029]/gu, ' ')
}

/** `@since`, `@deprecated` and `@experimental` tags. */
export function stabilityTags(stability: Stability): readonly string[] {
  switch (stability.level) {
    case 'unknown':
      return []
    case 'stable':
      return [`@since ${stability.since}`, ...deprecatedTag(stability.deprecated)]
    case 'unstable':
      return [`@experimental feature \`${stability.feature}\``, ...deprecatedTag(stability.deprecated)]
  }
}

const deprecatedTag = (version: string | undefined): readonly string[] =>
  version === undefined ? [] : [`@deprecated since ${version}`]
