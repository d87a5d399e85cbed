import { layOut } from './layout.ts'

/** What formatted code may look like; the text of generated code never varies. */
export interface FormatStyle {
  readonly semi: boolean
  readonly singleQuote: boolean
  readonly useTabs: boolean
  readonly tabWidth: number
}

const GENERATED: FormatStyle = { semi: false, singleQuote: true, useTabs: false, tabWidth: 2 }

/**
 * Formats what a template printed, as all generated code is formatted: as prettier does, the same on every machine, whatever the user's
 * configuration. What is simple is laid out here, since prettier takes longer than all the rest; a test holds both alike.
 *
 * @param style for code that goes into a file of the user's
 */
export async function format(text: string, style: FormatStyle = GENERATED): Promise<string> {
  if (style !== GENERATED) return formatByPrettier(text, style)
  const formatted: string[] = []
  for (const declaration of declarations(text)) {
    formatted.push(layOut(declaration) ?? (await formatByPrettier(declaration)).trimEnd())
  }
  return `${formatted.join('\n\n')}\n`
}

/** Formats any TypeScript or JavaScript, by prettier alone: what TypeScript emits is not as our templates print it. */
export async function formatByPrettier(text: string, style: FormatStyle = GENERATED): Promise<string> {
  const [{ format: prettier }, estree, typescript] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ])
  return prettier(text, {
    ...style,
    parser: 'typescript',
    plugins: [estree.default, typescript.default],
    printWidth: 120,
    trailingComma: 'all',
    endOfLine: 'lf',
  })
}

/** The parts of a file between blank lines that stand outside of all brackets. */
export function declarations(text: string): readonly string[] {
  const found: string[] = []
  let lines: string[] = []
  let depth = 0
  const end = (): void => {
    if (lines.length > 0) found.push(lines.join('\n'))
    lines = []
  }
  for (const line of text.split('\n')) {
    if (line.trim() === '' && depth === 0) end()
    else {
      lines.push(line)
      if (!/^\s*(?:\/?\*|\/\/)/.test(line)) depth += openBrackets(line)
    }
  }
  end()
  return found
}

/** Strings, which are gone over at one step, and brackets. */
const STRING_OR_BRACKET = /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[([{]|[)\]}]/g

function openBrackets(line: string): number {
  let open = 0
  STRING_OR_BRACKET.lastIndex = 0
  while (STRING_OR_BRACKET.test(line)) {
    const last = line[STRING_OR_BRACKET.lastIndex - 1] ?? ''
    if ('([{'.includes(last)) open++
    else if (')]}'.includes(last)) open--
  }
  return open
}
