import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles TypeScript of this repository, with the generated code and the runtime that it imports, to JavaScript that any
 * Node can run, by the settings that witgen is published with. Types are not checked.
 *
 * @param out a folder below the repository's root, so that its packages are found; what is in it is removed
 * @param files absolute paths
 * @returns the path of what a file has become
 */
export function compileJs(out: string, files: readonly string[]): (file: string) => string {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const config = {
    extends: join(root, 'tsconfig.build.json'),
    compilerOptions: {
      rootDir: root,
      outDir: out,
      declaration: false,
      isolatedDeclarations: false,
      noCheck: true,
      customConditions: ['witgen-source'],
      types: [],
    },
    include: [],
    files,
  }
  const project = join(out, 'tsconfig.json')
  writeFileSync(project, JSON.stringify(config, undefined, 2))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`tsc -p ${project} failed:\n${stdout}${stderr}`)
  // `witgen/runtime` as generated code imports it, in its compiled form.
  const exports = { './runtime': './src/runtime/index.js', './runtime/v1': './src/runtime/v1.js' }
  writeFileSync(join(out, 'package.json'), JSON.stringify({ name: 'witgen', type: 'module', exports }))
  return (file) => join(out, relative(root, file).replace(/\.ts$/, '.js'))
}
