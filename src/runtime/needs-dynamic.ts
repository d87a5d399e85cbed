import type { CanonOptions, CoreDef, FuncDef, LinkPlan } from '../component/link-plan.ts'
import type { WorldDescriptor } from './descriptor.ts'
import { splitVersion } from './versions.ts'

/**
 * Whether instantiating a component may take the dynamic codec: its inner components call each other, it has strings in
 * another encoding than UTF-8, it exports what it imports, or it has imports that the world lacks, so that only the host's
 * options tell whether they are given. Without a world, any import is one.
 */
export function needsDynamic(plan: LinkPlan, world: WorldDescriptor | undefined): boolean {
  return (
    lacksImports(plan, world) ||
    hasOtherStrings(plan) ||
    exported(plan).some((func) => func.kind === 'import') ||
    cores(plan).some(isInnerCall)
  )
}

function lacksImports(plan: LinkPlan, world: WorldDescriptor | undefined): boolean {
  const known = new Set<string>()
  for (const face of world?.imports ?? []) {
    known.add(splitVersion(face.id).base)
    if (face.id === '') for (const name of Object.keys({ ...face.functions, ...face.resources })) known.add(name)
  }
  return [...plan.imports.keys()].some((item) => !known.has(splitVersion(item).base))
}

function hasOtherStrings(plan: LinkPlan): boolean {
  const isOther = ({ memory, stringEncoding }: CanonOptions): boolean =>
    memory !== undefined && stringEncoding !== 'utf8'
  return (
    exported(plan).some((func) => func.kind === 'lift' && isOther(func.options)) ||
    cores(plan).some((core) => core.kind === 'lower' && isOther(core.options))
  )
}

function exported(plan: LinkPlan): readonly FuncDef[] {
  return [...plan.exports.values()].flatMap((item) => {
    if (item.kind === 'interface') return [...item.functions.values()]
    return item.kind === 'function' ? [item.function] : []
  })
}

function isInnerCall(core: CoreDef): boolean {
  return core.kind === 'lower' && core.function.kind === 'lift'
}

/** What core modules import. */
function cores(plan: LinkPlan): readonly CoreDef[] {
  return plan.steps.flatMap((step) => (step.kind === 'instantiate' ? step.imports.map(({ value }) => value) : []))
}
