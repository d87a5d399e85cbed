import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the templates, beside `src` in the repository and beside `dist` in the package. */
const FOLDER: string = fileURLToPath(new URL('../../templates/', import.meta.url))

/** How Handlebars compiles them: nothing is escaped, what is missing is an error, there is no logic but what is named here. */
export const STRICT = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { each: true, if: true, lookup: true },
  explicitPartialContext: true,
} as const

/** The text of each template by its path, `lower/record`, sorted. */
export function templateFiles(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const entry of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!entry.endsWith('.hbs')) continue
    const name = entry.replaceAll('\\', '/').slice(0, -'.hbs'.length)
    const text = readFileSync(FOLDER + entry, 'utf8').replaceAll('\r\n', '\n')
    // Those in `lift` are expressions, printed in the middle of a line: the newline at the end of the file is not theirs.
    texts.set(name, name.startsWith('lift/') ? text.trimEnd() : text)
  }
  return texts
}
