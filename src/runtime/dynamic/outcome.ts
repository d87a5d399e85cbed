import { despecialize } from '../../abi/despecialize.ts'
import { payloadOffset } from '../../abi/layout.ts'
import { dealias, type Type } from '../../ir/index.ts'
import type { Codec, Codecs } from './codec.ts'

/** What a function gives, where it returns a `result`: the ok value is returned, the err thrown. */
export interface Outcome {
  readonly ok: Codec | undefined
  readonly err: Codec | undefined
  readonly okType: Type | undefined
  readonly errType: Type | undefined
  /** Where the payload stands in memory. */
  readonly offset: number
}

/** The outermost `result` of a function's result type. */
export function outcomeOf(type: Type | undefined, codecs: Codecs): Outcome | undefined {
  if (type === undefined) return undefined
  const t = dealias(type)
  const general = t.kind === 'result' ? despecialize(t) : undefined
  if (t.kind !== 'result' || general?.kind !== 'variant') return undefined
  return {
    ok: t.ok && codecs.of(t.ok),
    err: t.err && codecs.of(t.err),
    okType: t.ok,
    errType: t.err,
    offset: payloadOffset(general),
  }
}
