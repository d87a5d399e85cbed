import { mergedHeader } from '../plan/index.ts'
import type { FileModel } from '../plan/model.ts'
import { renderTemplate } from './templates.ts'

/**
 * One model of two of the same file, as two inputs with a common dependency make them: all that may differ is which worlds
 * use it, and where the WIT lies (maps lead to that of the first).
 *
 * @returns undefined where they would make the file differently
 */
export function mergedModel(one: FileModel, other: FileModel): FileModel | undefined {
  const header = mergedHeader(one.header, other.header)
  if (header === undefined) return undefined
  const [merged, alike] = [withHeader(one, header), withHeader(other, header)]
  return renderTemplate(merged) === renderTemplate(alike) ? merged : undefined
}

function withHeader<M extends FileModel>(model: M, header: FileModel['header']): M {
  return { ...model, header }
}
