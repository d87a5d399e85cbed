import type { FileModel } from '../plan/model.ts'
import { declarationMap, mapPlaces } from './declaration-map.ts'
import { formatByPrettier } from './format.ts'
import type { RenderedFile } from './output.ts'
import { renderTemplate } from './templates.ts'

/**
 * The files of one model: a `.ts`, or a `.js`, its `.d.ts` and, where the text of the WIT is at hand, the `.d.ts.map` that
 * leads editors from a declaration to its place in the WIT.
 *
 * @param out the output folder, which the paths in maps depend on
 */
export function targetFiles(model: FileModel, target: 'ts' | 'js', out: string): readonly RenderedFile[] {
  const text = renderTemplate(model)
  if (target === 'ts') return [{ path: `${model.path}.ts`, text }]
  const places = mapPlaces(model, out)
  const hasMap = places.length > 0
  const declarationFile = `${model.path.split('/').at(-1) ?? ''}.d.ts`
  // TypeScript takes half a second to load: only where a file is new.
  const emitted = once(async () => {
    const { emitJavaScript } = await import('./emit-javascript.ts')
    const { code, declarations } = await emitJavaScript(text)
    const link = hasMap ? `//# sourceMappingURL=${declarationFile}.map\n` : ''
    return { code: await formatByPrettier(code), declarations: `${await formatByPrettier(declarations)}${link}` }
  })
  const files: RenderedFile[] = [
    { path: `${model.path}.js`, text: `js\n${text}`, make: async () => (await emitted()).code },
    {
      path: `${model.path}.d.ts`,
      text: `d.ts ${hasMap}\n${text}`,
      make: async () => (await emitted()).declarations,
    },
  ]
  if (hasMap) {
    files.push({
      path: `${model.path}.d.ts.map`,
      text: `map\n${text}\n${JSON.stringify(places)}`,
      make: async () => declarationMap(declarationFile, (await emitted()).declarations, places),
    })
  }
  return files
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
