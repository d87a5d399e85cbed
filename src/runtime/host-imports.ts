import { memberOf, setMember } from './abi/inherited.ts'
import type { ImportFace } from './descriptor.ts'
import { WasmError } from './errors.ts'
import type { HostSlots } from './link.ts'
import type { HostSpec } from './link-program.ts'
import { nearMiss } from './near-miss.ts'
import { matchingIds, splitVersion } from './versions.ts'

type HostFunction = (...args: never[]) => unknown

/** An object that the user gave under an import key. */
interface Given {
  readonly key: string
  readonly value: Record<string, unknown>
}

/**
 * Finds the host functions that the guest calls in what the user gave, as one slot object per interface. A function keeps
 * the user's object as its `this`. A versioned key wins over the bare one, which serves its track.
 *
 * @param served the slot object of an interface that is not given and that the runtime serves itself, as `wasi:*`
 * @throws WasmError `LinkError` with every function that is missing, its key and member, and what was probably meant
 */
export function resolveHostImports(
  hosts: readonly HostSpec[],
  imports: unknown,
  module: string,
  served?: (host: HostSpec) => Record<string, HostFunction> | undefined,
): HostSlots {
  const given = isRecord(imports) ? imports : {}
  const missing: string[] = []
  const slots = hosts.map((host) => {
    const { face, functions, classes, bareKey } = host
    const object = face.id === '' ? undefined : findInterface(face.id, bareKey, given)
    const own = object === undefined ? served?.(host) : undefined
    const slot: Record<string, HostFunction> = { ...own }
    for (const [name, { invoke }] of functions) if (name.startsWith('[') && invoke !== undefined) slot[name] = invoke
    if (own !== undefined) return slot
    for (const [member, resource] of classes ?? []) {
      const found = face.id === '' ? memberOf(given, resource) : object && memberOf(object.value, member)
      if (typeof found === 'function') setMember(slot, member, found as HostFunction)
      else missing.push(describeMissing(face, resource, member, object, given, hosts))
    }
    for (const [name, { member }] of functions) {
      if (name.startsWith('[')) continue
      const found = face.id === '' ? rootFunction(given, name) : bound(object?.value, member)
      if (found !== undefined) setMember(slot, member, found)
      else missing.push(describeMissing(face, name, member, object, given, hosts))
    }
    return slot
  })
  if (missing.length > 0) {
    const text = `the guest needs imports that are not given:\n${missing.map((line) => `  ${line}`).join('\n')}`
    throw new WasmError('LinkError', module, undefined, text)
  }
  return slots
}

/**
 * Whether the host gives something for the import `item`, which its world lacks.
 *
 * @param imported the ids of the interfaces that the world imports, whose bare keys are theirs
 */
export function isGiven(imports: unknown, imported: readonly string[], item: string): boolean {
  if (!isRecord(imports)) return false
  if (!/[:/]/.test(item) && rootFunction(imports, item) !== undefined) return true
  const { base } = splitVersion(item)
  return (
    findInterface(item, imported.some((id) => splitVersion(id).base === base) ? undefined : base, imports) !== undefined
  )
}

function findInterface(id: string, bareKey: string | undefined, given: Record<string, unknown>): Given | undefined {
  const exact = memberOf(given, id)
  if (isRecord(exact)) return { key: id, value: exact }
  const keys = Object.keys(given).some((key) => key.includes('@')) ? matchingIds(id, Object.keys(given)) : []
  if (bareKey !== undefined) keys.push(bareKey)
  for (const key of keys) {
    const value = memberOf(given, key)
    if (isRecord(value)) return { key, value }
  }
  return undefined
}

/**
 * The key that serves an interface in any version; undefined where versions are imported that cannot stand for each other.
 *
 * @param imported the ids of all imported interfaces
 */
export function bareKey(imported: readonly string[], id: string): string | undefined {
  const { base } = splitVersion(id)
  const ids = imported.filter((other) => splitVersion(other).base === base)
  return matchingIds(id, ids).length < ids.length ? undefined : base
}

/** A world-level function is given under its WIT name, as it is or as `{ default: fn }`. */
function rootFunction(given: Record<string, unknown>, name: string): HostFunction | undefined {
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  if (typeof value === 'function') return value as HostFunction
  return isRecord(value) ? bound(value, 'default') : undefined
}

const boundFunctions = new WeakMap<object, WeakMap<HostFunction, HostFunction>>()

/** A member with the user's object as its `this`; the same function each time, which calls from many instances profit from. */
function bound(object: Record<string, unknown> | undefined, member: string): HostFunction | undefined {
  // What every object inherits is no import.
  const value = object && memberOf(object, member)
  if (object === undefined || typeof value !== 'function') return undefined
  let functions = boundFunctions.get(object)
  if (functions === undefined) boundFunctions.set(object, (functions = new WeakMap()))
  let result = functions.get(value as HostFunction)
  if (result === undefined) functions.set(value as HostFunction, (result = value.bind(object) as HostFunction))
  return result
}

/** `imports['demo:algo/log'].log for demo:algo/log@1.0.0#log`, and what is there instead. */
function describeMissing(
  face: ImportFace,
  name: string,
  member: string,
  object: Given | undefined,
  given: Record<string, unknown>,
  hosts: readonly HostSpec[],
): string {
  if (face.id === '') return `imports['${name}']${instead(given, name)}`
  const base = splitVersion(face.id).base
  if (object !== undefined) {
    return `imports['${object.key}'].${member} for ${face.id}#${name}${instead(object.value, member)}`
  }
  const keys = Object.keys(given)
  const near =
    keys.find((key) => splitVersion(key).base === base) ?? nearMiss(base, keys) ?? withoutPackage(base, given, hosts)
  const isBare = near === base && isRecord(given[base])
  const key = isBare ? face.id : base
  const hint = isBare
    ? `; '${base}' is ambiguous, since the world imports several versions of it`
    : near === undefined
      ? ''
      : isRecord(given[near])
        ? `; there is '${near}'`
        : `; what is there is no object`
  return `imports['${key}'].${member} for ${face.id}#${name}${hint}`
}

/** The key that has the interface's name without its package, or with another one, and serves nothing else. */
function withoutPackage(base: string, given: Record<string, unknown>, hosts: readonly HostSpec[]): string | undefined {
  const serves = (key: string): boolean =>
    hosts.some(({ face, functions }) => (face.id === '' ? functions.has(key) : splitVersion(face.id).base === key))
  const wanted = interfaceName(base)
  return Object.keys(given).find((key) => {
    const { base: other } = splitVersion(key)
    return interfaceName(other) === wanted && isRecord(given[key]) && !serves(other)
  })
}

/** `hostlog` of `ns:pkg/host-log`, `hostLog`, or whatever else stands before it. */
function interfaceName(base: string): string {
  return base
    .replace(/^.*[:/]/, '')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()
}

function instead(object: Record<string, unknown>, member: string): string {
  if (memberOf(object, member) !== undefined) return `; what is there is no function`
  const near = nearMiss(member, memberNames(object))
  return near === undefined ? '' : `; there is '${near}'`
}

/** The names of an object's members, those of its class included. */
function memberNames(object: object): string[] {
  const names: string[] = []
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    names.push(...Object.getOwnPropertyNames(at))
  }
  return names
}

/** A class with static functions serves as well as an object. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
