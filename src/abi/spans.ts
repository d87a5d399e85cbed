import { assertNever, dealias, type Type } from '../ir/index.ts'
import { despecialize } from './despecialize.ts'

/** Whether values of the type hold strings or lists, which stand in memory even where the value itself is passed flat. */
export function holdsSpan(type: Type): boolean {
  const t = dealias(type)
  let found = known.get(t)
  if (found === undefined) known.set(t, (found = computeHoldsSpan(t)))
  return found
}

// One type may be reached on very many ways.
const known = new WeakMap<Type, boolean>()

function computeHoldsSpan(type: Type): boolean {
  const t = despecialize(type)
  switch (t.kind) {
    case 'string':
    case 'list':
      return true
    case 'record':
      return t.fields.some((f) => holdsSpan(f.type))
    case 'variant':
      return t.cases.some((c) => c.type !== undefined && holdsSpan(c.type))
    case 'fixed-length-list':
      return holdsSpan(t.element)
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
    case 'char':
    case 'flags':
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return false
    default:
      return assertNever(t)
  }
}
