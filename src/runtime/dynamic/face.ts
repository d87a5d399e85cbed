import { memberName, Names, pascalCase, type Func, type TypeDef } from '../../ir/index.ts'

/** A set of functions that is imported or exported as one: an interface, or what a component itself imports or exports. */
export interface Face {
  /** `ns:pkg/iface@1.0.0`, a kebab name, or '' for what stands outside of interfaces. */
  readonly id: string
  readonly functions: readonly Func[]
  /** The resources that it declares, by WIT name. */
  readonly resources: ReadonlyMap<string, TypeDef>
}

/** What stands before the name of a function in errors: `ns:pkg/iface#`, or nothing. */
export function prefixOf(id: string): string {
  return id === '' ? '' : `${id.replace(/@.*$/, '')}#`
}

/** `[method]counter.inc` → `counter` and `inc`; undefined for functions that belong to no resource. */
export function resourceOf(name: string): { readonly resource: string; readonly word: string } | undefined {
  const [, resource, word = ''] = /^\[[a-z]+\]([^.]+)(?:\.(.+))?$/.exec(name) ?? []
  return resource === undefined ? undefined : { resource, word }
}

/**
 * What the functions are called in JavaScript, by WIT name, each once in its object or class: what generated code calls
 * them. Classes are called by `pascalCase`.
 */
export function memberNames({ functions, resources }: Face): ReadonlyMap<string, string> {
  const members = new Map<string, string>()
  const names = new Names([...resources.keys()].map(pascalCase))
  const scopes = new Map<string, Names>()
  for (const { name, kind } of functions) {
    const owner = resourceOf(name)
    if (owner === undefined) members.set(name, names.claim(memberName(name)))
    else if (kind.kind === 'constructor') members.set(name, 'constructor')
    else {
      const key = `${kind.kind} ${owner.resource}`
      const scope = scopes.get(key) ?? new Names()
      scopes.set(key, scope)
      members.set(name, scope.claim(memberName(owner.word)))
    }
  }
  return members
}
