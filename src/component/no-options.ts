import type { CanonOptions } from './link-plan.ts'

/** The canonical options where none are given: enough for a function that takes and gives nothing that stands in memory. */
export const NO_OPTIONS: CanonOptions = {
  stringEncoding: 'utf8',
  memory: undefined,
  realloc: undefined,
  postReturn: undefined,
  async: false,
  callback: undefined,
}
