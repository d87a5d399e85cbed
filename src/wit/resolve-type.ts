import { dealias } from '../ir/dealias.ts'
import type { Type, TypeDef } from '../ir/types.ts'
import type { Id, TypeBody, TypeNode } from './ast.ts'
import { checkMembers } from './name-scope.ts'
import { primitives } from './parse-type.ts'
import { keywords } from './tokens.ts'
import type { Report } from './report.ts'
import { gateText, type TypeScope, unavailable } from './scope.ts'
import { didYouMean } from '../diagnostics/suggest.ts'

/** What types are resolved against; what is not `included` may refer to things that are not there. */
export interface TypeContext {
  readonly report: Report
  readonly types: TypeScope
  /** Every type name of the scope, for suggestions; `types` may still be growing. */
  readonly known: Iterable<string>
  readonly included: boolean
}

const mapKeys: ReadonlySet<string> = new Set([
  'bool',
  'u8',
  'u16',
  'u32',
  'u64',
  's8',
  's16',
  's32',
  's64',
  'char',
  'string',
])
const renamed: ReadonlyMap<string, string> = new Map([
  ['float32', 'f32'],
  ['float64', 'f64'],
  ['i8', 's8'],
  ['i16', 's16'],
  ['i32', 's32'],
  ['i64', 's64'],
  ['int', 's32'],
  ['boolean', 'bool'],
  ['str', 'string'],
])
const builtIn = keywords.filter((word) => primitives.has(word) || ['list', 'option', 'result', 'tuple'].includes(word))
const mostFlags = 32

/** ``write `f32` ``, ``did you mean `x`?`` for a name that is not known. */
function typeSuggestion(name: string, known: Iterable<string>): string | undefined {
  const better = renamed.get(name)
  return better === undefined ? didYouMean(name, [...known, ...builtIn]) : `the type is called \`${better}\``
}

/** Looks up the name of a type and reports what is wrong with it. */
export function resolveName(id: Id, { report, types, known, included }: TypeContext): TypeDef | undefined {
  const entry = types.get(id.name)
  if (entry === undefined) {
    report.error('WIT0031', id.span, `the type \`${id.name}\` is not defined`, typeSuggestion(id.name, known))
    return undefined
  }
  if (entry.kind === 'function') {
    report.error('WIT0033', id.span, `\`${id.name}\` is a function, not a type`)
    return undefined
  }
  if (included && !entry.included) {
    report.error(
      'WIT0061',
      id.span,
      `the type \`${id.name}\` is ${gateText(entry.def.stability)}`,
      'put this item behind the same feature, or turn the feature on',
    )
  }
  return entry.def
}

/** Resolves a type where a value has it: the name of a resource there means an owned handle. */
export function resolveType(node: TypeNode, context: TypeContext): Type {
  const inner = (type: TypeNode): Type => resolveType(type, context)
  const optional = (type: TypeNode | undefined): Type | undefined => (type === undefined ? undefined : inner(type))
  switch (node.kind) {
    case 'name': {
      const def = resolveName(node.id, context)
      if (def === undefined) return unavailable
      return dealias(def.type).kind === 'resource' ? { kind: 'own', resource: def } : { kind: 'ref', def }
    }
    case 'list':
      return { kind: 'list', element: inner(node.element) }
    case 'option':
      return { kind: 'option', some: inner(node.element) }
    case 'fixed-length-list':
      return { kind: 'fixed-length-list', element: inner(node.element), length: node.length }
    case 'map': {
      if (!mapKeys.has(node.key.kind)) {
        context.report.error(
          'WIT0042',
          node.key.span,
          'the key of a map must be a bool, an integer, a char or a string',
        )
      }
      return { kind: 'map', key: inner(node.key), value: inner(node.value) }
    }
    case 'tuple':
      if (node.types.length === 0) context.report.error('WIT0040', node.span, 'a tuple needs at least one type')
      return { kind: 'tuple', types: node.types.map(inner) }
    case 'result':
      return { kind: 'result', ok: optional(node.ok), err: optional(node.err) }
    case 'stream':
    case 'future':
      return { kind: node.kind, element: optional(node.element) }
    case 'own':
    case 'borrow': {
      const def = resolveName(node.id, context)
      if (def === undefined) return unavailable
      const target = dealias(def.type)
      if (target.kind !== 'resource' && target !== unavailable) {
        context.report.error(
          'WIT0043',
          node.id.span,
          `\`${node.id.name}\` is no resource, so there is no \`${node.kind}\` of it`,
        )
      }
      return { kind: node.kind, resource: def }
    }
    default:
      return { kind: node.kind }
  }
}

/** Resolves what a `TypeDef` stands for. An alias of a name stays a `ref`, also to a resource. */
export function resolveBody(id: Id, body: TypeBody, context: TypeContext): Type {
  const { report } = context
  const members = (what: string, nodes: readonly { readonly id: Id }[]): void => {
    if (nodes.length === 0) report.error('WIT0040', id.span, `\`${id.name}\` needs at least one ${what}`)
    checkMembers(
      what,
      nodes.map((node) => node.id),
      report,
    )
  }
  switch (body.kind) {
    case 'alias': {
      if (body.type.kind !== 'name') return resolveType(body.type, context)
      const def = resolveName(body.type.id, context)
      return def === undefined ? unavailable : { kind: 'ref', def }
    }
    case 'record':
      members('field', body.fields)
      return {
        kind: 'record',
        fields: body.fields.map((f) => ({
          name: f.id.name,
          docs: f.docs,
          span: f.id.span,
          type: resolveType(f.type, context),
        })),
      }
    case 'variant':
      members('case', body.cases)
      return {
        kind: 'variant',
        cases: body.cases.map((c) => ({
          name: c.id.name,
          docs: c.docs,
          span: c.id.span,
          type: c.type === undefined ? undefined : resolveType(c.type, context),
        })),
      }
    case 'enum':
      members('case', body.cases)
      return { kind: 'enum', cases: body.cases.map((c) => ({ name: c.id.name, docs: c.docs, span: c.id.span })) }
    case 'flags': {
      members('flag', body.flags)
      const surplus = body.flags[mostFlags]
      if (surplus !== undefined)
        report.error('WIT0041', surplus.id.span, `\`${id.name}\` has more than ${mostFlags} flags`)
      return { kind: 'flags', flags: body.flags.map((f) => ({ name: f.id.name, docs: f.docs, span: f.id.span })) }
    }
    case 'resource':
      return { kind: 'resource' }
  }
}

/** The names that a body refers to. */
export function namesIn(body: TypeBody): Id[] {
  const ids: Id[] = []
  const visit = (type: TypeNode | undefined): void => {
    if (type === undefined) return
    switch (type.kind) {
      case 'name':
      case 'own':
      case 'borrow':
        ids.push(type.id)
        return
      case 'map':
        visit(type.key)
        visit(type.value)
        return
      case 'tuple':
        type.types.forEach(visit)
        return
      case 'result':
        visit(type.ok)
        visit(type.err)
        return
      case 'list':
      case 'option':
      case 'fixed-length-list':
      case 'stream':
      case 'future':
        visit(type.element)
        return
      default:
        return
    }
  }
  if (body.kind === 'alias') visit(body.type)
  else if (body.kind === 'record') body.fields.forEach((f) => visit(f.type))
  else if (body.kind === 'variant') body.cases.forEach((c) => visit(c.type))
  return ids
}
