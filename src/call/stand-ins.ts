import type { LinkPlan } from '../component/link-plan.ts'
import type { Func } from '../ir/index.ts'
import { worldOfPlan } from '../runtime/dynamic/faces-of-plan.ts'
import { servesWasi } from '../runtime/wasi/serves.ts'
import { formatValue } from '../wave/index.ts'

type AnyFunction = (...args: unknown[]) => unknown

/**
 * Something for each import of a component, save for those of WASI, which the runtime serves: functions without a result
 * only tell of their calls, as WAVE text; of the others nobody knows what they should answer, so they throw.
 */
export function standIns(plan: LinkPlan, onImport: (text: string) => void): object {
  const imports: Record<string, unknown> = {}
  for (const { id, functions, resources } of new Set(worldOfPlan(plan).imports.values())) {
    if (servesWasi(id)) continue
    const object: Record<string, unknown> = {}
    const standIn = (name: string): AnyFunction => {
      const path = id === '' ? name : `${id}#${name}`
      const func = importedFunc(plan, id, name)
      return func?.result === undefined && func?.kind.kind === 'freestanding'
        ? told(func, (args) => onImport(`${path}(${args})`))
        : refused(path)
    }
    for (const [name, { member }] of Object.entries({ ...functions, ...resources })) {
      if (id === '') imports[name] = standIn(name)
      else object[member] = standIn(name)
    }
    if (id !== '') imports[id] = object
  }
  return imports
}

/** The WIT of an imported function; `id` is empty for those of the world itself. */
export function importedFunc(plan: LinkPlan, id: string, name: string): Func | undefined {
  const item = plan.imports.get(id === '' ? name : id)
  if (item?.kind === 'function') return item.function
  return item?.kind === 'interface' ? item.interface.functions.get(name) : undefined
}

function told(func: Func, tell: (args: string) => void): AnyFunction {
  return (...args) => tell(argumentsOf(func, args))
}

/** A function and not an arrow, since it stands in for classes too. */
function refused(path: string): AnyFunction {
  return function () {
    throw new Error(`the guest needs the import ${path}, which \`witgen call\` does not serve`)
  }
}

function argumentsOf({ params }: Func, args: readonly unknown[]): string {
  return params.map((p, i) => formatValue(args[i], p.type)).join(', ')
}
