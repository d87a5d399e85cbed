import type { Recipe } from './recipe.ts'

/**
 * The languages that `WITGEN_SKIP_GUESTS` names, such as `go,python`: their guests are neither built nor tested.
 *
 * @throws Error when it names a language of which there is no guest
 */
export function skippedLanguages(recipes: readonly Recipe[]): ReadonlySet<string> {
  const names = namesIn(process.env['WITGEN_SKIP_GUESTS'] ?? '')
  const known = new Set(recipes.map((recipe) => recipe.language))
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) {
    throw new Error(
      `WITGEN_SKIP_GUESTS: no guest is written in ${unknown.join(', ')}, only in ${[...known].join(', ')}`,
    )
  }
  return new Set(names)
}

/** What the end of a test run says about languages that were left out; undefined when none were. */
export function skipNotice(): string | undefined {
  const names = namesIn(process.env['WITGEN_SKIP_GUESTS'] ?? '')
  return names.length === 0
    ? undefined
    : `skipped, since WITGEN_SKIP_GUESTS names them: the guests in ${names.join(', ')}`
}

/** The parts of a list with commas. */
export function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
