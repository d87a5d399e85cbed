import { dealias, type Type, type TypeOf, type TypeKind } from '../ir/index.ts'

/** The kinds that remain when the specialized ones are gone. */
export type GeneralKind = Exclude<TypeKind, 'ref' | 'tuple' | 'enum' | 'option' | 'result' | 'map' | 'resource'>
export type General = { [K in GeneralKind]: TypeOf<K> }[GeneralKind]

const member = (name: string) => ({ name, docs: undefined, span: undefined })
const fieldOf = (name: string, type: Type) => ({ ...member(name), type })
const caseOf = (name: string, type: Type | undefined) => ({ ...member(name), type })

/**
 * Reduces tuples to records, enums, options and results to variants, maps to lists of pairs; names and aliases are
 * followed. Spec: CanonicalABI.md, `despecialize`.
 */
export function despecialize(type: Type): General {
  const t = dealias(type)
  switch (t.kind) {
    case 'tuple':
      return { kind: 'record', fields: t.types.map((e, i) => fieldOf(String(i), e)) }
    case 'enum':
      return { kind: 'variant', cases: t.cases.map((c) => caseOf(c.name, undefined)) }
    case 'option':
      return { kind: 'variant', cases: [caseOf('none', undefined), caseOf('some', t.some)] }
    case 'result':
      return { kind: 'variant', cases: [caseOf('ok', t.ok), caseOf('err', t.err)] }
    case 'map':
      return { kind: 'list', element: { kind: 'tuple', types: [t.key, t.value] } }
    case 'resource':
      throw new TypeError('a resource has no values; own and borrow handles have')
    default:
      return t
  }
}
