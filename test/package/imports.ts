import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript-5.9'

/** Which relative imports of packed modules and declarations lead to nothing that is packed: `dist/a.js: dist/b.js`. */
export function missingImports(folder: string, packed: readonly string[]): readonly string[] {
  return packed.flatMap((path) => {
    if (!/^dist\/.*\.(?:js|d\.ts)$/u.test(path)) return []
    const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, path), 'utf8'), true, true)
    const files = importedFiles
      .filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName }) => join(dirname(path), fileName))
      // Declarations name the module whose types they mean.
      .map((file) => (path.endsWith('.d.ts') ? file.replace(/(?<!\.d)\.[jt]s$/u, '.d.ts') : file))
    return files.filter((file) => !packed.includes(file)).map((file) => `${path}: ${file}`)
  })
}
