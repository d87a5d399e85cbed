/** Text as spans count it: line breaks are `\n`, no byte order mark. */
export function normalizeText(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
}
