// What a guest may come from, by type: a compiled component as well. Nothing here runs.
import {
  compile,
  instantiate,
  sandbox,
  type CompiledComponent,
  type ComponentInstance,
  type Source,
} from 'witgen/runtime'
import { PluginManager, Pool } from 'witgen/host'
import { Pipeline, type PipelineImports } from '../../generated/pipeline.ts'

declare const imports: PipelineImports
declare const compiled: CompiledComponent
declare const any: Source

export async function sources(): Promise<void> {
  const pipeline: Pipeline = await Pipeline.load(compiled, { imports })
  const again: CompiledComponent = await Pipeline.compile(compiled)
  const source: Source = await compile(again)
  await sandbox(Pipeline, source, {}, { imports })
  // Synchronous for what is compiled, a promise for what has to be read, either for what may be both.
  const now: ComponentInstance = instantiate(compiled)
  const later: Promise<ComponentInstance> = instantiate('guest.wasm')
  const either: ComponentInstance | Promise<ComponentInstance> = instantiate(any)
  // @ts-expect-error it may be there already
  const promised: Promise<ComponentInstance> = instantiate(any)
  // @ts-expect-error a path has to be read
  Pipeline.instantiate('guest.wasm', { imports })
  await Pool.create(Pipeline, [any, compiled], { imports })
  await new PluginManager({ worlds: { pipeline: Pipeline } }).load('x', any)
  for (const one of [pipeline, now, await later, await either, await promised]) one.dispose()
}
