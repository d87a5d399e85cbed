const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

/** `is-XML-http` → `isXmlHttp` */
export function camelCase(kebab: string): string {
  const [first = '', ...rest] = kebab.split('-')
  return first.toLowerCase() + rest.map(capitalise).join('')
}

/** `is-XML-http` → `IsXmlHttp` */
export function pascalCase(kebab: string): string {
  return kebab.split('-').map(capitalise).join('')
}

/** Members with a meaning of their own on classes, promises and the world class. */
const TAKEN_MEMBERS = new Set(
  'then constructor prototype dispose name length toJSON load compile instantiate'.split(' '),
)

/** A kebab name as a member of an object of functions: camelCase, with a trailing `_` where the word means something else. */
export function memberName(kebab: string): string {
  return safeMember(camelCase(kebab))
}

/** A camelCase name as such a member. */
export function safeMember(name: string): string {
  return TAKEN_MEMBERS.has(name) ? `${name}_` : name
}

/** What every object inherits: such a member has to be looked for on the object itself. */
const INHERITED = new Set(
  'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf'.split(' '),
)

/** Whether every object has a member of that name, so that a record with it is looked at for its own. */
export function isInherited(member: string): boolean {
  return INHERITED.has(member)
}

/** Hands out names once each in one scope: a name that is taken gets a trailing `_`, as often as needed. */
export class Names {
  readonly #taken = new Set<string>()

  constructor(taken: Iterable<string> = []) {
    for (const name of taken) this.#taken.add(name)
  }

  claim(name: string): string {
    let free = name
    while (this.#taken.has(free)) free += '_'
    this.#taken.add(free)
    return free
  }

  has(name: string): boolean {
    return this.#taken.has(name)
  }
}
