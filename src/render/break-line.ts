import { firstGroup, lastGroup, splitAt } from './code-text.ts'
import { bits, conditional, disjunction, fields } from './break-operators.ts'
import { list, WIDTH, type Lines } from './lines.ts'

/**
 * Writes a line that is too long over several, as prettier does.
 *
 * @returns false for a form that is not known here
 */
export function breakLine(code: string, indent: number, lines: Lines): boolean {
  for (const way of [specifiers, fields, union, guarded, coreField, bits, conditional, arrow, signature]) {
    const done = way(code, indent, lines)
    if (done !== undefined) return done
  }
  const [, head = '', rest = '', tail = ''] =
    /^((?:return |throw |const \w+(?:: [\w.[\], |<>]+)? = |[\w.[\]]+ = |\w+: |'[^']*': )?)(.*?)(,?)$/.exec(code) ?? []
  return value(head, rest, tail, indent, lines)
}

/** The names that are imported or exported, each on a line of its own; a single one stays where it is. */
function specifiers(code: string, indent: number, lines: Lines): boolean | undefined {
  const match = /^((?:import|export)(?: type)? \{)(.*)(\} from '[^']*')$/.exec(code)
  if (match === null) return undefined
  const names = splitAt(match[2] ?? '', ',')
  if (names.length < 2) lines.push(code, indent)
  else list(match[1] ?? '', names, match[3] ?? '', indent, lines)
  return true
}

/** `export type A = | 'b'| 'c'`: on one line where that fits. */
function union(code: string, indent: number, lines: Lines): boolean | undefined {
  const match = /^(export type \w+ =) \|(.*)$/.exec(code)
  if (match === null) return code.includes('= |') || code.startsWith('|') ? false : undefined
  const [, head = '', rest = ''] = match
  const cases = splitAt(rest, '|')
  const flat = `${head} ${cases.join(' | ')}`
  const below = cases.join(' | ')
  if (indent + flat.length <= WIDTH) lines.push(flat, indent)
  else if (indent + 2 + below.length <= WIDTH) {
    lines.push(head, indent)
    lines.push(below, indent + 2)
  } else {
    lines.push(head, indent)
    for (const one of cases) {
      if (indent + 4 + one.length > WIDTH) return false
      lines.push(`| ${one}`, indent + 2)
    }
  }
  return true
}

/** `if (…) statement`, `for (…) statement`: the statement goes below. */
function guarded(code: string, indent: number, lines: Lines): boolean | undefined {
  if (!/^(?:if|for|while) \(/.test(code)) return undefined
  const group = firstGroup(code, '(')
  if (group === undefined || code.endsWith('{')) return false
  const head = code.slice(0, group[1] + 1)
  let body: string | undefined = code.slice(group[1] + 2)
  if (indent + head.length <= WIDTH) lines.push(head, indent)
  else body = disjunction(code, indent, lines)
  if (body === undefined) return false
  if (indent + 2 + body.length > WIDTH) return breakLine(body, indent + 2, lines)
  lines.push(body, indent + 2)
  return true
}

/** A field that holds a core function: its parameters. */
function coreField(code: string, indent: number, lines: Lines): boolean | undefined {
  const [, head, params = '', result = '', core = ''] =
    /^(readonly #\w+: \()([^()]*)(\) => \w+ =) (.*)$/.exec(code) ?? []
  if (head === undefined) return undefined
  const declaration = head + params + result
  if (indent + declaration.length <= WIDTH) {
    lines.push(declaration, indent)
    lines.push(core, indent + 2)
    return indent + 2 + core.length <= WIDTH
  }
  const tail = `${result} ${core}`
  const each = splitAt(params, ',')
  if (each.length < 2 || indent + tail.length > WIDTH) return false
  list(head, each, tail, indent, lines)
  return true
}

/** `(a: A, b: B) =>` with what the function gives, or nothing: its parameters. */
function arrow(code: string, indent: number, lines: Lines): boolean | undefined {
  const [start = ''] = /^(?:\w+: )?\(/.exec(code) ?? []
  const group = start === '' ? undefined : firstGroup(code, '(')
  if (group === undefined || !/^\) =>(?: \w|$)/.test(code.slice(group[1]))) return undefined
  const head = code.slice(0, group[1] + ') =>'.length)
  const body = code.slice(head.length + 1)
  if (indent + head.length <= WIDTH) {
    lines.push(head, indent)
    lines.push(body, indent + 2)
    return indent + 2 + body.length <= WIDTH
  }
  const params = splitAt(code.slice(start.length, group[1]), ',')
  if (params.length < 2) return false
  lines.push(start, indent)
  for (const param of params) if (!parameter(`${param},`, indent + 2, lines)) return false
  const tail = code.slice(group[1])
  lines.push(tail, indent)
  return indent + tail.length <= WIDTH
}

/** A parameter on a line of its own; one whose type is an object with one function may be broken further. */
function parameter(text: string, indent: number, lines: Lines): boolean {
  if (indent + text.length <= WIDTH) {
    lines.push(text, indent)
    return true
  }
  const [, head, member = '', params = '', result = ''] =
    /^(\w+: \{) (readonly '[^']*': \()([^()]*)(\) => \w+) \},$/.exec(text) ?? []
  if (head === undefined) return false
  lines.push(head, indent)
  const whole = member + params + result
  if (indent + 2 + whole.length <= WIDTH) lines.push(whole, indent + 2)
  else list(member, splitAt(params, ','), result, indent + 2, lines)
  lines.push('},', indent)
  return true
}

/** A function or method with several parameters, with or without a body: each parameter on a line of its own. */
function signature(code: string, indent: number, lines: Lines): boolean | undefined {
  const match = /^(?:(?:export|async|static|private) )*(?:function )?(?:#?[\w$]+|'[^']*')?\(/.exec(code)
  if (match === null) return undefined
  const group = firstGroup(code, '(')
  if (group === undefined) return false
  const [open, close] = group
  const rest = code.slice(close + 1)
  if (!/^(?:: | \{|$)/.test(rest) || (rest === '' && !code.startsWith('constructor'))) return undefined
  const params = splitAt(code.slice(open + 1, close), ',')
  // What is alone may be hugged by its brackets, and so may a result that has brackets.
  const alone = params.length === 1 && /[{[(]/.test(params[0] ?? '')
  if (params.length === 0 || alone || indent + rest.length + 1 > WIDTH) return false
  if (params.some((p) => indent + p.length + 3 > WIDTH)) return false
  list(code.slice(0, open + 1), params, `)${rest}`, indent, lines)
  return true
}

/**
 * A statement or a member with a value: `head` is what stands before the value, `tail` what stands behind it.
 *
 * @param hang how much more than the line itself the lines below it are indented
 */
function value(head: string, text: string, tail: string, indent: number, lines: Lines, hang = 0): boolean {
  if (indent + head.length + text.length + tail.length <= WIDTH) {
    lines.push(head + text + tail, indent)
    return true
  }
  if (/^'[^']*'$/.test(text)) {
    // A text that is too long goes below its name; it is not broken itself.
    const below = /^(.*[:=]) $/.exec(head)?.[1]
    // Below a short key it would begin where it does beside it.
    if (/^[^ =]{1,4}: $/.test(head)) {
      lines.push(head + text + tail, indent)
      return true
    }
    if (below === undefined && head !== '') return false
    lines.push(below ?? `${text}${tail}`, indent)
    if (below !== undefined) lines.push(text + tail, indent + hang + 2)
    return true
  }
  const bracket = text.slice(0, 1)
  if ((bracket === '[' || bracket === '{') && isOneGroup(text)) return members(head, text, tail, indent, lines, hang)
  const [test, some, none] = choice(text)
  if (test === undefined || some === undefined || none === undefined) {
    return call(head, text, tail, indent, lines, hang)
  }
  // Comparisons are put in brackets or below, in some places.
  if (/ [=!<>&|]/.test(test) || indent + head.length + test.length > WIDTH) return false
  lines.push(head + test, indent)
  const below = indent + hang + 2
  return value('? ', some, '', below, lines, 2) && value(': ', none, tail, below, lines, 2)
}

/** The parts of `test ? some : none`; nothing for what is no choice, or more than one. */
function choice(text: string): readonly (string | undefined)[] {
  const [test, rest, more] = splitAt(text, '?')
  if (rest === undefined || more !== undefined) return []
  const [some, none, others] = splitAt(rest, ':')
  return others === undefined ? [test, some, none] : []
}

/** Whether the bracket that begins a text is closed at its end. */
function isOneGroup(text: string): boolean {
  const group = firstGroup(`(${text.slice(1, -1)})`, '(')
  return group?.[0] === 0 && group[1] === text.length - 1
}

/** An array or an object, each member on a line of its own. */
function members(head: string, text: string, tail: string, indent: number, lines: Lines, hang: number): boolean {
  const isObject = text.startsWith('{')
  const parts = splitAt(text.slice(1, -1), ',')
  // Numbers are filled into lines, and arrays of objects or arrays are broken in another way.
  if (!isObject && (parts.some((part) => /^[{[]/.test(part)) || parts.every((part) => /^[\d.-]+$/.test(part))))
    return false
  const close = indent + hang
  lines.push(head + text.slice(0, 1), indent)
  for (const part of parts) {
    const [, key = '', rest = ''] = (isObject ? /^((?:[\w$]+|'[^']*'): )(.*)$/.exec(part) : null) ?? [part, '', part]
    if (!value(key, rest, ',', close + 2, lines)) return false
  }
  lines.push(text.slice(-1) + tail, close)
  return true
}

/** A call: its arguments each on a line of its own. */
function call(head: string, text: string, tail: string, indent: number, lines: Lines, hang: number): boolean {
  const group = lastGroup(text)
  if (group === undefined) return false
  const callee = text.slice(0, group[0])
  const args = splitAt(text.slice(group[0] + 1, -1), ',')
  if (
    !/^(?:[\w$.#]+(?:\['[^']*'\])?|\([^()]*(?:\([^()]*\))?[^()]*\)\.[\w$]+)$/.test(callee) ||
    callee.split('.').length > 3
  )
    return false
  const close = indent + hang
  if (args.length === 0) return castCall(head, callee, tail, indent, lines, hang)
  const last = args.at(-1) ?? ''
  const before = args.slice(0, -1)
  if (
    args.some((arg) => /=>|^new |^`/.test(arg)) ||
    last.startsWith('[') ||
    indent + head.length + callee.length + 1 > WIDTH
  ) {
    return false
  }
  if (last.startsWith('{')) {
    // An object that is the last argument shares the brackets of the call.
    const start = [`${head}${callee}(`, ...before.map((arg) => `${arg}, `)].join('')
    if (!isOneGroup(last) || before.some((arg) => /[{[]/.test(arg)) || indent + start.length + 1 > WIDTH) return false
    return members(start, last, `)${tail}`, indent, lines, hang)
  }
  lines.push(`${head}${callee}(`, indent)
  for (const arg of args) if (!value('', arg, ',', close + 2, lines)) return false
  lines.push(`)${tail}`, close)
  return true
}

/** `(value as Type).method()`: nothing else can be broken. */
function castCall(head: string, callee: string, tail: string, indent: number, lines: Lines, hang: number): boolean {
  const [, inner, method = ''] = /^\((.* as \w+)\)(\.\w+)$/.exec(callee) ?? []
  if (inner === undefined || indent + hang + 2 + inner.length > WIDTH) return false
  lines.push(`${head}(`, indent)
  lines.push(inner, indent + hang + 2)
  lines.push(`)${method}()${tail}`, indent + hang)
  return true
}
