/** What formatted code may look like; the text of generated code never varies. */
export interface FormatStyle {
  readonly semi: boolean
  readonly singleQuote: boolean
  readonly useTabs: boolean
  readonly tabWidth: number
}

const GENERATED: FormatStyle = { semi: false, singleQuote: true, useTabs: false, tabWidth: 2 }

/**
 * Formats TypeScript: generated code the same on every machine, whatever the user's configuration, with line feeds.
 *
 * @param style for code that goes into a file of the user's
 */
export async function format(text: string, style: FormatStyle = GENERATED): Promise<string> {
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
