import pico from 'picocolors'

const WIDTH = 80
const MARGIN = '   '

/** Where the demo's lines go. */
export interface Output {
  /** Takes one line without its end. */
  line(text: string): void
  /** Whether a terminal shows it that has colours. */
  readonly hasColors: boolean
}

/** Prints lines of at most 80 columns. */
export class Printer {
  readonly #output: Output
  readonly #colors: ReturnType<typeof pico.createColors>
  #steps = 0

  constructor(output: Output) {
    this.#output = output
    this.#colors = pico.createColors(output.hasColors)
  }

  /** A numbered title. */
  step(title: string): void {
    if (this.#steps > 0) this.#output.line('')
    this.#output.line(this.#colors.bold(`${++this.#steps}. ${title}`))
  }

  /** Text below a title, wrapped at spaces. */
  say(text: string): void {
    for (const line of wrapped(text, WIDTH - MARGIN.length)) this.#output.line(MARGIN + line)
  }

  /** Lines below a title as they are; what is too long is cut. */
  lines(lines: readonly string[]): void {
    for (const line of lines) this.#output.line(MARGIN + cut(line))
  }

  /** A line that a guest logged. */
  logged(module: string, level: string, message: string): void {
    this.#output.line(MARGIN + this.#colors.dim(cut(`[${module} ${level}] ${message}`)))
  }

  /** What went wrong, wrapped at spaces. */
  wrong(text: string): void {
    for (const line of wrapped(text, WIDTH - MARGIN.length)) this.#output.line(MARGIN + this.#colors.red(line))
  }

  /** The end. */
  last(text: string): void {
    this.#output.line('')
    for (const line of wrapped(text, WIDTH)) this.#output.line(this.#colors.bold(line))
  }
}

function cut(line: string): string {
  const room = WIDTH - MARGIN.length
  return line.length > room ? `${line.slice(0, room - 1)}…` : line
}

/** A text as lines, those after the first of each paragraph set in by two spaces. Longer words stay whole. */
function wrapped(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line)
        line = `  ${word}`
      } else {
        line = line === '' ? word : `${line} ${word}`
      }
    }
    return [...lines, line]
  })
}
