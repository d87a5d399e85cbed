/** The longest line, in characters, as prettier is told to. */
export const WIDTH = 120

/** The lines of a declaration as they are laid out, and how far those within brackets are indented. */
export class Lines {
  readonly #lines: string[] = []
  readonly #frames: { readonly body: number; readonly close: number; inCase: boolean }[] = []

  /** How far the next line is indented. */
  get indent(): number {
    const frame = this.#frames.at(-1)
    return frame === undefined ? 0 : frame.body + (frame.inCase ? 2 : 0)
  }

  get isClosed(): boolean {
    return this.#frames.length === 0
  }

  push(text: string, indent: number = this.indent): void {
    this.#lines.push(' '.repeat(indent) + text)
  }

  /** One blank line at most, and none at the beginning of a body. */
  blank(): void {
    const last = this.#lines.at(-1)
    if (last !== undefined && last !== '' && !last.endsWith('{')) this.#lines.push('')
  }

  /** The lines of a comment in stars are aligned. */
  comment(row: string): void {
    this.push(row.startsWith('*') ? ` ${row}` : row)
  }

  /** What follows stands in brackets. */
  open(body: number, close: number): void {
    this.#frames.push({ body, close, inCase: false })
  }

  /** The indentation of the bracket that closes; undefined where none is open. */
  close(): number | undefined {
    if (this.#lines.at(-1) === '') this.#lines.pop()
    return this.#frames.pop()?.close
  }

  /** A case label: where it stands. What follows is indented more. */
  case(): number {
    const frame = this.#frames.at(-1)
    if (frame === undefined) return 0
    frame.inCase = true
    return frame.body
  }

  text(): string {
    return this.#lines.join('\n')
  }
}

/** A list in brackets, each item on a line of its own. */
export function list(head: string, items: readonly string[], tail: string, indent: number, lines: Lines): void {
  lines.push(head, indent)
  for (const item of items) lines.push(`${item},`, indent + 2)
  lines.push(tail, indent)
}
