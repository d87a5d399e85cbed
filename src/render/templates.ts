import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import type { FileModel, HostModel } from '../plan/model.ts'

/** The folder of the templates, beside `src` in the repository and beside `dist` in the package. */
const FOLDER: string = fileURLToPath(new URL('../../templates/', import.meta.url))

const STRICT = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { each: true, if: true, lookup: true },
  explicitPartialContext: true,
} as const

type Compiled = ReturnType<typeof Handlebars.compile>

let loaded: ((name: string, model: object) => string) | undefined

/** The text of a file, not formatted yet. */
export function renderTemplate(model: FileModel | HostModel): string {
  loaded ??= load()
  return loaded(model.template, model)
}

/** Compiles all templates once; each is a partial of the others under its path: `lower/record`. */
function load(): (name: string, model: object) => string {
  const handlebars = Handlebars.create()
  const compiled = new Map<string, Compiled>()
  for (const entry of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.hbs')) continue
    const name = entry.replaceAll('\\', '/').slice(0, -'.hbs'.length)
    const file = readFileSync(FOLDER + entry, 'utf8').replaceAll('\r\n', '\n')
    // Those in `lift` are expressions, printed in the middle of a line: the newline at the end of the file is not theirs.
    const text = name.startsWith('lift/') ? file.trimEnd() : file
    const template = handlebars.compile(text, STRICT)
    compiled.set(name, template)
    handlebars.registerPartial(name, template)
  }
  return (name, model) => {
    const template = compiled.get(name)
    if (template === undefined) throw new TypeError(`there is no template ${name}`)
    return template(model)
  }
}
