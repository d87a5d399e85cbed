// What a sandbox takes, by type. Nothing here runs.
import { sandbox, type SecurityPolicy } from 'witgen/runtime'
import { Pipeline, type PipelineImports } from '../../generated/pipeline.ts'

declare const imports: PipelineImports
const policy: SecurityPolicy = { fuel: 1, allowedImports: { 'demo:pipeline/log': true } }

export async function sandboxes(): Promise<void> {
  const pipeline: Pipeline = await sandbox(Pipeline, 'guest.wasm', policy, { imports, name: 'x' })
  pipeline.dispose()
  // @ts-expect-error the world has imports
  await sandbox(Pipeline, 'guest.wasm', policy)
  // @ts-expect-error there is no such limit
  await sandbox(Pipeline, 'guest.wasm', { maxMemory: 1 }, { imports })
  // @ts-expect-error the policy has a place of its own
  await sandbox(Pipeline, 'guest.wasm', policy, { imports, policy })
}
