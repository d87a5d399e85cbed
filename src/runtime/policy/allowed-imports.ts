import type { HostSpec } from '../link-program.ts'
import { nearMiss } from '../near-miss.ts'
import { splitVersion } from '../versions.ts'

type Allowed = Readonly<Record<string, boolean>>

/** The imports that a policy allows to one guest. */
export class AllowedImports {
  readonly #allowed: Allowed
  readonly #imported: ReadonlySet<string>

  /** @param hosts what the guest imports */
  constructor(allowed: Allowed, hosts: readonly HostSpec[]) {
    this.#allowed = allowed
    const names = hosts.flatMap(({ face: { id }, functions }) => [
      id,
      ...Array.from(functions.keys(), (func) => (id === '' ? func : `${id}#${func}`)),
    ])
    this.#imported = new Set(names.flatMap((name) => [name, withoutVersion(name)]))
  }

  /**
   * Whether the guest may call an import: the most specific key decides (a function before its interface, with a version before
   * without), and without a key it may not.
   *
   * @param name `wasi:filesystem/types@0.2.6#[method]descriptor.open-at`; a function of the world itself by its name alone
   */
  allows(name: string): boolean {
    const { id, base, func } = partsOf(name)
    for (const key of [id + func, base + func, id, base]) {
      if (Object.hasOwn(this.#allowed, key)) return this.#allowed[key] === true
    }
    return false
  }

  /** Why a call is denied, with the key that was probably meant to allow it. */
  denial(name: string): string {
    const { id, base, func } = partsOf(name)
    const text = `the policy does not allow the guest to call ${base}${func}`
    const keys = Object.keys(this.#allowed).filter((key) => this.#allowed[key] === true)
    const other = keys.find((key) => {
      const parts = partsOf(key)
      return parts.id !== id && parts.base === base && (parts.func === '' || parts.func === func)
    })
    if (other !== undefined)
      return `${text}: it imports ${id}, and allowedImports['${other}'] is for that version alone`
    const unused = keys.filter((key) => !this.#imported.has(key))
    const near = nearMiss(base + func, unused) ?? nearMiss(base, unused)
    return near === undefined ? text : `${text}: allowedImports['${near}'] is for nothing that it imports`
  }
}

/** `ns:pkg/iface#f` of `ns:pkg/iface@1.2.0#f`, as errors have it. */
export function withoutVersion(name: string): string {
  const { base, func } = partsOf(name)
  return base + func
}

function partsOf(name: string): { readonly id: string; readonly base: string; readonly func: string } {
  const at = name.indexOf('#')
  const id = at < 0 ? name : name.slice(0, at)
  return { id, base: splitVersion(id).base, func: at < 0 ? '' : name.slice(at) }
}

const WORD = '(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*'
const FUNCTION = `(?:${WORD}|\\[[a-z -]+\\]${WORD}(?:\\.${WORD})?)`
const INTERFACE = `${WORD}(?::${WORD})+(?:/${WORD})+(?:@[0-9A-Za-z.+-]+)?`
const KEY = new RegExp(`^(?:(?:${INTERFACE}|${WORD})(?:#${FUNCTION})?|${FUNCTION})$`, 'u')

/** Why a key of `allowedImports` can fit no import of any guest; undefined where it may. */
export function malformedKey(key: string): string | undefined {
  if (KEY.test(key)) return undefined
  const kebab = key.replaceAll(/([a-z0-9]?)([A-Z])(?=[a-z])/gu, (_, before: string, letter: string) =>
    before === '' ? letter.toLowerCase() : `${before}-${letter.toLowerCase()}`,
  )
  const hint = KEY.test(kebab) ? `; did you mean '${kebab}'?` : ''
  return `expected names as in WIT: 'ns:pkg/iface', 'ns:pkg/iface#func', or that of a function of the world${hint}`
}
