/** Formats TypeScript as all generated code is formatted: the same on every machine, whatever the user's configuration. */
export async function format(text: string): Promise<string> {
  const [{ format: prettier }, estree, typescript] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ])
  return prettier(text, {
    parser: 'typescript',
    plugins: [estree.default, typescript.default],
    semi: false,
    singleQuote: true,
    printWidth: 120,
    trailingComma: 'all',
    endOfLine: 'lf',
  })
}
