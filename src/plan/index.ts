export { plan, selectWorlds, type PlanOptions } from './plan.ts'
export type { ImportExtension } from './file-scope.ts'
export { mergedHeader } from './header.ts'
export type { FileModel } from './model.ts'
