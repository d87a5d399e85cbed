/*
 * What a value has is its own, or that of its class: what somebody has put onto `Object.prototype` or `Array.prototype` (a
 * polluted prototype) is nobody's member, and no element of an array with holes. Looking for it costs nothing: engines know
 * that nothing is there, and compile the check away.
 */

/** An object without members: whatever is in it has been put onto `Object.prototype`. */
export const inherited: object = {}

/** An array without elements: whatever is in it has been put onto `Array.prototype` or `Object.prototype`. */
const inheritedElements: readonly unknown[] = []

/** Whether an object has a member, of its own or from its class. */
export function isMember(object: object, key: PropertyKey): boolean {
  for (let at: object | null = object; at !== null; at = Reflect.getPrototypeOf(at)) {
    if (at === Object.prototype || at === Array.prototype) return false
    if (Object.hasOwn(at, key)) return true
  }
  return false
}

/** A member of an object or of its class; undefined for what only every object has. */
export function memberOf(object: object, key: PropertyKey): unknown {
  return key in inherited && !isMember(object, key) ? undefined : (Reflect.get(object, key) as unknown)
}

/** Gives an object a member of its own; an assignment may find a read-only one on `Object.prototype` in its way. */
export function setMember(object: object, key: PropertyKey, value: unknown): void {
  if (key in inherited)
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  else Reflect.set(object, key, value)
}

/** An object as it would be without polluted prototypes; its members are read when they are asked for. */
export function ownMembers<T extends object>(object: T): T {
  return new Proxy(object, {
    get: (target, key) => (isMember(target, key) ? (Reflect.get(target, key) as unknown) : undefined),
  })
}

/** An array as it would be without polluted prototypes. */
function ownElements(list: readonly unknown[]): readonly unknown[] {
  return Array.from({ length: list.length >>> 0 }, (_, i) => (isMember(list, i) ? list[i] : undefined))
}

/** The elements of a short array, a tuple: `undefined` for holes. */
export function items(list: readonly unknown[]): readonly unknown[] {
  if (0 in inheritedElements || 1 in inheritedElements || 2 in inheritedElements || 3 in inheritedElements) {
    return ownElements(list)
  }
  for (let i = 4; i < list.length; i++) if (i in inheritedElements) return ownElements(list)
  return list
}

/** The elements of an array of any length: `undefined` for holes. */
export function elements(list: readonly unknown[]): readonly unknown[] {
  // An index on `Array.prototype` gives that a length; one on `Object.prototype` is found where it can be enumerated.
  if (Array.prototype.length !== 0) return ownElements(list)
  for (const _ in inheritedElements) return ownElements(list)
  return list
}
