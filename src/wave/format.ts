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
 */
export function formatValue(value: unknown, type: Type): string {
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
      return `[${Array.from(value as Iterable<unknown>, (x) => formatValue(x, t.element)).join(', ')}]`
    case 'map': {
      const entries = [...(value as Map<unknown, unknown>)]
      return `[${entries.map(([k, v]) => `(${formatValue(k, t.key)}, ${formatValue(v, t.value)})`).join(', ')}]`
    }
    case 'tuple':
      return `(${t.types.map((e, i) => formatValue((value as readonly unknown[])[i], e)).join(', ')})`
    case 'record': {
      const record = value as Readonly<Record<string, unknown>>
      const fields = t.fields.flatMap((f) => {
        const field = record[camelCase(f.name)]
        return isNone(field, f.type) ? [] : [`${f.name}: ${formatValue(field, f.type)}`]
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
      return tagged(writtenCase(tag), val, t.cases.find((c) => c.name === tag)?.type)
    }
    case 'option':
      if (isNone(value, type)) return 'none'
      return tagged('some', dealias(t.some).kind === 'option' ? (value as Tagged).val : value, t.some)
    case 'result': {
      const { tag, val } = value as Tagged
      return tagged(tag, val, tag === 'ok' ? t.ok : t.err)
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

function tagged(tag: string, val: unknown, payload: Type | undefined): string {
  return payload === undefined ? tag : `${tag}(${formatValue(val, payload)})`
}

function isNone(value: unknown, type: Type): boolean {
  const t = dealias(type)
  if (t.kind !== 'option') return false
  return dealias(t.some).kind === 'option' ? (value as Tagged).tag === 'none' : value === undefined
}
