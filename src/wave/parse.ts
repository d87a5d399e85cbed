import { camelCase, dealias, typeSignature, type Param, type Type, type TypeOf } from '../ir/index.ts'
import { unescape } from './escapes.ts'
import { Lexer, type Token } from './lexer.ts'
import { parseNumber } from './numbers.ts'
import { parseText } from './strings.ts'
import { WaveError } from './wave-error.ts'

/** Labels that are no names of cases unless they are written with a `%`. */
export const KEYWORDS: ReadonlySet<string> = new Set(['true', 'false', 'inf', 'nan', 'some', 'none', 'ok', 'err'])

/**
 * Reads a value of a type in WAVE, the text encoding of component values. Values are those that the runtime takes: records
 * with camelCase keys, variants as `{ tag, val }` and so on. A map is written as a list of pairs.
 *
 * @throws WaveError with the place of what is wrong
 */
export function parseValue(text: string, type: Type): unknown {
  const lexer = new Lexer(text)
  const value = parse(lexer, type)
  lexer.expect('end')
  return value
}

/**
 * Reads the arguments of a call from `(` on. Trailing arguments that are options may be left out.
 *
 * @param at where the `(` stands
 * @throws WaveError with the place of what is wrong
 */
export function parseArguments(text: string, at: number, params: readonly Param[]): unknown[] {
  const lexer = new Lexer(text, at)
  lexer.expect('(')
  const values: unknown[] = []
  for (const [i, { name, type }] of params.entries()) {
    if (lexer.peek().kind === ')') {
      if (!params.slice(i).every((p) => isOption(p.type))) lexer.fail(`${name}: ${nameOf(type)}`)
      values.push(absent(type))
      continue
    }
    values.push(parse(lexer, type))
    if (!lexer.skip(',') && lexer.peek().kind !== ')') lexer.fail('`,` or `)`')
  }
  if (lexer.peek().kind !== ')') tooMany(lexer, params.length)
  lexer.expect(')')
  lexer.expect('end')
  return values
}

function tooMany(lexer: Lexer, count: number): never {
  const { text, start, end } = lexer.peek()
  throw new WaveError(`expected ${counted(count, 'argument')}, got one more: \`${text}\``, start, end)
}

function parse(lexer: Lexer, type: Type): unknown {
  const t = dealias(type)
  switch (t.kind) {
    case 'bool':
      return parseBool(lexer)
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
      return parseNumber(lexer, t.kind)
    case 'char':
      return parseChar(lexer)
    case 'string':
      return parseText(lexer)
    case 'list':
      return items(lexer, '[', ']', type, () => parse(lexer, t.element))
    case 'fixed-length-list':
      return exactly(
        lexer,
        '[',
        ']',
        type,
        Array.from({ length: t.length }, () => t.element),
      )
    case 'map':
      return new Map(
        items(lexer, '[', ']', type, () => exactly(lexer, '(', ')', type, [t.key, t.value])) as [unknown, unknown][],
      )
    case 'tuple':
      return exactly(lexer, '(', ')', type, t.types)
    case 'record':
      return parseRecord(lexer, t, type)
    case 'flags':
      return parseFlags(lexer, t, type)
    case 'enum': {
      const names = t.cases.map((c) => c.name)
      return caseName(lexer, names, type)
    }
    case 'variant': {
      const tag = caseName(
        lexer,
        t.cases.map((c) => c.name),
        type,
      )
      return tagged(lexer, tag, t.cases.find((c) => c.name === tag)?.type)
    }
    case 'option':
      return parseOption(lexer, t)
    case 'result':
      return parseResult(lexer, t)
    case 'own':
    case 'borrow':
    case 'resource':
    case 'stream':
    case 'future':
    case 'error-context': {
      const { start, end } = lexer.peek()
      throw new WaveError(`a ${nameOf(type)} cannot be written as text`, start, end)
    }
    default:
      return t satisfies never
  }
}

function parseBool(lexer: Lexer): boolean {
  const { kind, text } = lexer.peek()
  if (kind !== 'label' || (text !== 'true' && text !== 'false')) lexer.fail('bool (true or false)')
  return lexer.take().text === 'true'
}

function parseChar(lexer: Lexer): string {
  const token = lexer.peek()
  if (token.kind !== 'char') lexer.fail("char, as in `'x'`")
  const value = unescape(token.text.slice(1, -1), token.start + 1)
  const code = value.codePointAt(0)
  if (code === undefined || value.length !== (code > 0xffff ? 2 : 1)) lexer.fail('exactly one character')
  lexer.take()
  return value
}

/** Comma-separated items between brackets; a trailing comma is fine. */
function items(lexer: Lexer, open: '(' | '[', close: ')' | ']', type: Type, item: () => unknown): unknown[] {
  if (lexer.peek().kind !== open) lexer.fail(nameOf(type))
  lexer.take()
  const values: unknown[] = []
  while (!lexer.skip(close)) {
    values.push(item())
    if (!lexer.skip(',') && lexer.peek().kind !== close) lexer.fail(`\`,\` or \`${close}\``)
  }
  return values
}

