import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every flag that generated code has to compile with. */
const COMPILER_OPTIONS = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable', 'dom'],
  module: 'nodenext',
  customConditions: ['witgen-source'],
  types: [],
  noEmit: true,
  allowImportingTsExtensions: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  skipLibCheck: false,
} as const

/** A project in a folder of its own, outside of the repository, in which `witgen` is this repository's source. */
export class ScratchProject {
  /** Its folder, without symbolic links. */
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'witgen-scratch-')))

  /** @param files by path: their text, or the folder of the repository that is copied there */
  constructor(files: Readonly<Record<string, string | URL>> = {}) {
    this.write('package.json', '{ "name": "scratch", "type": "module", "private": true }\n')
    this.write('tsconfig.json', `${JSON.stringify({ compilerOptions: COMPILER_OPTIONS }, null, 2)}\n`)
    mkdirSync(this.path('node_modules'))
    symlinkSync(root, this.path('node_modules/witgen'), 'junction')
    for (const [path, content] of Object.entries(files)) {
      if (typeof content === 'string') this.write(path, content)
      else cpSync(content, this.path(path), { recursive: true })
    }
  }

  path(path: string): string {
    return join(this.folder, path)
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true })
    writeFileSync(this.path(path), text)
  }

  /** The files below a folder of the project, except for those of packages, sorted; paths relative to the project. */
  files(below: string): readonly string[] {
    const entries = readdirSync(this.path(below), { withFileTypes: true })
    return entries
      .flatMap((entry) => {
        const path = below === '.' ? entry.name : `${below}/${entry.name}`
        if (entry.isFile()) return [path]
        return entry.isDirectory() && entry.name !== 'node_modules' ? this.files(path) : []
      })
      .sort()
  }

  delete(path: string): void {
    rmSync(this.path(path), { recursive: true, force: true })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
