import type { Interface, World } from '../ir/package.ts'
import type { Span } from '../ir/span.ts'
import type { TypeDef } from '../ir/types.ts'
import type { Id, TypeDefNode, UseNode } from './ast.ts'
import type { Report } from './report.ts'
import { namesIn, resolveBody, type TypeContext } from './resolve-type.ts'
import { type Gate, gateText, type InterfaceEntry, type TypeScope, unavailable } from './scope.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { toposort } from './toposort.ts'

/** What the types of one interface or world are resolved with. */
export interface OwnerContext {
  readonly report: Report
  readonly gate: Gate
  readonly owner: Interface | World
  /** False for an interface or world behind a feature that is off. */
  readonly included: boolean
  /** The interface that a `use` names; undefined if there is none, which is reported unless the `use` is not `included`. */
  findInterface(use: UseNode, included: boolean): InterfaceEntry | undefined
}

/**
 * Resolves the `use`s and type definitions of an interface or world: uses first, then each type after those it refers to.
 * `functions` are the names of its functions. Gives what the functions are resolved with.
 */
export function resolveTypes(
  items: readonly (UseNode | TypeDefNode)[],
  functions: readonly string[],
  context: OwnerContext,
): Omit<TypeContext, 'included'> {
  const { report } = context
  const types: TypeScope = new Map()
  const deps = new Map<string, readonly Id[]>()
  const defs = new Map<string, TypeDefNode>()
  const define = (id: Id, refersTo: readonly Id[]): void => {
    if (deps.has(id.name)) report.error('WIT0030', id.span, `the name \`${id.name}\` is defined twice`)
    else deps.set(id.name, refersTo)
  }
  for (const item of items) {
    if (item.kind === 'type') {
      define(item.id, namesIn(item.body))
      if (!defs.has(item.id.name)) defs.set(item.id.name, item)
    } else {
      for (const { id, as } of item.names) define(as ?? id, [])
    }
  }
  for (const item of items) if (item.kind === 'use') resolveUse(item, types, context)
  for (const name of functions) if (!deps.has(name)) types.set(name, { kind: 'function' })

  const known = [...deps.keys()]
  const { order, stuck } = toposort(
    deps,
    () => {}, // reported where the name is looked up
    (id) =>
      report.error(
        'WIT0034',
        id.span,
        `the type \`${id.name}\` depends on itself`,
        'WIT has no recursive types: use a resource or an index in between',
      ),
  )
  for (const name of [...stuck, ...order]) {
    const node = defs.get(name)
    if (node === undefined || types.has(name)) continue
    const included = includesType(node.id.span, node.stability, context)
    const def = newDef(node.id, node, context.owner, node.docs)
    if (!stuck.includes(name)) def.type = resolveBody(node.id, node.body, { report, types, known, included })
    types.set(name, { kind: 'type', def, included })
  }
  return { report, types, known }
}

function newDef(
  id: Id,
  gates: Pick<UseNode, 'stability' | 'externalId'>,
  owner: TypeDef['owner'],
  docs: string | undefined,
): TypeDef {
  const { stability, externalId } = gates
  return {
    name: id.name,
    type: unavailable,
    owner,
    docs,
    stability,
    ...(externalId === undefined ? {} : { externalId }),
    span: id.span,
  }
}

/** Whether a type is there; one that is cannot stand in an interface or world that is not. */
function includesType(span: Span, stability: TypeDef['stability'], context: OwnerContext): boolean {
  const included = context.gate.includes(stability, span)
  if (included && !context.included) {
    context.report.error(
      'WIT0061',
      span,
      `this type stands in an item ${gateText(context.owner.stability)}, but is not behind that feature itself`,
      'give it the same `@unstable` attribute',
    )
  }
  return included
}

function resolveUse(use: UseNode, types: TypeScope, context: OwnerContext): void {
  const { report } = context
  const included = context.gate.includes(use.stability, use.path.span)
  const from = context.findInterface(use, included)
  for (const { id, as } of use.names) {
    const name = as ?? id
    if (types.has(name.name)) continue
    const def = newDef(name, use, context.owner, undefined)
    includesType(id.span, use.stability, context)
    const entry = from?.types.get(id.name)
    types.set(name.name, { kind: 'type', def, included })
    if (entry?.kind === 'type') {
      def.type = { kind: 'ref', def: entry.def }
      if (included && !entry.included) {
        report.error(
          'WIT0061',
          id.span,
          `the type \`${id.name}\` is ${gateText(entry.def.stability)}`,
          'put this `use` behind the same feature, or turn the feature on',
        )
      }
    } else if (entry !== undefined) {
      report.error(
        'WIT0033',
        id.span,
        `\`${id.name}\` is a function of \`${use.path.id.name}\`, only types can be used`,
      )
    } else if (from !== undefined && (included || use.path.package === undefined)) {
      report.error(
        'WIT0036',
        id.span,
        `the interface \`${use.path.id.name}\` has no type \`${id.name}\``,
        didYouMean(id.name, typeNames(from.types)),
      )
    }
  }
}

function typeNames(types: TypeScope): string[] {
  return [...types].flatMap(([name, entry]) => (entry.kind === 'type' ? [name] : []))
}
