import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { CompiledComponent, CompileOptions, DynamicOptions, Source } from 'witgen/runtime'
import { generate } from '../../src/generate.ts'
import { HOSTILE_WIT, type Hostile } from './guests.ts'

/** An instance of the class that is generated for the world of the hostile guest. */
export interface HostileInstance {
  readonly api: Hostile
  dispose(): void
}

/** That class. */
export interface HostileClass {
  readonly moduleUrl: string
  readonly name: string
  compile(source: Source, options?: CompileOptions): Promise<CompiledComponent>
  instantiate(compiled: CompiledComponent, options: DynamicOptions): HostileInstance
}

/**
 * Generates the class where workers can load it.
 *
 * @param folder a name for the folder: tests run side by side
 */
export async function hostileWorld(folder: string): Promise<HostileClass> {
  const at = fileURLToPath(new URL(`../../.cache/policy-test/${folder}/`, import.meta.url))
  mkdirSync(`${at}wit`, { recursive: true })
  writeFileSync(`${at}wit/world.wit`, HOSTILE_WIT)
  await generate({
    inputs: [`${at}wit`],
    worlds: [],
    out: `${at}generated`,
    importExtension: 'ts',
    features: new Set(),
    mode: 'write',
  })
  const module: { W: HostileClass } = await import(pathToFileURL(`${at}generated/w.ts`).href)
  return module.W
}
