import { exceedsLimits } from '../ir/type-extent.ts'
import type { Case, PrimitiveKind, Type, TypeDef, TypeKind, TypeOf } from '../ir/index.ts'
import type { TypeItem, TypeSize } from './entities.ts'
import type { Reader } from './reader.ts'
import type { Scope } from './scope.ts'

/** From 0x73 upwards. */
const PRIMITIVES: readonly Type[] = [
  { kind: 'string' },
  { kind: 'char' },
  { kind: 'f64' },
  { kind: 'f32' },
  { kind: 'u64' },
  { kind: 's64' },
  { kind: 'u32' },
  { kind: 's32' },
  { kind: 'u16' },
  { kind: 's16' },
  { kind: 'u8' },
  { kind: 's8' },
  { kind: 'bool' },
]
const ERROR_CONTEXT: Type = { kind: 'error-context' }

const primitive = (opcode: number): Type | undefined => (opcode === 0x64 ? ERROR_CONTEXT : PRIMITIVES[opcode - 0x73])

/** Reads the parts of one type definition and adds up its size. */
export class TypeReader implements TypeSize {
  readonly r: Reader
  readonly scope: Scope
  weight = 1
  depth = 0

  constructor(r: Reader, scope: Scope) {
    this.r = r
    this.scope = scope
  }

  /** `valtype`: a primitive type or the index of a defined one. */
  value(): Type {
    const { r } = this
    const byte = r.peek()
    if ((byte & 0xc0) === 0x40) {
      r.pos++
      this.weight++
      return primitive(byte) ?? r.unexpected('a value type', byte)
    }
    const at = r.pos
    const { item } = this.scope.read(r, 'type')
    if (item.kind !== 'value') return r.fail('CMP1006', `expected a value type, got the type of a ${item.kind}`, at)
    this.weight += item.weight
    this.depth = Math.max(this.depth, item.depth + 1)
    if (exceedsLimits(this)) r.fail('CMP1007', 'this type is too large or too deep', at)
    return item.type
  }

  /** `<valtype>?` */
  optional(): Type | undefined {
    return this.r.flag() ? this.value() : undefined
  }

  /** A `vec` that must not be empty. */
  some<T>(item: () => T): T[] {
    const at = this.r.pos
    const items = this.r.vec(item)
    if (items.length === 0) this.r.fail('CMP1005', 'expected at least one member of this type', at)
    return items
  }

  /** A member with a name, of which a binary says neither docs nor place. */
  label(): { readonly name: string; readonly docs: undefined; readonly span: undefined } {
    this.weight++
    return { name: this.r.string(), docs: undefined, span: undefined }
  }

  resource(): TypeDef {
    const at = this.r.pos
    const { item } = this.scope.read(this.r, 'type')
    return item.kind === 'resource'
      ? item.def
      : this.r.fail('CMP1006', `expected a resource, got a ${item.kind} type`, at)
  }

  case(): Case {
    const member = { ...this.label(), type: this.optional() }
    this.r.expect(0x00, 'the end of a case')
    return member
  }
}

type Constructor = Exclude<TypeKind, PrimitiveKind | 'ref'>

/** How each kind of `defvaltype` is encoded: its opcode, and what follows. */
const CONSTRUCTORS: { readonly [K in Constructor]: readonly [opcode: number, read: (t: TypeReader) => TypeOf<K>] } = {
  record: [0x72, (t) => ({ kind: 'record', fields: t.some(() => ({ ...t.label(), type: t.value() })) })],
  variant: [0x71, (t) => ({ kind: 'variant', cases: t.some(() => t.case()) })],
  list: [0x70, (t) => ({ kind: 'list', element: t.value() })],
  'fixed-length-list': [
    0x67,
    (t) => {
      const element = t.value()
      const length = t.r.u32()
      if (length === 0) t.r.fail('CMP1005', 'expected a length of at least 1 for a list', t.r.pos - 1)
      return { kind: 'fixed-length-list', element, length }
    },
  ],
  tuple: [0x6f, (t) => ({ kind: 'tuple', types: t.some(() => t.value()) })],
  flags: [
    0x6e,
    (t) => {
      const at = t.r.pos
      const flags = t.some(() => t.label())
      if (flags.length > 32) t.r.fail('CMP1005', `expected at most 32 flags, got ${flags.length}`, at)
      return { kind: 'flags', flags }
    },
  ],
  enum: [0x6d, (t) => ({ kind: 'enum', cases: t.some(() => t.label()) })],
  option: [0x6b, (t) => ({ kind: 'option', some: t.value() })],
  result: [0x6a, (t) => ({ kind: 'result', ok: t.optional(), err: t.optional() })],
  own: [0x69, (t) => ({ kind: 'own', resource: t.resource() })],
  borrow: [0x68, (t) => ({ kind: 'borrow', resource: t.resource() })],
  stream: [0x66, (t) => ({ kind: 'stream', element: t.optional() })],
  future: [0x65, (t) => ({ kind: 'future', element: t.optional() })],
  map: [0x63, (t) => ({ kind: 'map', key: t.value(), value: t.value() })],
}

const BY_OPCODE: ReadonlyMap<number, (t: TypeReader) => Type> = /* @__PURE__ */ new Map<
  number,
  (t: TypeReader) => Type
>(Object.values(CONSTRUCTORS))

/** What follows the opcode of a `defvaltype`; undefined when it is none. */
export function readValueType(r: Reader, scope: Scope, opcode: number): TypeItem | undefined {
  const t = new TypeReader(r, scope)
  const type = primitive(opcode) ?? BY_OPCODE.get(opcode)?.(t)
  return type && { kind: 'value', type, weight: t.weight, depth: t.depth }
}

/** What follows the opcode of a `functype`. */
export function readFuncType(r: Reader, scope: Scope, async: boolean): TypeItem {
  const t = new TypeReader(r, scope)
  const params = r.vec(() => {
    const name = r.string()
    return { name, type: t.value(), span: undefined }
  })
  const result = readResultList(t)
  r.spend(t.weight >> 4)
  return { kind: 'func', async, params, result, weight: t.weight + params.length, depth: t.depth }
}

/** `resultlist` */
export function readResultList(t: TypeReader): Type | undefined {
  if (!t.r.flag()) return t.value()
  t.r.expect(0x00, 'the end of the results')
  return undefined
}
