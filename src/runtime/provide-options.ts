import type { CoreDef } from '../component/link-plan.ts'
import type { ContextSpec } from './context-plan.ts'
import type { CoreExport, LinkStep } from './link-program.ts'

/** Notes at each core instance which contexts get their memory or allocator from it. */
export function provideOptions(
  specs: readonly ContextSpec[],
  steps: readonly LinkStep[],
  coreExport: (def: CoreDef, option: string) => CoreExport,
): void {
  const instances = steps.filter((step) => step.kind === 'instantiate')
  for (const [context, spec] of specs.entries()) {
    for (const option of ['memory', 'realloc'] as const) {
      const def = spec[option]
      if (def === undefined) continue
      const { instance, name } = coreExport(def, option)
      instances[instance]?.provides.push({ context, option, name })
    }
  }
}
