import { isInherited } from '../../ir/index.ts'
import { ownField } from '../abi/checks.ts'

/** How a member of an object is read: members that every object inherits are values only on the object itself. */
export function memberReader(key: string): (object: object) => unknown {
  if (isInherited(key)) return (object) => ownField(object, key)
  return (object) => (object as Readonly<Record<string, unknown>>)[key]
}
