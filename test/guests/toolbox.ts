import type { CompiledComponent, SecurityPolicy } from 'witgen/runtime'
import { guestPath } from './guests.ts'
import { compileToolbox, instantiateToolbox, type Codec, type LoadedToolbox } from './instantiate-toolbox.ts'
import { toolboxGuest } from './toolbox-guests.ts'

export { codecs, type Codec, type LoadedToolbox } from './instantiate-toolbox.ts'

const compiled = new Map<string, Promise<CompiledComponent>>()

/**
 * Loads the toolbox of a language. It is built where that is needed (see `guestPath`), and compiled once per test file; each
 * call gives a new instance with a host of its own.
 *
 * @param file another build than that of `guestPath`
 * @param policy what it is held to
 */
export async function loadToolbox(
  language: string,
  codec: Codec,
  file?: string,
  policy?: SecurityPolicy,
): Promise<LoadedToolbox> {
  const guest = toolboxGuest(language)
  const path = file ?? (await guestPath(guest.component))
  const key = `${path}, ${codec}, ${JSON.stringify(policy)}`
  const component = compiled.get(key) ?? compileToolbox(guest, codec, path, policy)
  compiled.set(key, component)
  return instantiateToolbox(guest, codec, await component)
}
