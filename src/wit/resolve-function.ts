import type { Func, FuncKind, Param } from '../ir/package.ts'
import type { Type, TypeDef } from '../ir/types.ts'
import { partsOf } from '../ir/type-extent.ts'
import type { FuncItem, ResourceFunc, Signature } from './ast.ts'
import { checkMembers } from './name-scope.ts'
import { resolveType, type TypeContext } from './resolve-type.ts'
import { unavailable } from './scope.ts'

type FuncNode = Pick<FuncItem | ResourceFunc, 'docs' | 'stability' | 'externalId' | 'id' | 'signature'>

const accessorTag = { getter: '[get]', setter: '[set]' } as const

/** Resolves a function that stands in an interface or world. */
export function resolveFunction(node: FuncNode, context: TypeContext): Func {
  const { accessor } = node.signature
  const tag = accessor === undefined ? '' : accessorTag[accessor]
  return build(`${tag}${node.id.name}`, { kind: 'freestanding' }, node, [], context)
}

/** Resolves a function of a resource. */
export function resolveResourceFunction(node: ResourceFunc, resource: TypeDef, context: TypeContext): Func {
  const kind: FuncKind = { kind: node.kind, resource }
  if (node.kind === 'constructor') return build(`[constructor]${resource.name}`, kind, node, [], context)
  const { accessor } = node.signature
  const tag = accessor === undefined ? '' : accessorTag[accessor]
  const self: Param = { name: 'self', type: { kind: 'borrow', resource }, span: node.signature.span }
  return build(
    `[${node.kind}]${tag}${resource.name}.${node.id.name}`,
    kind,
    node,
    node.kind === 'method' ? [self] : [],
    context,
  )
}

function build(name: string, kind: FuncKind, node: FuncNode, self: readonly Param[], context: TypeContext): Func {
  const { signature } = node
  checkMembers(
    'parameter',
    [...self.map((p) => ({ name: p.name, span: signature.span })), ...signature.params.map((p) => p.id)],
    context.report,
  )
  checkAccessor(signature, context)
  const params = signature.params.map((p) => ({
    name: p.id.name,
    type: resolveType(p.type, context),
    ...(p.docs === undefined ? {} : { docs: p.docs }),
    span: p.id.span,
  }))
  const result =
    kind.kind === 'constructor' ? constructed(signature, kind.resource, context) : resultOf(signature, context)
  if (result !== undefined && containsBorrow(result)) {
    context.report.error(
      'WIT0044',
      signature.result?.span ?? node.id.span,
      `the function \`${name}\` returns a \`borrow\``,
      'return the resource itself (an `own` handle)',
    )
  }
  return {
    name,
    kind,
    async: signature.async,
    ...(signature.accessor === undefined ? {} : { accessor: signature.accessor }),
    params: [...self, ...params],
    result,
    docs: node.docs,
    stability: node.stability,
    ...(node.externalId === undefined ? {} : { externalId: node.externalId }),
    span: node.id.span,
  }
}

function resultOf(signature: Signature, context: TypeContext): Type | undefined {
  return signature.result === undefined ? undefined : resolveType(signature.result, context)
}

/** A constructor gives the resource, or declares `result<resource, …>`. */
function constructed(signature: Signature, resource: TypeDef, context: TypeContext): Type {
  const node = signature.result
  if (node === undefined) return { kind: 'own', resource }
  const type = resolveType(node, context)
  const declared = type.kind === 'ref' ? type.def.type : type
  if (declared === unavailable) return type
  if (declared.kind !== 'result') {
    context.report.error(
      'WIT0045',
      node.span,
      `a constructor of \`${resource.name}\` returns nothing or \`result<${resource.name}, …>\``,
    )
  } else if (declared.ok?.kind !== 'own' || declared.ok.resource !== resource) {
    const span = node.kind === 'result' ? (node.ok?.span ?? node.span) : node.span
    context.report.error(
      'WIT0045',
      span,
      `the ok type of a constructor's result must be the resource \`${resource.name}\``,
    )
  }
  return type
}

/** Getters take nothing and return a value; setters take one value and return nothing or `result<_, …>`. */
function checkAccessor({ accessor, params, result, span }: Signature, { report, types }: TypeContext): void {
  if (accessor === 'getter') {
    const first = params[0]
    if (first !== undefined) report.error('WIT0046', first.id.span, 'a getter takes no parameters')
    if (result === undefined) report.error('WIT0046', span, 'a getter returns a value', 'add `-> type`')
  }
  if (accessor === 'setter') {
    if (params.length !== 1) report.error('WIT0046', params[1]?.id.span ?? span, 'a setter takes exactly one parameter')
    if (result === undefined) return
    const entry = result.kind === 'name' ? types.get(result.id.name) : undefined
    const named = entry?.kind === 'type' ? entry.def.type : undefined
    const fits = result.kind === 'result' ? result.ok === undefined : named?.kind === 'result' && named.ok === undefined
    if (!fits) report.error('WIT0046', result.span, 'a setter returns nothing, `result` or `result<_, …>`')
  }
}

/** What is known to hold no borrow: types refer to each other on many ways, and the chains of them may be long. */
const borrowFree: WeakSet<Type> = new WeakSet()

function containsBorrow(type: Type): boolean {
  const pending = [type]
  const seen = new Set<Type>()
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (part.kind === 'borrow') return true
    if (seen.has(part) || borrowFree.has(part)) continue
    seen.add(part)
    for (const inner of partsOf(part)) pending.push(inner)
  }
  for (const part of seen) borrowFree.add(part)
  return false
}
