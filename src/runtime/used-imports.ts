import type { CoreDef, FuncDef, LinkPlan } from '../component/link-plan.ts'

type ImportedFunc = Extract<FuncDef, { readonly kind: 'import' }>

/** The imported functions that a component calls or re-exports, by import name, then by WIT name. */
export function usedImports(plan: LinkPlan): Map<string, Map<string, ImportedFunc>> {
  const used = new Map<string, Map<string, ImportedFunc>>()
  const note = (func: FuncDef): void => {
    if (func.kind === 'lift') return noteCore(func.core)
    const { item, name = item } = func
    const functions = used.get(item)
    if (functions === undefined) used.set(item, new Map([[name, func]]))
    else functions.set(name, func)
  }
  const noteCore = (def: CoreDef): void => {
    if (def.kind === 'lower') note(def.function)
  }
  for (const step of plan.steps) {
    if (step.kind === 'start') note(step.function)
    else for (const { value } of step.imports) noteCore(value)
  }
  for (const item of plan.exports.values()) {
    if (item.kind === 'function') note(item.function)
    else if (item.kind === 'interface') for (const func of item.functions.values()) note(func)
  }
  return used
}
