import type { Type, TypeDef, TypeKind, TypeOf } from '../ir/index.ts'

type Mapper = (def: TypeDef) => TypeDef
type Rules = { readonly [K in TypeKind]: (type: TypeOf<K>, def: Mapper) => Type }

const same = (type: Type): Type => type
const optional = (type: Type | undefined, def: Mapper): Type | undefined => type && mapType(type, def)

const RULES: Rules = {
  bool: same,
  s8: same,
  u8: same,
  s16: same,
  u16: same,
  s32: same,
  u32: same,
  s64: same,
  u64: same,
  f32: same,
  f64: same,
  char: same,
  string: same,
  'error-context': same,
  resource: same,
  enum: same,
  flags: same,
  list: ({ kind, element }, def) => ({ kind, element: mapType(element, def) }),
  'fixed-length-list': ({ kind, element, length }, def) => ({ kind, element: mapType(element, def), length }),
  map: ({ kind, key, value }, def) => ({ kind, key: mapType(key, def), value: mapType(value, def) }),
  record: ({ kind, fields }, def) => ({ kind, fields: fields.map((f) => ({ ...f, type: mapType(f.type, def) })) }),
  tuple: ({ kind, types }, def) => ({ kind, types: types.map((t) => mapType(t, def)) }),
  variant: ({ kind, cases }, def) => ({ kind, cases: cases.map((c) => ({ ...c, type: optional(c.type, def) })) }),
  option: ({ kind, some }, def) => ({ kind, some: mapType(some, def) }),
  result: ({ kind, ok, err }, def) => ({ kind, ok: optional(ok, def), err: optional(err, def) }),
  own: ({ kind, resource }, def) => ({ kind, resource: def(resource) }),
  borrow: ({ kind, resource }, def) => ({ kind, resource: def(resource) }),
  stream: ({ kind, element }, def) => ({ kind, element: optional(element, def) }),
  future: ({ kind, element }, def) => ({ kind, element: optional(element, def) }),
  ref: ({ kind, def: named }, def) => ({ kind, def: def(named) }),
}

/** `type` with each named type and resource that it mentions replaced by what `def` gives for it. */
export function mapType(type: Type, def: Mapper): Type {
  return applyRule(type.kind, type, def)
}

function applyRule<K extends TypeKind>(kind: K, type: TypeOf<K>, def: Mapper): Type {
  return RULES[kind](type, def)
}
