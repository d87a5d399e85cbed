export { format, formatByPrettier, type FormatStyle } from './format.ts'
export { compareOutput, writeAtomic, writeOutput, type OutputState, type RenderedFile } from './output.ts'
export { targetFiles } from './target-files.ts'
export { renderTemplate } from './templates.ts'
