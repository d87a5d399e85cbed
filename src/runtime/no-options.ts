import type { CanonOptions } from '../component/link-plan.ts'

/** Those of a function that takes and gives nothing that stands in memory, or where the memory is known anyway. */
export const NO_OPTIONS: CanonOptions = {
  stringEncoding: 'utf8',
  memory: undefined,
  realloc: undefined,
  postReturn: undefined,
  async: false,
  callback: undefined,
}
