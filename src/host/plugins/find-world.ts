import { isCoreModule } from '../../component/preamble.ts'
import { isWasmError, WasmError } from '../../runtime/index.ts'
import { checkFit } from '../../runtime/check-fit.ts'
import { CompiledComponent } from '../../runtime/compiled-component.ts'
import { readSource } from '../../runtime/source.ts'
import type { PluginSource } from './plugin-options.ts'
import type { WorldClasses } from './world-class.ts'

/** A guest and the world that it is for. */
export interface FoundWorld {
  readonly world: string
  readonly compiled: CompiledComponent
}

/**
 * Compiles a guest for the only one of several worlds that it fits; nothing of it runs.
 *
 * @param options for `compile` of the world classes
 * @param importsOf what the host will give to a guest of a world
 * @throws WasmError `WorldMismatch` when it fits none of them, with what each lacks, or several
 */
export async function findWorld(
  worlds: WorldClasses,
  source: PluginSource,
  name: string,
  options: object,
  importsOf: (world: string) => unknown,
): Promise<FoundWorld> {
  // Read once: a response cannot be read again.
  const given = source instanceof CompiledComponent ? source : (await readSource(source)).bytes
  const isCore = given instanceof Uint8Array && isCoreModule(given)
  const found: FoundWorld[] = []
  const refused: string[] = []
  let compiled: CompiledComponent | undefined
  for (const [world, World] of Object.entries(worlds)) {
    try {
      // A component is the same for all worlds, a core module is not.
      compiled = await World.compile(compiled ?? given, options)
      const misfit = checkFit(World, compiled, name, importsOf(world))
      if (misfit !== undefined) throw misfit
      found.push({ world, compiled })
    } catch (error) {
      if (!isWasmError(error) || !isMisfit(error, isCore)) throw error
      refused.push(`${world}: ${error.message.replace(/^wasm module .*? error \[.*?\]: /, '')}`)
    }
    if (isCore) compiled = undefined
  }
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  throw new WasmError('WorldMismatch', name, undefined, only === undefined ? none(refused) : several(found))
}

/** Whether another world may do better. */
function isMisfit({ codeName }: WasmError, isCore: boolean): boolean {
  return codeName === 'WorldMismatch' || codeName === 'LinkError' || (codeName === 'InvalidModule' && isCore)
}

function none(refused: readonly string[]): string {
  const lines = refused.map((text) => `  ${text.replaceAll('\n', '\n  ')}`)
  return `the guest fits none of the worlds:\n${lines.join('\n')}`
}

function several(found: readonly FoundWorld[]): string {
  const names = found.map(({ world }) => world)
  return `the guest fits several worlds (${names.join(', ')}): say which, as in load(name, source, { world: '${names[0]}' })`
}
