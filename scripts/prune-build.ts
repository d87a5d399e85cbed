import { existsSync, readdirSync, readFileSync, rmSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What `package.json` says of where users come in. */
interface EntryPoints {
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** A text in quotes that may name a file, as in imports and in `new URL('./worker.js', import.meta.url)`. */
const NAMED = /(["'])([^"'\n]+\.(?:js|cjs|ts))\1/gu

/**
 * Removes from a build what nothing reaches that users can import or run: modules that the command has in its bundle, and
 * declarations of what is internal.
 *
 * @param outDir the folder that is published as `dist`
 */
export function pruneBuild(outDir: string, { bin, exports }: EntryPoints): void {
  const targets = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [entry['types'], entry['default']],
  )
  const entries = [...Object.values(bin), ...targets].flatMap((path) =>
    path === undefined ? [] : inBuild(outDir, path),
  )
  const reached = new Set<string>()
  const waiting = entries.map((path) => resolve(path))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    waiting.push(...namedIn(path))
  }
  prune(resolve(outDir), reached)
}

/** `./dist/index.js` in the folder of the build. */
function inBuild(outDir: string, path: string): string[] {
  const [, below] = /^(?:\.\/)?dist\/(.+)$/u.exec(path) ?? []
  return below === undefined ? [] : [join(outDir, below)]
}

/** The files beside a module that it names: too many rather than too few. */
function namedIn(path: string): string[] {
  const isDeclaration = path.endsWith('.d.ts')
  return [...readFileSync(path, 'utf8').matchAll(NAMED)].flatMap(([, , name = '']) => {
    const file = resolve(dirname(path), isDeclaration ? name.replace(/(?:\.d)?\.[jt]s$/u, '.d.ts') : name)
    return existsSync(file) && statSync(file).isFile() ? [file] : []
  })
}

function prune(folder: string, kept: ReadonlySet<string>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) prune(path, kept)
    else if (!kept.has(path)) rmSync(path)
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder)
}
