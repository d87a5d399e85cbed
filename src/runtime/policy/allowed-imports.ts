import { splitVersion } from '../versions.ts'

/**
 * Whether a guest may call an import: the most specific key decides (a function before its interface, with a version before
 * without), and without a key it may not.
 *
 * @param name `wasi:filesystem/types@0.2.6#[method]descriptor.open-at`; a function of the world itself by its name alone
 */
export function isAllowed(allowed: Readonly<Record<string, boolean>>, name: string): boolean {
  const at = name.indexOf('#')
  const id = at < 0 ? name : name.slice(0, at)
  const func = at < 0 ? '' : name.slice(at)
  const { base } = splitVersion(id)
  for (const key of [id + func, base + func, id, base]) if (Object.hasOwn(allowed, key)) return allowed[key] === true
  return false
}
