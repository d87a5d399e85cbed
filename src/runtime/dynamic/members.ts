import { isInherited } from '../../ir/index.ts'
import { ownField } from '../abi/checks.ts'
import { memberOf } from '../abi/inherited.ts'

/** How a member of an object is read: members that every object inherits are values only on the object itself. */
export function memberReader(key: string): (object: object) => unknown {
  return isInherited(key) ? (object) => ownField(object, key) : (object) => memberOf(object, key)
}
