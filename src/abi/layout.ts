import { dealias, type Field, type Type, type TypeOf } from '../ir/index.ts'
import { despecialize, type GeneralKind } from './despecialize.ts'

/** The least multiple of `alignment` that is at least `offset`. Spec: `align_to`. */
export function alignTo(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment
}

/** The alignment of a type in memory, in bytes: 1, 2, 4 or 8. Spec: CanonicalABI.md, `alignment`. */
export function alignment(type: Type): number {
  return remembered(alignments, type, computeAlignment)
}

function computeAlignment(type: Type): number {
  const t = despecialize(type)
  switch (t.kind) {
    case 'fixed-length-list':
      return alignment(t.element)
    case 'record':
      return recordLayout(t.fields).align
    case 'variant':
      return Math.max(discriminantSize(t.cases.length), caseAlignment(t))
    case 'flags':
      return flagsSize(t.flags.length)
    case 'string':
    case 'list':
      return 4
    default:
      return WORD_SIZES[t.kind]
  }
}

/** The bytes of what is a single number in memory, which is aligned to its size. */
const WORD_SIZES: Readonly<Record<Exclude<GeneralKind, Laid>, number>> = {
  bool: 1,
  s8: 1,
  u8: 1,
  s16: 2,
  u16: 2,
  s32: 4,
  u32: 4,
  f32: 4,
  char: 4,
  'error-context': 4,
  own: 4,
  borrow: 4,
  stream: 4,
  future: 4,
  s64: 8,
  u64: 8,
  f64: 8,
}

/** Kinds whose size and alignment depend on their parts, or differ. */
type Laid = 'fixed-length-list' | 'record' | 'variant' | 'flags' | 'string' | 'list'

/** The size of a type in memory, in bytes, as an element of a list has it. Spec: CanonicalABI.md, `elem_size`. */
export function elemSize(type: Type): number {
  return remembered(sizes, type, computeElemSize)
}

function computeElemSize(type: Type): number {
  const t = despecialize(type)
  switch (t.kind) {
    case 'fixed-length-list':
      return t.length * elemSize(t.element)
    case 'record':
      return recordLayout(t.fields).size
    case 'variant': {
      const payload = largest(t.cases, 0, elemSize)
      return alignTo(payloadOffset(t) + payload, alignment(t))
    }
    case 'flags':
      return flagsSize(t.flags.length)
    case 'string':
    case 'list':
      return 8
    default:
      return WORD_SIZES[t.kind]
  }
}

/** Where each field of a record stands, and the size of the whole. Spec: `elem_size_record`, `store_record`. */
export function recordLayout(fields: readonly Pick<Field, 'type'>[]): {
  readonly offsets: readonly number[]
  readonly size: number
  readonly align: number
} {
  const offsets: number[] = []
  let offset = 0
  let align = 1
  for (const { type } of fields) {
    const a = alignment(type)
    align = Math.max(align, a)
    offset = alignTo(offset, a)
    offsets.push(offset)
    offset += elemSize(type)
  }
  return { offsets, size: alignTo(offset, align), align }
}

/** The bytes of the discriminant of a variant with so many cases: 1, 2 or 4. Spec: `discriminant_type`. */
export function discriminantSize(cases: number): 1 | 2 | 4 {
  if (cases <= 1 << 8) return 1
  return cases <= 1 << 16 ? 2 : 4
}

/** Where the payload of a variant stands. Spec: `store_variant`. */
export function payloadOffset(variant: TypeOf<'variant'>): number {
  return alignTo(discriminantSize(variant.cases.length), caseAlignment(variant))
}

/** The bytes that so many flags take: 1, 2 or 4. Spec: `elem_size_flags`; more than 32 are not legal. */
export function flagsSize(flags: number): 1 | 2 | 4 {
  if (flags <= 8) return 1
  return flags <= 16 ? 2 : 4
}

/** Spec: `max_case_alignment`. */
function caseAlignment(variant: TypeOf<'variant'>): number {
  return largest(variant.cases, 1, alignment)
}

function largest(cases: TypeOf<'variant'>['cases'], least: number, measure: (type: Type) => number): number {
  return cases.reduce((most, c) => (c.type === undefined ? most : Math.max(most, measure(c.type))), least)
}

// Types refer to each other without cycles, but the same one may be reached on very many ways.
const alignments = new WeakMap<Type, number>()
const sizes = new WeakMap<Type, number>()

function remembered(known: WeakMap<Type, number>, type: Type, compute: (type: Type) => number): number {
  const t = dealias(type)
  const found = known.get(t)
  if (found !== undefined) return found
  const result = compute(t)
  known.set(t, result)
  return result
}
