import { camelCase, dealias, type Type } from '../ir/index.ts'
import { escape } from './escapes.ts'
import { formatNumber } from './numbers.ts'
import { writtenCase } from './parse.ts'

interface Tagged {
  readonly tag: string
  readonly val?: unknown
}

/**
 * A value that the runtime has lifted, as WAVE text. Fields that are `none` are left out of records; handles of resources,
 * which WAVE has no text for, are written as `<name>`.
 *
 * @param most how many elements of each list are written; of longer ones the rest is only counted, which is no WAVE any more
 */
export function formatValue(value: unknown, type: Type, most: number = Infinity): string {
  const t = dealias(type)
  switch (t.kind) {
    case 'bool':
      return String(value)
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
      return formatNumber(value as number | bigint, t.kind)
    case 'char':
      return `'${escape(value as string)}'`
    case 'string':
      return `"${escape(value as string)}"`
    case 'list':
    case 'fixed-length-list':
      return listText([...first(value as Sized, most)], (value as Sized).length, (x) => formatValue(x, t.element, most))
    case 'map': {
      const entries = [...(value as Map<unknown, unknown>)]
      const entry = ([k, v]: readonly [unknown, unknown]): string =>
        `(${formatValue(k, t.key, most)}, ${formatValue(v, t.value, most)})`
      return listText(entries.slice(0, most), entries.length, entry)
    }
    case 'tuple':
      return `(${t.types.map((e, i) => formatValue((value as readonly unknown[])[i], e, most)).join(', ')})`
    case 'record': {
      const record = value as Readonly<Record<string, unknown>>
      const fields = t.fields.flatMap((f) => {
        const field = record[camelCase(f.name)]
        return isNone(field, f.type) ? [] : [`${f.name}: ${formatValue(field, f.type, most)}`]
      })
      return `{${fields.length === 0 ? ':' : fields.join(', ')}}`
    }
    case 'flags': {
      const flags = value as Readonly<Record<string, boolean>>
      return `{${t.flags.flatMap((f) => (flags[camelCase(f.name)] === true ? [f.name] : [])).join(', ')}}`
    }
    case 'enum':
      return writtenCase(value as string)
    case 'variant': {
      const { tag, val } = value as Tagged
      return tagged(writtenCase(tag), val, t.cases.find((c) => c.name === tag)?.type, most)
    }
    case 'option':
      if (isNone(value, type)) return 'none'
      return tagged('some', dealias(t.some).kind === 'option' ? (value as Tagged).val : value, t.some, most)
    case 'result': {
      const { tag, val } = value as Tagged
      return tagged(tag, val, tag === 'ok' ? t.ok : t.err, most)
    }
    case 'own':
    case 'borrow':
      return `<${t.resource.name}>`
    case 'resource':
    case 'stream':
    case 'future':
    case 'error-context':
      return `<${t.kind}>`
    default:
      return t satisfies never
  }
}

/** An array or a typed array. */
interface Sized extends Iterable<unknown> {
  readonly length: number
}

function* first(list: Sized, most: number): Iterable<unknown> {
  let count = 0
  for (const element of list) {
    if (count++ >= most) return
    yield element
  }
}

function listText<T>(elements: readonly T[], length: number, text: (element: T) => string): string {
  const rest = length - elements.length
  return `[${[...elements.map(text), ...(rest > 0 ? [`… ${rest} more`] : [])].join(', ')}]`
}

function tagged(tag: string, val: unknown, payload: Type | undefined, most: number): string {
  return payload === undefined ? tag : `${tag}(${formatValue(val, payload, most)})`
}

function isNone(value: unknown, type: Type): boolean {
  const t = dealias(type)
  if (t.kind !== 'option') return false
  if (dealias(t.some).kind === 'option') return (value as Tagged).tag === 'none'
  // What serves WASI may say null.
  return value === undefined || value === null
}
