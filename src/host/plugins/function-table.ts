/** A function or class of a plugin: the member of an interface's object, or of the world's object itself. */
export interface Member {
  /** The property of the world's object that holds the interface; undefined for what stands outside of interfaces. */
  readonly face: string | undefined
  readonly member: string
}

/** What can be reached of a world's object. */
export interface FunctionTable {
  /** By `iface.func` or `func`. */
  readonly functions: ReadonlyMap<string, Member>
  /** Classes of resources. */
  readonly classes: readonly Member[]
}

/** The functions and classes of an object of a generated world class; the same for all objects of the class. */
export function functionTable(object: object): FunctionTable {
  const functions = new Map<string, Member>()
  const classes: Member[] = []
  const add = (face: string | undefined, of: object): void => {
    const methods = methodsOf(of).filter((name) => face !== undefined || name !== 'dispose')
    for (const member of methods) functions.set(face === undefined ? member : `${face}.${member}`, { face, member })
    for (const [member, value] of Object.entries(of)) {
      // Hooks put own properties beside the methods of the prototype.
      if (typeof value === 'function' && !methods.includes(member)) classes.push({ face, member })
    }
  }
  add(undefined, object)
  for (const [face, value] of Object.entries(object)) if (typeof value === 'object' && value !== null) add(face, value)
  return { functions, classes }
}

function methodsOf(object: object): string[] {
  const prototype: object = Object.getPrototypeOf(object)
  return Object.getOwnPropertyNames(prototype).filter(
    (name) => name !== 'constructor' && typeof Reflect.get(prototype, name) === 'function',
  )
}
