import type { LinkPlan } from '../component/link-plan.ts'
import type { WorldDescriptor } from './descriptor.ts'
import { splitVersion } from './versions.ts'

/**
 * Whether instantiating a component may take the dynamic codec: its inner components call each other, or it has imports
 * that the world lacks, so that only the host's options tell whether they are given. Without a world, any import is one.
 */
export function needsDynamic(plan: LinkPlan, world: WorldDescriptor | undefined): boolean {
  const known = new Set<string>()
  for (const face of world?.imports ?? []) {
    known.add(splitVersion(face.id).base)
    if (face.id === '') for (const name of Object.keys({ ...face.functions, ...face.resources })) known.add(name)
  }
  for (const item of plan.imports.keys()) if (!known.has(splitVersion(item).base)) return true
  return plan.steps.some(
    (step) =>
      step.kind === 'instantiate' &&
      step.imports.some(({ value }) => value.kind === 'lower' && value.function.kind === 'lift'),
  )
}
