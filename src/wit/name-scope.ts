import type { Span } from '../ir/span.ts'
import type { Report } from './report.ts'

/**
 * The form in which names of one scope must differ (Explainer.md, "Name Uniqueness"): without hyphens, in lower case,
 * `[…]l.l` as `l`, and of the annotations only `[constructor]` and `[set]`.
 */
export function canonicalName(name: string): string {
  const label = name
    .replace(/^(?:\[[^\]]*\])*/, '')
    .replaceAll('-', '')
    .toLowerCase()
  const annotations = name.match(/\[[^\]]*\]/g) ?? []
  const [resource, member] = label.split('.')
  const plain = member !== undefined && member === resource ? resource : label
  return annotations.filter((a) => a === '[constructor]' || a === '[set]').join('') + plain
}

const similarNames = 'names must differ in more than case and hyphens'

/** The getter that a setter needs. */
export function getterOf(setter: string): string {
  return setter.replace('[set]', '[get]')
}

/** The names of an interface, or of a world's imports or exports, which must be strongly unique. */
export class NameScope {
  readonly #report: Report
  readonly #names: Map<string, string> = new Map()

  constructor(report: Report) {
    this.#report = report
  }

  /** Adds a component-level name; reports one that is taken and returns false. */
  define(name: string, span: Span): boolean {
    const canonical = canonicalName(name)
    const previous = this.#names.get(canonical)
    if (previous === undefined) {
      this.#names.set(canonical, name)
      return true
    }
    if (previous === name) this.#report.error('WIT0030', span, `the name \`${name}\` is defined twice`)
    else this.#report.error('WIT0030', span, `the name \`${name}\` is too similar to \`${previous}\``, similarNames)
    return false
  }
}

/** Reports members (fields, cases, flags, parameters) that are not strongly unique. */
export function checkMembers(
  what: string,
  ids: readonly { readonly name: string; readonly span: Span }[],
  report: Report,
): void {
  const seen = new Map<string, string>()
  for (const { name, span } of ids) {
    const previous = seen.get(canonicalName(name))
    if (previous === undefined) seen.set(canonicalName(name), name)
    else if (previous === name) report.error('WIT0030', span, `the ${what} \`${name}\` is defined twice`)
    else report.error('WIT0030', span, `the ${what} \`${name}\` is too similar to \`${previous}\``, similarNames)
  }
}

/** Moves each setter behind its getter where it stands before it. */
export function settersAfterGetters<K, V>(items: Map<K, V>, nameOf: (item: V) => string | undefined): void {
  const entries = [...items]
  const waiting = new Map<string, [K, V][]>()
  const names = new Set(entries.map(([, item]) => nameOf(item)))
  const seen = new Set<string>()
  items.clear()
  for (const entry of entries) {
    const name = nameOf(entry[1])
    if (name?.includes('[set]') === true) {
      const getter = getterOf(name)
      if (names.has(getter) && !seen.has(getter)) {
        waiting.set(getter, [...(waiting.get(getter) ?? []), entry])
        continue
      }
    }
    items.set(...entry)
    if (name === undefined) continue
    seen.add(name)
    for (const setter of waiting.get(name) ?? []) items.set(...setter)
  }
}
