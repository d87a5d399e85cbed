import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { CONFIG_FILES, loadConfig } from '../config/load-config.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { addScripts } from './add-scripts.ts'

/** Something that was set up, would be, or was there already. */
export interface InitStep {
  readonly kind: 'add' | 'create' | 'keep'
  /** The file, relative to the folder. */
  readonly file: string
  /** What of it, one line; empty for a whole file. */
  readonly what: string
  /** What the user may want to do about it. */
  readonly hint: string | undefined
}

const SCRIPTS = { generate: 'witgen generate', prebuild: 'witgen generate' } as const

/**
 * Sets a project up: scripts that generate, a configuration, and a mark on what is generated for reviews. What is there
 * already is left as it is, so a second run changes nothing.
 *
 * @param folder the one with the package.json
 * @param dryRun whether to write nothing
 * @returns the steps, in order
 * @throws DiagnosticError with `CFG0101` where there is no package.json, `CFG0102` where it cannot be understood, and for a
 * configuration that is wrong; then nothing has been written
 */
export async function init(folder: string, dryRun: boolean): Promise<readonly InitStep[]> {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) {
    const suggestion = 'make one with `npm init`, or go to the folder that has it'
    const shared = { severity: 'error', span: undefined, file: undefined, suggestion } as const
    throw new DiagnosticError([{ ...shared, code: 'CFG0101', message: 'there is no package.json in this folder' }])
  }
  const before = readFileSync(manifest, 'utf8')
  const scripts = await addScripts('package.json', before, SCRIPTS)
  const writes = new Map<string, string>()
  if (scripts.text !== before) writes.set('package.json', scripts.text)
  const steps: InitStep[] = scripts.added.map((name) => ({
    kind: 'add',
    file: 'package.json',
    what: `scripts.${name}: "${SCRIPTS[name as keyof typeof SCRIPTS]}"`,
    hint:
      name === 'prebuild' && !scripts.hasBuild
        ? 'npm runs it before a script `build`, of which there is none'
        : undefined,
  }))
  for (const [name, command] of scripts.kept) steps.push(keptScript(name, command))

  const config = await configStep(folder, before, writes)
  steps.push(config.step)
  const attributes = attributesStep(folder, config.out, writes)
  if (attributes !== undefined) steps.push(attributes)
  if (!dryRun) for (const [path, text] of writes) writeFileSync(join(folder, path), text)
  return steps
}

function keptScript(name: string, command: string): InitStep {
  const runsIt = /\bwitgen\b/u.test(command)
  const own = `witgen generate && ${command}`
  const hint = name === 'prebuild' ? `to generate before each build, make it "${own}"` : 'witgen did not touch it'
  return { kind: 'keep', file: 'package.json', what: `scripts.${name}: "${command}"`, hint: runsIt ? undefined : hint }
}

interface ConfigStep {
  readonly step: InitStep
  /** The output folder, relative to that of the project. */
  readonly out: string
}

async function configStep(folder: string, manifest: string, writes: Map<string, string>): Promise<ConfigStep> {
  const found = await loadConfig(undefined, folder)
  if (found !== undefined && resolve(found.folder) === resolve(folder)) {
    const file = basename(found.file)
    const step: InitStep = { kind: 'keep', file, what: file === 'package.json' ? 'witgen' : '', hint: undefined }
    return { step, out: relative(folder, resolve(folder, found.config.out ?? 'generated')) }
  }
  const isTypeScript = existsSync(join(folder, 'tsconfig.json'))
  const { type } = JSON.parse(manifest.replace(/^\ufeff/u, '')) as { readonly type?: unknown }
  const file = isTypeScript ? CONFIG_FILES[0] : type === 'module' ? CONFIG_FILES[1] : CONFIG_FILES[2]
  if (file === undefined) throw new TypeError('there is no name for the configuration')
  writes.set(file, configText(isTypeScript))
  return { step: { kind: 'create', file, what: '', hint: undefined }, out: 'generated' }
}

function configText(isTypeScript: boolean): string {
  return `import { defineConfig } from 'witgen'

export default defineConfig({
  inputs: ['wit'],
  out: 'generated',${isTypeScript ? '' : "\n  target: 'js',"}
})
`
}

/** Reviews and language statistics leave out what is marked so. */
function attributesStep(folder: string, out: string, writes: Map<string, string>): InitStep | undefined {
  const path = out.replaceAll('\\', '/')
  // What is generated elsewhere is not ours to mark here.
  if (path === '' || path.startsWith('..')) return undefined
  const file = '.gitattributes'
  const pattern = `${/\s/u.test(path) ? JSON.stringify(`${path}/**`) : `${path}/**`}`
  const line = `${pattern} linguist-generated`
  const there = existsSync(join(folder, file))
  const text = there ? readFileSync(join(folder, file), 'utf8') : ''
  const has = text.split(/\r?\n/u).some((each) => {
    const [first = '', ...attributes] = each.trim().replace(pattern, '@').split(/\s+/u)
    return first.replace(/^\//u, '') === '@' && attributes.some((a) => /^-?linguist-generated(?:=|$)/u.test(a))
  })
  if (has) return { kind: 'keep', file, what: line, hint: undefined }
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || text.endsWith('\n') ? '' : newline
  writes.set(file, `${text}${gap}${line}${newline}`)
  return { kind: there ? 'add' : 'create', file, what: line, hint: undefined }
}
