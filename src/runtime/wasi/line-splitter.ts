/** The longest line that is kept back for its end, in UTF-16 units: a guest without line ends must not fill the host's memory. */
const LONGEST = 1 << 16

/**
 * Makes lines of bytes: each is told once, whole, without its `\n` or `\r\n`. UTF-8 that is split between two writes is put
 * together again; what is no UTF-8 becomes U+FFFD. A line that has no end after 65,536 units is told in pieces of that length.
 */
export class LineSplitter {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #onLine: (line: string) => void
  #rest = ''

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  write(bytes: Uint8Array): void {
    this.#add(this.#decoder.decode(bytes, { stream: true }))
  }

  /** Tells of a last line without an end. */
  flush(): void {
    this.#add(this.#decoder.decode())
    const rest = this.#rest
    this.#rest = ''
    if (rest !== '') this.#onLine(rest)
  }

  #add(text: string): void {
    if (text === '') return
    const lines = text.split('\n')
    lines[0] = this.#rest + (lines[0] ?? '')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line)
    while (this.#rest.length > LONGEST) {
      const end = isLeadSurrogate(this.#rest.charCodeAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST
      this.#onLine(this.#rest.slice(0, end))
      this.#rest = this.#rest.slice(end)
    }
  }
}

function isLeadSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}
