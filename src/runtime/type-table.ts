import type { TypeTable } from './descriptor.ts'

/** A signature with its `$name` references written out, to be compared with that of a guest. */
export function expandSignature(signature: string, types: TypeTable): string {
  const written = new Map<string, string>()
  const expand = (text: string): string =>
    text.replace(/\$([a-zA-Z0-9-]+)/g, (_, name: string) => {
      let full = written.get(name)
      if (full === undefined) {
        const entry = types[name]
        if (entry === undefined) throw new TypeError(`the descriptor's type table has no entry ${name}`)
        full = expand(entry)
        written.set(name, full)
      }
      return full
    })
  return expand(signature)
}
