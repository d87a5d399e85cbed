import type { Json } from '../../src/wit/to-json.ts'

type JsonObject = { readonly [key: string]: Json }

/** Something that witgen knowingly does not read as the reference tool reads it. The tests show that it is still so. */
export interface KnownDifference {
  readonly what: string
  /** Where it shows: in WIT text, or in a package in binary form. */
  readonly form: 'text' | 'binary'
  /** A small package that shows it. */
  readonly wit: string
  /** The reference tool's flags for making the binary. */
  readonly flags: readonly string[]
  /** Takes out of one object of a `canonicalJson` what differs; undefined where that cannot be done, and random packages avoid it. */
  readonly without: ((object: JsonObject) => JsonObject) | undefined
}

/** None at present. What is listed here has to be a mistake of the reference tool's own, with the reason. */
export const knownDifferences: readonly KnownDifference[] = []

/** A `canonicalJson` without what is known to differ. */
export function withoutKnown(json: Json, form: KnownDifference['form']): Json {
  const removers = knownDifferences.flatMap((known) =>
    known.form === form && known.without !== undefined ? [known.without] : [],
  )
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const less = removers.reduce<JsonObject>((object, remove) => remove(object), value as JsonObject)
    return Object.fromEntries(Object.entries(less).map(([key, inner]) => [key, visit(inner)]))
  }
  return visit(json)
}
