import type { Func, Interface } from '../ir/package.ts'
import type { InterfaceItem } from './ast.ts'
import { getterOf, NameScope, settersAfterGetters } from './name-scope.ts'
import { resolveFunction, resolveResourceFunction } from './resolve-function.ts'
import { type OwnerContext, resolveTypes } from './resolve-types.ts'
import type { TypeScope } from './scope.ts'

/** Fills an interface with its types and functions and gives the scope of its types. */
export function resolveInterface(face: Interface, items: readonly InterfaceItem[], context: OwnerContext): TypeScope {
  const { report, gate } = context
  const typeItems = items.filter((item) => item.kind !== 'function')
  const functionNames = items.flatMap((item) => (item.kind === 'function' ? [item.id.name] : []))
  const types = resolveTypes(typeItems, functionNames, context)
  const names = new NameScope(report)
  for (const [name, entry] of types.types) {
    if (entry.kind !== 'type') continue
    if (entry.def.span !== undefined) names.define(name, entry.def.span)
    if (entry.included) face.types.set(name, entry.def)
  }
  const setters: Func[] = []
  const all = new Set<string>()
  const add = (func: Func, included: boolean): void => {
    all.add(func.name)
    if (func.accessor === 'setter') setters.push(func)
    if (func.span !== undefined && names.define(func.name, func.span) && included) face.functions.set(func.name, func)
  }
  for (const item of items) {
    if (item.kind === 'function') {
      const included = context.included && gate.includes(item.stability, item.id.span)
      add(resolveFunction(item, { ...types, included }), included)
    } else if (item.kind === 'type' && item.body.kind === 'resource') {
      const entry = types.types.get(item.id.name)
      if (entry?.kind !== 'type') continue
      for (const node of item.body.functions) {
        const included = context.included && gate.includes(node.stability, node.id.span)
        if (included && !entry.included) {
          report.error(
            'WIT0061',
            node.id.span,
            `\`${node.id.name}\` belongs to the resource \`${item.id.name}\`, which is behind a feature that is off`,
            'give it the same `@unstable` attribute',
          )
        }
        add(resolveResourceFunction(node, entry.def, { ...types, included }), included)
      }
    }
  }
  for (const { name, span } of setters) {
    if (!all.has(getterOf(name)))
      report.error('WIT0047', span, `the setter \`${name}\` has no getter \`${getterOf(name)}\``)
  }
  settersAfterGetters(face.functions, (f) => f.name)
  return types.types
}
