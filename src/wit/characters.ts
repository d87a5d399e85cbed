const bidirectional = /[\u202a-\u202e\u2066-\u2069]/u
const deprecated = /[\u0149\u0673\u0f77\u0f79\u17a3\u17a4\u17b4\u17b5]/u

/** What is wrong with a character wherever it stands, comments included; undefined if it is allowed. */
export function forbiddenCharacter(char: string): string | undefined {
  if (char === '\n' || char === '\r' || char === '\t') return undefined
  if (bidirectional.test(char)) return 'changes the direction of text and could hide what a file says'
  if (deprecated.test(char)) return 'is deprecated by Unicode'
  if (/\p{Cc}/u.test(char)) return 'is a control character'
  return undefined
}

/** `U+202E`. */
export function codePointName(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/**
 * What is wrong with an identifier (without `%`), undefined if it is one: words joined by `-`, each all lower case or all
 * upper case letters and digits, the first one beginning with a letter (WIT.md, "Identifiers").
 */
export function invalidIdentifier(id: string): string | undefined {
  if (id === '') return 'the name is empty'
  for (const [index, word] of id.split('-').entries()) {
    if (word === '') return 'each `-` must stand between two words'
    const strange = /[^A-Za-z0-9]/u.exec(word)
    if (strange !== null) return `\`${strange[0]}\` cannot be part of a name`
    if (index === 0 && !/^[A-Za-z]/.test(word)) return 'a name begins with a letter'
    if (/[a-z]/.test(word) && /[A-Z]/.test(word)) return `the word \`${word}\` mixes upper and lower case`
  }
  return undefined
}

/** The kebab-case spelling of a name written in another style, for suggestions. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
}
