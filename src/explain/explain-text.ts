import type { ExampleFiles, Explanation } from './explanation.ts'
import type { ExplainedCode } from './find.ts'

/** How the text is painted; the identity where there is no color. */
export interface Paint {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

/** What a code means, an example and how to mend it, as text that ends with a line break. */
export function explainText(code: ExplainedCode, paint: Paint): string {
  const name = code.number === undefined ? code.code : `${code.code} (${code.number})`
  const isTitled = !code.meaning.startsWith(code.title)
  const lines = [paint.strong(isTitled ? `${name}: ${code.title}` : name), '', code.meaning, '']
  const example = exampleLines(code.example).map((line) => (line === '' ? '' : `  ${line}`))
  if (example.length > 0) lines.push(paint.strong('Example'), '', ...example, '')
  lines.push(paint.strong('To mend it'), '', code.fix)
  return `${lines.join('\n')}\n`
}

/** All codes, one a line. */
export function listText(codes: readonly ExplainedCode[], paint: Paint): string {
  const width = Math.max(...codes.map(({ code }) => code.length))
  return codes
    .map(({ code, number, title }) => {
      const shown = number === undefined ? '' : String(number)
      return `${paint.strong(code.padEnd(width))}  ${paint.faint(shown.padStart(2))}  ${title}\n`
    })
    .join('')
}

function exampleLines(example: Explanation['example']): readonly string[] {
  switch (example?.kind) {
    case undefined:
      return []
    case 'command': {
      const before =
        example.before === undefined ? [] : [...fileLines(example.before.files), `$ ${example.before.command}`, '']
      return [...before, ...fileLines(example.files), ...makeLines(example.files), `$ ${example.command}`]
    }
    case 'program': {
      const made = makeLines(example.files)
      return [...fileLines(example.files), ...made, ...(made.length > 0 ? [''] : []), ...example.program.split('\n')]
    }
    case 'sketch':
      return example.program.split('\n')
    default:
      return example satisfies never
  }
}

/** Each file with its name before it. */
function fileLines(files: ExampleFiles): readonly string[] {
  return Object.entries(files).flatMap(([path, content]) =>
    typeof content === 'string'
      ? [`--- ${path}`, ...visible(content).trimEnd().split('\n'), '']
      : [`$ printf '${octal(content.bytes)}' > ${path}`],
  )
}

/** The commands that make components of text. */
function makeLines(files: ExampleFiles): readonly string[] {
  return Object.keys(files)
    .filter((path) => path === 'guest.wat')
    .map((path) => `$ wasm-tools parse ${path} -o ${path.replace(/wat$/u, 'wasm')}`)
}

/** What would not be seen, or would move what follows, as an escape. */
function visible(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
}

/** Bytes as the shell's `printf` takes them. */
function octal(bytes: string): string {
  return bytes.replaceAll(/[^ -$&(-[\]-~]/gu, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
}
