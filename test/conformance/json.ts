import { inspect } from '../../src/inspect/inspect.ts'
import type { Json } from '../../src/wit/to-json.ts'
import { canonicalJson } from '../helpers/canonical-json.ts'
import { referenceJson } from './reference-tool.ts'

/** What `witgen inspect --json --all-features` and the reference tool print for an input, whatever numbers they use. */
export function bothJson(path: string): { readonly witgen: Json; readonly reference: Json } {
  return { witgen: witgenJson(path), reference: canonicalJson(referenceJson(path)) }
}

/** What `witgen inspect --json --all-features` prints for an input. */
export function witgenJson(path: string): Json {
  return canonicalJson(JSON.parse(inspect(path, 'json', { features: 'all' })))
}
