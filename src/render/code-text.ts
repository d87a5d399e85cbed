/** What the layout knows of one line of code: strings and brackets. */

const OPEN = '([{'
const CLOSE = ')]}'

/** What may end a string, or make it one that is not understood. */
const IN_STRING = /['"`\\]|\{/g

/** Where each string ends (behind its end); undefined where that cannot be said simply. */
function stringEnd(text: string, start: number): number | undefined {
  const quote = text[start]
  IN_STRING.lastIndex = start + 1
  while (IN_STRING.test(text)) {
    const at = IN_STRING.lastIndex - 1
    const c = text[at]
    if (c === quote) return at + 1
    // Escapes, and quotes in strings of the other kind, decide which quotes are written: not here.
    if (c === '\\' || c === '"' || c === "'") return undefined
    if (quote === '`' && c === '{' && text.indexOf('}', at) < 0) return undefined
  }
  return undefined
}

/** What is looked for in a line: quotes, comments, brackets, and what stands between parts. */
const TOKEN = /['`"()[\]{}/,|?:<>]| as /g

/**
 * Goes through a line, over strings at one step, and from one token to the next: most characters are none.
 *
 * @param visit gets each token (`s` for a string, `a` for ` as `), its place and how many brackets are open before it; `true`
 * ends
 * @returns false where the line has something that is not understood
 */
export function scan(text: string, visit: (c: string, at: number, depth: number) => boolean | undefined): boolean {
  let depth = 0
  for (let from = 0; ;) {
    TOKEN.lastIndex = from
    if (!TOKEN.test(text)) return true
    from = TOKEN.lastIndex
    const c = text[from - 1] ?? ''
    const at = from - 1
    switch (c) {
      case ' ':
        if (visit('a', at - 2, depth) === true) return true
        // The blank may begin another one.
        from = at
        break
      case "'":
      case '`': {
        const end = stringEnd(text, at)
        if (end === undefined) return false
        if (visit('s', at, depth) === true) return true
        from = end
        break
      }
      case '"':
        return false
      case '/':
        if (text[from] === '/' || text[from] === '*') return false
        break
      case '(':
      case '[':
      case '{':
        if (visit(c, at, depth) === true) return true
        depth++
        break
      case ')':
      case ']':
      case '}':
        depth--
        if (visit(c, at, depth) === true) return true
        break
      default:
        if (visit(c, at, depth) === true) return true
    }
  }
}

/** The parts between the separators that stand outside of brackets, trimmed; an empty last one is dropped. */
export function splitAt(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let start = 0
  scan(text, (c, at, depth) => {
    if (depth !== 0 || c !== separator || isAngle(text, at)) return undefined
    parts.push(text.slice(start, at).trim())
    start = at + 1
    return undefined
  })
  const last = text.slice(start).trim()
  if (last !== '') parts.push(last)
  // Commas between type arguments are in angle brackets, which are not counted as brackets.
  return mergeAngles(parts, separator)
}

const isAngle = (text: string, at: number): boolean =>
  text[at] === '|' && (text[at + 1] === '|' || text[at - 1] === '|')

function mergeAngles(parts: readonly string[], separator: string): readonly string[] {
  const merged: string[] = []
  let open = 0
  for (const part of parts) {
    const last = merged.at(-1)
    if (open > 0 && last !== undefined) merged[merged.length - 1] = `${last}${separator} ${part}`
    else merged.push(part)
    open = Math.max(0, open + angles(part))
  }
  return merged
}

/** How many angle brackets of type arguments are left open: `Map<string`. Comparisons have spaces around them. */
function angles(text: string): number {
  let open = 0
  if (!text.includes('<') && !text.includes('>')) return open
  scan(text, (c, at) => {
    if (c === '<' && /\w/.test(text[at - 1] ?? '')) open++
    else if (c === '>' && text[at - 1] !== '=' && text[at - 1] !== ' ') open--
    return undefined
  })
  return open
}

/** The first bracket outside of others, and the one that closes it; undefined where there is none. */
export function firstGroup(text: string, bracket: '(' | '{'): readonly [open: number, close: number] | undefined {
  let open = -1
  let close = -1
  const clear = scan(text, (c, at, depth) => {
    if (open < 0 && depth === 0 && c === bracket) open = at
    else if (open >= 0 && depth === 0 && CLOSE.includes(c)) {
      close = at
      return true
    }
    return undefined
  })
  return clear && close >= 0 ? [open, close] : undefined
}

/** The last group in round brackets, when it ends the text. */
export function lastGroup(text: string): readonly [open: number, close: number] | undefined {
  let open = -1
  let close = -1
  const clear = scan(text, (c, at, depth) => {
    if (depth === 0 && c === '(') open = at
    if (depth === 0 && c === ')') close = at
    return undefined
  })
  return clear && close === text.length - 1 ? [open, close] : undefined
}

/** How many brackets a line leaves open; undefined where it has something that is not understood. */
export function balance(text: string): number | undefined {
  let sum = 0
  const clear = scan(text, (c) => {
    if (OPEN.includes(c)) sum++
    else if (CLOSE.includes(c)) sum--
    return undefined
  })
  return clear ? sum : undefined
}

/** A line without what separates the last member of a list from its bracket, and with object keys in quotes only where needed. */
export function tidy(text: string): string | undefined {
  let out = ''
  let from = 0
  const clear = scan(text, (c, at) => {
    if (c === ',') {
      const next = /^,\s*([)\]}])/.exec(text.slice(at, at + 8))
      if (next !== null) {
        out += text.slice(from, at) + (next[1] === '}' ? ' ' : '')
        from = at + next[0].length - 1
      }
    } else if (c === 's') {
      const key = /^'([A-Za-z_$][\w$]*)'(?=\??:)/.exec(text.slice(at))
      if (key !== null && /(?:^|[{,;] )$/.test(text.slice(Math.max(0, at - 2), at)) && at >= from) {
        out += text.slice(from, at) + (key[1] ?? '')
        from = at + key[0].length
      }
    }
    return undefined
  })
  return clear ? out + text.slice(from) : undefined
}

/** Whether there are arrays of objects or arrays, which prettier breaks even where there is room. */
export function hasMatrix(text: string): boolean {
  if (!/\[[[{]/.test(text)) return false
  let found = false
  scan(text, (c, at) => {
    found ||= c === '[' && /[[{]/.test(text[at + 1] ?? '')
    return undefined
  })
  return found
}

/** Whether there is a choice or a cast in a choice, which prettier puts in brackets: `a ? b ? c : d : e`. */
export function hasNestedChoice(text: string): boolean {
  if (!text.includes(' ? ')) return false
  const open = new Set<number>()
  let found = false
  scan(text, (c, at, depth) => {
    if (c === '?' && text[at - 1] === ' ') {
      found ||= open.has(depth)
      open.add(depth)
    } else if (c === 'a') found ||= open.has(depth)
    else if (c === ',' || CLOSE.includes(c)) open.delete(c === ',' ? depth : depth + 1)
    return undefined
  })
  return found
}
