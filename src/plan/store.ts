import { despecialize, discriminantSize, flagsSize, payloadOffset, recordLayout } from '../abi/index.ts'
import { assertNever, dealias, type Type } from '../ir/index.ts'
import { address } from './lift.ts'
import { lowerEnum, lowerFlags, storeArray, storeRecord, storeVariant } from './lower-codecs.ts'
import {
  items,
  lowerHandle,
  scalar,
  statement,
  taggedCases,
  tupleModel,
  variableLength,
  variantModel,
  type FunctionScope,
  type Part,
} from './lower-parts.ts'
import { lowerFlat } from './lower.ts'
import type { LowerModel } from './model.ts'
import { below, pathExpression, type PathText } from './path-text.ts'
import { isNestedOption } from './ts-type.ts'

/** The store of each scalar; bool and char are converted before. */
const STORES: Record<string, string> = {
  bool: 'storeU8',
  s8: 'storeU8',
  u8: 'storeU8',
  s16: 'storeU16',
  u16: 'storeU16',
  s32: 'storeU32',
  u32: 'storeU32',
  s64: 'storeU64',
  u64: 'storeU64',
  f32: 'storeF32',
  f64: 'storeF64',
  char: 'storeU32',
}

/**
 * Checks a value and stores it at `ptr + offset`, in a block that has been allocated. `value` is cheap and safe to
 * repeat. Spec: CanonicalABI.md, `store`.
 */
export function store(
  type: Type,
  value: string,
  ptr: string,
  offset: number,
  path: PathText,
  scope: FunctionScope,
): readonly LowerModel[] {
  const t = dealias(type)
  const { file } = scope
  const at = address(ptr, offset)
  switch (t.kind) {
    case 'bool':
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
    case 'f32':
    case 'f64':
    case 'char': {
      const { checks, text } = scalar(t.kind, value, path, file)
      return [...checks, statement(`${file.use(STORES[t.kind] ?? '')}(cx, ${at}, ${text})`)]
    }
    case 'string':
    case 'list':
    case 'map': {
      const { checks, call } = variableLength(type, value, path, scope)
      return [...checks, statement(`${file.use('storeSpan')}(cx, ${at}, ${call})`)]
    }
    case 'enum': {
      const codec = file.request('lower', type, lowerEnum)
      return [
        statement(
          `${discriminantStore(t.cases.length, scope)}(cx, ${at}, ${codec}(${pathExpression(path)}, ${value}))`,
        ),
      ]
    }
    case 'flags': {
      const codec = file.request('lower', type, lowerFlags)
      const word = file.use(`storeU${8 * flagsSize(t.flags.length)}`)
      return [statement(`${word}(cx, ${at}, ${codec}(${pathExpression(path)}, ${value}))`)]
    }
    case 'record':
      return [statement(`${file.request('store', type, storeRecord)}(cx, ${pathExpression(path)}, ${at}, ${value})`)]
    case 'variant':
    case 'result':
      return [statement(`${file.request('store', type, storeVariant)}(cx, ${pathExpression(path)}, ${at}, ${value})`)]
    case 'fixed-length-list':
      return [statement(`${file.request('store', type, storeArray)}(cx, ${pathExpression(path)}, ${at}, ${value})`)]
    case 'tuple': {
      const parts = items(t, value, path, scope)
      const { offsets } = recordLayout(t.types.map((e) => ({ type: e })))
      const steps = storeMembers(
        parts,
        offsets.map((o) => offset + o),
        ptr,
        scope,
      )
      return [tupleModel(value, path, parts, steps, scope)]
    }
    case 'option': {
      if (isNestedOption(t)) return variantStore(type, value, ptr, offset, path, scope)
      const tag = (n: number): LowerModel => statement(`${file.use('storeU8')}(cx, ${at}, ${n})`)
      const some = store(t.some, value, ptr, offset + payloadAt(type), path, scope)
      return [{ partial: 'lower/option', outs: [], value, absent: true, none: [tag(0)], some: [tag(1), ...some] }]
    }
    case 'own':
    case 'borrow':
      return [statement(`${file.use('storeU32')}(cx, ${at}, ${lowerHandle(t, value, path, file)})`)]
    case 'resource':
    case 'stream':
    case 'future':
    case 'error-context':
      throw new TypeError(`no codec for ${t.kind}`)
    default:
      return assertNever(t)
  }
}

/**
 * Checks and stores the members of a record or tuple: all are checked and lowered first, then what is ready is stored in one
 * go, so that engines read the views on the memory once.
 */
export function storeMembers(
  parts: readonly Part[],
  offsets: readonly number[],
  ptr: string,
  scope: FunctionScope,
): readonly LowerModel[] {
  const lowered: LowerModel[] = []
  const stored: LowerModel[] = []
  for (const [i, { type, local, path }] of parts.entries()) {
    const offset = offsets[i] ?? 0
    const helper = flatStore(type)
    if (helper === undefined) {
      lowered.push(...store(type, local, ptr, offset, path, scope))
      continue
    }
    const { steps, flat } = lowerFlat(type, local, path, scope)
    lowered.push(...steps)
    for (const [j, value] of flat.entries()) {
      stored.push(statement(`${scope.file.use(helper)}(cx, ${address(ptr, offset + 4 * j)}, ${value.text})`))
    }
  }
  return [...lowered, ...stored]
}

/** What stores the core values of a type that looks in memory as it does flat; undefined for all others. */
function flatStore(type: Type): string | undefined {
  const t = dealias(type)
  switch (t.kind) {
    case 'string':
    case 'list':
    case 'map':
      return 'storeU32'
    case 'enum':
      return `storeU${8 * discriminantSize(t.cases.length)}`
    case 'flags':
      return `storeU${8 * flagsSize(t.flags.length)}`
    default:
      return STORES[t.kind]
  }
}

/** The discriminant and the payload of a tagged value. Spec: `store_variant`. */
export function variantStore(
  type: Type,
  value: string,
  ptr: string,
  offset: number,
  path: PathText,
  scope: FunctionScope,
): readonly LowerModel[] {
  const val = scope.names.claim(`${value}Val`)
  const all = taggedCases(type)
  const word = discriminantStore(all.length, scope)
  const cases = all.map((c, index) => {
    const tag = statement(`${word}(cx, ${address(ptr, offset)}, ${index})`)
    const inner =
      c.type === undefined
        ? []
        : store(
            c.type,
            val,
            ptr,
            offset + payloadAt(type),
            below(path, 'val', (h) => scope.file.use(h)),
            scope,
          )
    return { tag: c.tag, steps: [tag, ...inner] }
  })
  return [variantModel(type, value, path, val, [], cases, scope)]
}

/** Where the payload stands in a variant, option or result. */
export function payloadAt(type: Type): number {
  const general = despecialize(type)
  if (general.kind !== 'variant') throw new TypeError('a variant was expected')
  return payloadOffset(general)
}

function discriminantStore(cases: number, { file }: FunctionScope): string {
  return file.use(`storeU${8 * discriminantSize(cases)}`)
}
