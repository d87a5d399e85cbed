import { distance } from '../ir/distance.ts'
import type { LinkPlan } from '../component/link-plan.ts'
import type { Func } from '../ir/index.ts'
import { matchingIds, splitVersion } from '../runtime/versions.ts'

/** An exported function of a component. */
export interface ExportedFunc {
  /** `ns:pkg/iface@1.0.0`; empty for what stands outside of interfaces. */
  readonly id: string
  readonly name: string
  readonly func: Func
}

/** What a name of a function leads to: several candidates when it is ambiguous, none when it is unknown. */
export interface Search {
  readonly candidates: readonly ExportedFunc[]
  /** Those that were probably meant, or all there are. */
  readonly near: readonly ExportedFunc[]
}

/**
 * Finds what `[ns:pkg/iface[@version]#]func` means in a component: without an interface a function outside of interfaces,
 * else the only one of that name; without a version, any.
 */
export function findFunction(plan: LinkPlan, path: string): Search {
  const all = exportedFuncs(plan)
  const at = path.lastIndexOf('#')
  const name = path.slice(at + 1)
  const named = all.filter((f) => f.name === name)
  const candidates = at < 0 ? bare(named) : inInterface(named, path.slice(0, at))
  return { candidates, near: candidates.length > 0 ? [] : probable(all, name) }
}

/** `ns:pkg/iface@1.0.0#func`, or `func`. */
export function pathOf({ id, name }: ExportedFunc): string {
  return id === '' ? name : `${id}#${name}`
}

function exportedFuncs(plan: LinkPlan): ExportedFunc[] {
  return [...plan.exports].flatMap(([id, item]): ExportedFunc[] => {
    if (item.kind === 'function') return [{ id: '', name: id, func: item.function.type }]
    if (item.kind !== 'interface') return []
    return [...item.functions].map(([name, { type }]) => ({ id, name, func: type }))
  })
}

function bare(named: readonly ExportedFunc[]): readonly ExportedFunc[] {
  const root = named.filter((f) => f.id === '')
  return root.length > 0 ? root : named
}

function inInterface(named: readonly ExportedFunc[], id: string): readonly ExportedFunc[] {
  const ids = named.map((f) => f.id)
  const { base, version } = splitVersion(id)
  const [best] = version === undefined ? [] : matchingIds(id, ids)
  return named.filter((f) => (version === undefined ? splitVersion(f.id).base === base : f.id === best))
}

/** Functions whose names share most of their letters, in any order; all where there are few. */
function probable(all: readonly ExportedFunc[], name: string): readonly ExportedFunc[] {
  const near = all.filter((f) => distance(f.name, name) <= Math.max(1, Math.floor(name.length / 3)))
  return near.length > 0 || all.length > 12 ? near : all
}
