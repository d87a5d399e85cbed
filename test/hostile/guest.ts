import { join } from 'node:path'
import { compile, instantiate, type CompiledComponent } from 'witgen/runtime'
import { generateWorld, importWorld, type WorldClass } from '../helpers/echo-guest-world.ts'
import { componentOf } from '../helpers/wat.ts'

export type AnyFunction = (...args: unknown[]) => unknown
export type Members = Readonly<Record<string, unknown>>

/** A guest made of WAT text, with both ways to its functions: generated code, and the component's own types. */
export interface Hostile {
  readonly WorldClass: WorldClass
  readonly compiled: CompiledComponent
  readonly dynamic: CompiledComponent
}

/** The two ways that every rule is tested on. */
export const WAYS = ['generated', 'dynamic'] as const
export type Way = (typeof WAYS)[number]

let count = 0

/**
 * Builds the world `w` of a package `test:t` and its guest.
 *
 * @param folder where the generated code goes
 * @param core the text of a core module with canonical names
 */
export async function hostile(folder: string, wit: string, core: string): Promise<Hostile> {
  return hostileComponent(folder, wit, await componentOf(core, wit))
}

/** As `hostile`, with a guest that is a component already. */
export async function hostileComponent(folder: string, wit: string, bytes: Uint8Array): Promise<Hostile> {
  const WorldClass = await worldOf(folder, wit)
  return { WorldClass, compiled: await WorldClass.compile(bytes), dynamic: await compile(bytes) }
}

/** The generated class of the world `w`. */
export async function worldOf(folder: string, wit: string): Promise<WorldClass> {
  const { file } = generateWorld(wit, 'w', join(folder, String(count++)))
  return importWorld(file, 'W')
}

/** A new instance, seen through its interface `api` (of the package `test:t`). */
export function apiOf(guest: Hostile, way: Way, imports: object = {}): Record<string, AnyFunction> {
  const options = { imports, name: 'guest' }
  if (way === 'dynamic') {
    const { exports } = instantiate<{ readonly 'test:t/api': Record<string, AnyFunction> }>(guest.dynamic, options)
    return exports['test:t/api']
  }
  return (
    guest.WorldClass.instantiate(guest.compiled, options) as unknown as { readonly api: Record<string, AnyFunction> }
  ).api
}

/** What a call throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** `[14 AbiViolation]: text`, the message without the instance's name; other errors with their class. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `no error: ${String(error)}`
  const prefix = 'wasm module guest error '
  return error.message.startsWith(prefix) ? error.message.slice(prefix.length) : `${error.name}: ${error.message}`
}

/** What a call gives, or the message of what it throws. */
export function outcomeOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return messageOf(error)
  }
}
