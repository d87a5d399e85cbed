import { mkdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { CompiledComponent, CompileOptions, DynamicOptions, Source } from 'witgen/runtime'
import { generate } from '../../src/generate.ts'

/** What is generated for the world of the guests with debug information. */
export interface FaultsClass {
  readonly moduleUrl: string
  readonly name: string
  compile(source: Source, options?: CompileOptions): Promise<CompiledComponent>
  instantiate(compiled: CompiledComponent, options: DynamicOptions): FaultsInstance
}

interface FaultsInstance {
  readonly faults: { divide(a: number, b: number): number }
  dispose(): void
}

/** Generates the class where workers can load it. */
export async function faultsWorld(): Promise<FaultsClass> {
  const out = fileURLToPath(new URL('../../.cache/debug-test/generated/', import.meta.url))
  mkdirSync(out, { recursive: true })
  await generate({
    inputs: [fileURLToPath(new URL('../guests/debug/wit', import.meta.url))],
    worlds: [],
    out,
    importExtension: 'ts',
    features: new Set(),
    mode: 'write',
  })
  const module: { Debuggable: FaultsClass } = await import(pathToFileURL(`${out}debuggable.ts`).href)
  return module.Debuggable
}