/** As `items`, of the given types. */
function exactly(lexer: Lexer, open: '(' | '[', close: ')' | ']', type: Type, types: readonly Type[]): unknown[] {
  let count = 0
  const values = items(lexer, open, close, type, () => {
    const of = types[count++]
    return of === undefined ? lexer.fail(`\`${close}\` after ${counted(types.length, 'item')}`) : parse(lexer, of)
  })
  if (count < types.length) lexer.fail(`${counted(types.length, 'item')} in ${nameOf(type)}`)
  return values
}

function label(lexer: Lexer, expected: string): { readonly token: Token; readonly name: string } {
  const token = lexer.peek()
  // `inf` and `nan` begin like numbers, but name fields all the same.
  if (token.kind !== 'label' && token.text !== 'inf') lexer.fail(expected)
  return { token: lexer.take(), name: token.text.replace('%', '') }
}

function parseRecord(lexer: Lexer, { fields }: TypeOf<'record'>, type: Type): unknown {
  const open = lexer.peek()
  if (open.kind !== '{') lexer.fail(nameOf(type))
  lexer.take()
  const values = new Map<string, unknown>()
  if (lexer.skip(':')) lexer.expect('}')
  else {
    while (!lexer.skip('}')) {
      const { token, name } = label(lexer, 'a field')
      const field =
        fields.find((f) => f.name === name) ??
        lexer.fail(`a field of ${nameOf(type)} (${fields.map((f) => f.name).join(', ')})`, token)
      if (values.has(name)) lexer.fail(`each field only once`, token)
      lexer.expect(':')
      values.set(name, parse(lexer, field.type))
      if (!lexer.skip(',') && lexer.peek().kind !== '}') lexer.fail('`,` or `}`')
    }
  }
  const missing = fields.filter((f) => !values.has(f.name) && !isOption(f.type))
  if (missing.length > 0) {
    throw new WaveError(`expected the field ${missing[0]?.name} in ${nameOf(type)}`, open.start, open.end)
  }
  return Object.fromEntries(
    fields.map((f) => [camelCase(f.name), values.has(f.name) ? values.get(f.name) : absent(f.type)]),
  )
}

function parseFlags(lexer: Lexer, { flags }: TypeOf<'flags'>, type: Type): unknown {
  if (lexer.peek().kind !== '{') lexer.fail(nameOf(type))
  lexer.take()
  const set: Record<string, boolean> = {}
  while (!lexer.skip('}')) {
    const { token, name } = label(lexer, 'a flag')
    if (!flags.some((f) => f.name === name))
      lexer.fail(`a flag of ${nameOf(type)} (${flags.map((f) => f.name).join(', ')})`, token)
    if (set[camelCase(name)] === true) lexer.fail('each flag only once', token)
    set[camelCase(name)] = true
    if (!lexer.skip(',') && lexer.peek().kind !== '}') lexer.fail('`,` or `}`')
  }
  return set
}

/** The name of a case; those that are keywords need a `%`. */
function caseName(lexer: Lexer, names: readonly string[], type: Type): string {
  const token = lexer.peek()
  const name = token.text.replace('%', '')
  const isLabel = token.kind === 'label' || token.text === 'inf'
  if (!isLabel || !names.includes(name)) lexer.fail(`${nameOf(type)} (${names.map(writtenCase).join(', ')})`)
  if (KEYWORDS.has(token.text)) lexer.fail(`\`%${token.text}\` for the case`)
  lexer.take()
  return name
}

/** A case as it is written: keywords with a `%`. */
export function writtenCase(name: string): string {
  return KEYWORDS.has(name) ? `%${name}` : name
}

function tagged(lexer: Lexer, tag: string, payload: Type | undefined): unknown {
  if (payload === undefined) return { tag }
  lexer.expect('(')
  const val = parse(lexer, payload)
  lexer.expect(')')
  return { tag, val }
}

/** `some(…)`, `none`, or the payload itself unless it is an option or result. */
function parseOption(lexer: Lexer, { some }: TypeOf<'option'>): unknown {
  const nested = isOption(some)
  const { kind, text } = lexer.peek()
  if (kind === 'label' && text === 'none') {
    lexer.take()
    return nested ? { tag: 'none' } : undefined
  }
  if (kind === 'label' && text === 'some') {
    lexer.take()
    const value = tagged(lexer, 'some', some) as { readonly val: unknown }
    return nested ? value : value.val
  }
  if (nested || dealias(some).kind === 'result') return lexer.fail('`some(…)` or `none`')
  return parse(lexer, some)
}

/** `ok(…)`, `err(…)`, or the ok value itself unless it is an option or result. */
function parseResult(lexer: Lexer, { ok, err }: TypeOf<'result'>): unknown {
  const { kind, text } = lexer.peek()
  if (kind === 'label' && (text === 'ok' || text === 'err')) {
    lexer.take()
    return tagged(lexer, text, text === 'ok' ? ok : err)
  }
  if (ok === undefined || isOption(ok) || dealias(ok).kind === 'result') return lexer.fail('`ok` or `err`')
  return { tag: 'ok', val: parse(lexer, ok) }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

function isOption(type: Type): boolean {
  return dealias(type).kind === 'option'
}

/** `none`, as the runtime takes it. */
function absent(type: Type): unknown {
  const t = dealias(type)
  return t.kind === 'option' && isOption(t.some) ? { tag: 'none' } : undefined
}

/** What messages call a type: its name in WIT, or its text. */
function nameOf(type: Type): string {
  return typeSignature(type, { type: (def) => def.name, resource: (def) => def.name })
}
