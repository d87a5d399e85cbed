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

function drop(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
}

/** The reference tool shares anonymous types, and the first use that it meets gives a shared one its stability. */
const withoutAnonymousStability = (object: JsonObject): JsonObject =>
  object['name'] === null && object['owner'] === null ? drop(object, 'stability') : object

export const knownDifferences: readonly KnownDifference[] = [
  {
    what: 'the stability of an anonymous type of an anonymous type that a definition with a stability has too',
    form: 'text',
    wit: 'package a:b@1.0.0; interface i { @since(version = 1.0.0) type t = list<option<u8>>; f: func(x: tuple<option<u8>>); }',
    flags: [],
    without: withoutAnonymousStability,
  },
  {
    what: 'the stability of an anonymous type: in binaries the reference tool knows none',
    form: 'binary',
    wit: 'package a:b@1.0.0; interface i { @since(version = 1.0.0) type t = option<option<u8>>; }',
    flags: [],
    without: withoutAnonymousStability,
  },
  {
    what: '`@external-id` of types and functions in interfaces',
    form: 'binary',
    wit: 'package a:b; interface i { @external-id("x") type t = u8; @external-id("y") f: func(); }',
    flags: [],
    without: (object) => drop(object, 'external_id'),
  },
  {
    what: 'the stability of inline interfaces',
    form: 'binary',
    wit: 'package a:b; world w { @unstable(feature = x) export i: interface { f: func(); } }',
    flags: [],
    // The body of an inline interface stands where the path of a named one does.
    without: (object) => (typeof object['id'] === 'object' ? drop(object, 'stability') : object),
  },
  {
    what: 'the version suffix of an interface that is imported or exported under another name',
    form: 'binary',
    wit: 'package a:b@1.2.3; interface i { f: func(); } world w { export x: i; }',
    flags: ['--emit-canonical-names'],
    without: undefined,
  },
]

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
