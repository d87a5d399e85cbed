import { isMember } from './inherited.ts'
import { field, type Path } from './path.ts'
import { invalid } from './refusal.ts'

/* What is wrong with an object of flags, apart from the codecs: these stay small, so that engines inline them. */

/** Refuses a key that no flag has, unless somebody has put it onto `Object.prototype`: then it is no member of the value. */
export function refuseKey(path: Path, object: object, key: string, expected: string): void {
  if (isMember(object, key)) invalid(field(path, key), expected, key)
}

/** Refuses the first of the flags that is no boolean. */
export function refuseFlags(path: Path, flags: Readonly<Record<string, unknown>>): void {
  for (const [key, flag] of Object.entries(flags)) {
    if (typeof flag !== 'boolean') invalid(field(path, key), 'bool', flag)
  }
}
