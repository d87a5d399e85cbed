import type { Compute } from '../../guests/generated/test/toolbox/compute.ts'
import type { Calls } from '../call.ts'
import { imports } from './imports.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { records } from './records.ts'
import { texts } from './texts.ts'

/**
 * The table: calls of every function of `test:toolbox/compute`, and what has to come of them in every language. What is expected
 * is written by hand, or computed here, from the WIT's words alone.
 */
export const calls: Calls<keyof Compute> = { ...numbers, ...texts, ...lists, ...records, ...imports }
