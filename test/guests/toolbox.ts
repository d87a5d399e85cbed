import type { CompiledComponent } from 'witgen/runtime'
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
 */
export async function loadToolbox(language: string, codec: Codec, file?: string): Promise<LoadedToolbox> {
  const guest = toolboxGuest(language)
  const path = file ?? (await guestPath(guest.component))
  const key = `${path}, ${codec}`
  const component = compiled.get(key) ?? compileToolbox(guest, codec, path)
  compiled.set(key, component)
  return instantiateToolbox(guest, codec, await component)
}
