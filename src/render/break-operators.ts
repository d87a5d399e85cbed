import { splitAt } from './code-text.ts'
import { list, WIDTH, type Lines } from './lines.ts'

/** The fields that are taken out of an object: with defaults or new names each on a line of its own, else the object goes below. */
export function fields(code: string, indent: number, lines: Lines): boolean | undefined {
  const [, names, object = ''] = /^const \{ ([^{}]*) \} = ([^{}]*)$/.exec(code) ?? []
  if (names === undefined) return undefined
  const each = splitAt(names, ',')
  const isBroken = each.length > 2 && / = |: /.test(names)
  const [, choice, cast = ''] = /^\((.*)(\) as \w+)$/.exec(object) ?? []
  const fits = isBroken && indent + '} = '.length + object.length <= WIDTH
  if (choice !== undefined && !fits) {
    const head = `const { ${names} } = (`
    if (!isBroken && indent + head.length <= WIDTH) lines.push(head, indent)
    else list('const {', each, '} = (', indent, lines)
    const done = chosen(choice, indent + 2, lines)
    lines.push(cast, indent)
    return done
  }
  if (choice === undefined && (object.includes(' ? ') || object.startsWith('('))) return false
  if (isBroken) {
    const tail = `} = ${object}`
    list('const {', each, tail, indent, lines)
    return indent + tail.length <= WIDTH
  }
  const head = `const { ${names} } =`
  lines.push(head, indent)
  lines.push(object, indent + 2)
  return indent + Math.max(head.length, 2 + object.length) <= WIDTH
}

/** `const a = b < c ? d : e` goes below, where there is no room in three lines. */
export function conditional(code: string, indent: number, lines: Lines): boolean | undefined {
  const [, head, test = '', some = '', none = ''] =
    /^(const \w+ =) ([^?:]* < [^?:]*) \? ([^?:]*) : ([^?:]*)$/.exec(code) ?? []
  if (head === undefined) return undefined
  lines.push(head, indent)
  const whole = `${test} ? ${some} : ${none}`
  if (indent + 2 + whole.length <= WIDTH) {
    lines.push(whole, indent + 2)
    return true
  }
  lines.push(test, indent + 2)
  lines.push(`? ${some}`, indent + 4)
  lines.push(`: ${none}`, indent + 4)
  return indent + 6 + Math.max(some.length, none.length) <= WIDTH
}

/** `a || b ? c : d` on a line of its own, or on several. */
function chosen(text: string, indent: number, lines: Lines): boolean {
  if (indent + text.length <= WIDTH) {
    lines.push(text, indent)
    return true
  }
  const [, test, some = '', none = ''] = /^([^?:]*) \? ([^?:]*) : ([^?:]*)$/.exec(text) ?? []
  if (test === undefined || !operands(test, '||', indent, lines)) return false
  lines.push(`? ${some}`, indent + 2)
  lines.push(`: ${none}`, indent + 2)
  return indent + 4 + Math.max(some.length, none.length) <= WIDTH
}

/** `return a | b | c`, in brackets, and `const d = a | b | c`, below. */
export function bits(code: string, indent: number, lines: Lines): boolean | undefined {
  const [, head, value = ''] = /^(return|const \w+ =) (\(.*\) \| \(.*\))$/.exec(code) ?? []
  if (head === undefined) return undefined
  if (!splitAt(value, '|').every((part) => /^\([^()]*\)$/.test(part))) return false
  const isReturn = head === 'return'
  lines.push(isReturn ? 'return (' : head, indent)
  const done = operands(value, '|', indent + 2, lines)
  if (isReturn) lines.push(')', indent)
  return done
}

/** `if (a || b || c) statement`: the operands each on a line of its own, and the statement below, where there is room for it. */
export function disjunction(code: string, indent: number, lines: Lines): string | undefined {
  const [, test, statement] = /^if \(([^()]*)\) (.*)$/.exec(code) ?? []
  if (test === undefined || indent + 'if ()'.length + test.length <= WIDTH) return undefined
  lines.push('if (', indent)
  if (!operands(test, '||', indent + 2, lines)) return undefined
  lines.push(')', indent)
  return statement
}

/** What an operator joins, on one line or on a line each. */
function operands(text: string, operator: string, indent: number, lines: Lines): boolean {
  if (indent + text.length <= WIDTH) {
    lines.push(text, indent)
    return true
  }
  const parts = text.split(` ${operator} `)
  // Other operators bind in other ways.
  if (parts.length < 2 || parts.some((part) => / (?:&&|\?\?) /.test(part))) return false
  for (const [i, part] of parts.entries()) lines.push(i < parts.length - 1 ? `${part} ${operator}` : part, indent)
  return parts.every((part) => indent + part.length + 1 + operator.length <= WIDTH)
}
