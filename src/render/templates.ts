import { createRequire } from 'node:module'
import type Handlebars from 'handlebars'
import type { FileModel, HostModel } from '../plan/model.ts'
import { STRICT, templateFiles } from './template-files.ts'

type Compiled = ReturnType<typeof Handlebars.compile>

/** The templates as functions, by path; each is a partial of the others. */
type Templates = ReadonlyMap<string, Compiled>

/** The compiled templates that the build leaves beside this file: Handlebars' compiler takes longer than rendering. */
export const BUILT = 'templates.cjs'

/** Handlebars' runtime, which the build puts there too: all that the package needs of Handlebars. */
export const RUNTIME = 'handlebars-runtime.cjs'

const require = createRequire(import.meta.url)
let loaded: Templates | undefined

/** The text of a file, not formatted yet. */
export function renderTemplate(model: FileModel | HostModel): string {
  loaded ??= import.meta.url.endsWith('.ts') ? compiled() : built()
  const template = loaded.get(model.template)
  if (template === undefined) throw new TypeError(`there is no template ${model.template}`)
  return template(model)
}

/** In the repository: from the templates as they are now. */
function compiled(): Templates {
  const handlebars = (require('handlebars') as typeof Handlebars).create()
  return registered(
    handlebars,
    [...templateFiles()].map(([name, text]) => [name, handlebars.compile(text, STRICT)]),
  )
}

/** In the package: what the build made, and Handlebars' runtime. */
function built(): Templates {
  const handlebars = (require(`./${RUNTIME}`) as typeof Handlebars).create()
  const specs = require(`./${BUILT}`) as Readonly<Record<string, unknown>>
  return registered(
    handlebars,
    Object.entries(specs).map(([name, spec]) => [name, handlebars.template(spec as TemplateSpecification)]),
  )
}

function registered(handlebars: typeof Handlebars, templates: readonly (readonly [string, Compiled])[]): Templates {
  for (const [name, template] of templates) handlebars.registerPartial(name, template)
  return new Map(templates)
}

/** The module that `built` reads. */
export function precompiledTemplates(): string {
  const handlebars = require('handlebars') as typeof Handlebars
  const entries = [...templateFiles()].map(([name, text]) => {
    return `${JSON.stringify(name)}: ${String(handlebars.precompile(text, STRICT))}`
  })
  return `// Made of the templates by the build.\nmodule.exports = {\n${entries.join(',\n')}\n}\n`
}
