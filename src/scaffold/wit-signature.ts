/** A function's signature as it stands in a comment, taken apart. */
export interface WitSignature {
  /** `log`; empty for constructors. */
  readonly name: string
  /** All but the name: `func(level: level) -> u32`. */
  readonly shape: string
  readonly params: readonly { readonly name: string; readonly type: string }[]
  readonly result: string | undefined
}

/** Reads `log: func(level: level, message: string) -> u32`, `make: static func()`, `constructor(start: u32)`. */
export function readWitSignature(text: string): WitSignature {
  const name = /^([\w-]+): /u.exec(text)?.[1] ?? ''
  const shape = name === '' ? text : text.slice(name.length + 2)
  const open = shape.indexOf('(')
  const parts: string[] = []
  let depth = 0
  let start = open + 1
  let at = open + 1
  for (; at < shape.length; at++) {
    const char = shape[at] ?? ''
    // The `>` of an arrow closes nothing; there are none between the parentheses.
    if ('(<{'.includes(char)) depth++
    else if (depth === 0 && (char === ',' || char === ')')) {
      parts.push(shape.slice(start, at))
      start = at + 1
      if (char === ')') break
    } else if (')>}'.includes(char)) depth--
  }
  const params = parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const colon = part.indexOf(':')
      return { name: part.slice(0, colon), type: part.slice(colon + 1).trim() }
    })
  return { name, shape, params, result: /^ -> (.*)$/u.exec(shape.slice(at + 1))?.[1] }
}
