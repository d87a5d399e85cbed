import { readFileSync, statSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ts as TS } from 'ts-morph'
import { loadTypeScript } from './typescript.ts'

/**
 * Imports a TypeScript file on any Node, with what it imports, and gives its default export. Types are stripped in memory
 * and nothing is written; packages are resolved from the file, `witgen` is this very package.
 *
 * @throws whatever the file throws, and Error for imports that cannot be found
 */
export async function importTypeScript(path: string): Promise<unknown> {
  const ts = await loadTypeScript()
  const url = moduleUrl(ts, path, [])
  const module = (await import(/* @vite-ignore */ url)) as { readonly default?: unknown }
  return module.default
}

/** The file as a module in a `data:` URL. Such a module can import only URLs, so its imports are made ones. */
function moduleUrl(ts: typeof TS, path: string, importers: readonly string[]): string {
  if (importers.includes(path)) throw new Error(`${path} imports itself: ${[...importers, path].join(' → ')}`)
  const url = pathToFileURL(path).href
  const rewrite: TS.TransformerFactory<TS.SourceFile> = (context) => (source) => {
    const { factory } = context
    const visit = (node: TS.Node): TS.Node => {
      if (ts.isStringLiteral(node) && isSpecifier(ts, node)) {
        return factory.createStringLiteral(specifierUrl(ts, node.text, path, importers))
      }
      if (ts.isPropertyAccessExpression(node) && ts.isMetaProperty(node.expression)) {
        const meta: Readonly<Record<string, string>> = { url, filename: path, dirname: dirname(path) }
        const value = meta[node.name.text]
        if (value !== undefined) return factory.createStringLiteral(value)
      }
      return ts.visitEachChild(node, visit, context)
    }
    return ts.visitEachChild(source, visit, context)
  }
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    fileName: path,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    transformers: { before: [rewrite] },
  })
  return `data:text/javascript,${encodeURIComponent(outputText)}`
}

/** Whether a text is what an `import`, an `export … from` or an `import()` names. */
function isSpecifier(ts: typeof TS, node: TS.StringLiteral): boolean {
  const { parent } = node
  if (parent === undefined) return false
  if (ts.isImportDeclaration(parent)) return parent.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword
  if (ts.isExportDeclaration(parent)) return !parent.isTypeOnly
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword
}

function specifierUrl(ts: typeof TS, specifier: string, path: string, importers: readonly string[]): string {
  if (/^(?:node|file|data|https?):/u.test(specifier)) return specifier
  if (isBuiltin(specifier)) return `node:${specifier}`
  if (specifier === 'witgen') return new URL(`../index${extname(import.meta.url)}`, import.meta.url).href
  if (!/^\.{0,2}\//u.test(specifier)) return pathToFileURL(createRequire(path).resolve(specifier)).href
  const found = candidates(resolve(dirname(path), specifier)).find(isFile)
  if (found === undefined) throw new Error(`'${specifier}', which ${path} imports, was not found`)
  return /\.[mc]?ts$/u.test(found) ? moduleUrl(ts, found, [...importers, path]) : pathToFileURL(found).href
}

/** TypeScript lets `./x.js` and `./x` stand for `./x.ts`. */
function candidates(path: string): readonly string[] {
  return [path, path.replace(/\.([mc]?)js$/u, '.$1ts'), `${path}.ts`, `${path}.js`, `${path}.mjs`]
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
