import { camelCase } from '../ir/index.ts'

export { camelCase, isInherited, memberName, Names, pascalCase, safeMember } from '../ir/index.ts'

/** Words that cannot name a variable, a parameter or a function in a strict module, or must not be shadowed in one. */
const RESERVED = new Set(
  (
    'arguments as async await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function get if implements import in instanceof interface let new null of package private protected ' +
    'public return set static super switch this throw true try typeof undefined var void while with yield ' +
    'globalThis'
  ).split(' '),
)

/** A kebab name as a parameter or variable: camelCase, with a trailing `_` where JavaScript reserves the word. */
export function variableName(kebab: string): string {
  const name = camelCase(kebab)
  return RESERVED.has(name) ? `${name}_` : name
}
