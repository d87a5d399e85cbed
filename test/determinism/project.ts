import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The folders of the repository that have `wit/`, and the `generated/` that is committed for it. */
export const PROJECTS: Readonly<Record<string, string>> = {
  'wit/': root,
  'the golden file docs': join(root, 'test/golden/docs'),
  'the golden file hostile-names': join(root, 'test/golden/hostile-names'),
}

const MANIFEST = 'generated/.witgen.json'
const LOCK = 'witgen.lock.json'

/** Every file below a folder: path with `/` → text. */
export function tree(folder: string): Record<string, string> {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = all.filter((path) => statSync(join(folder, path)).isFile()).sort()
  return Object.fromEntries(files.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]))
}

/** Copies what a project generates from, its WIT and its lock file, into a folder. */
export function copyProject(from: string, to: string): void {
  cpSync(join(from, 'wit'), join(to, 'wit'), { recursive: true })
  if (existsSync(join(from, LOCK))) cpSync(join(from, LOCK), join(to, LOCK))
}

/** Gives every WIT file of a folder the line ends of Windows. */
export function makeCrlf(folder: string): void {
  for (const [path, text] of Object.entries(tree(folder))) {
    if (text.includes('\r')) throw new Error(`${path} has line ends of Windows already`)
    writeFileSync(join(folder, path), text.replaceAll('\n', '\r\n'))
  }
}

/** What a run has to give for a project: the committed files below `generated/`, and the lock file. */
export function committed(project: string): Record<string, string> {
  const files = Object.entries(tree(join(project, 'generated'))).map(([path, text]) => [`generated/${path}`, text])
  const lock = join(project, LOCK)
  if (existsSync(lock)) files.push([LOCK, readFileSync(lock, 'utf8')])
  return Object.fromEntries(files) as Record<string, string>
}

/** What a run has given for a project in a folder; without the manifest where the committed files are without it. */
export function generated(folder: string, project: string): Record<string, string> {
  const hasManifest = existsSync(join(project, MANIFEST))
  const files = Object.entries(tree(folder)).filter(([path]) => !path.startsWith('wit/'))
  return Object.fromEntries(files.filter(([path]) => hasManifest || path !== MANIFEST))
}
