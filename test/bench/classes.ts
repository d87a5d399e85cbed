/**
 * The classes of calls and what is asked of the generated bindings in each: time ÷ hand-written at most, and jco's time ÷
 * theirs at least. `orNs`: that many nanoseconds more than hand-written are fine as well, where the ratio says little.
 */
export interface CallClass {
  readonly title: string
  readonly overHand: number
  readonly orNs?: number
  readonly jcoOver: number
}

export type CallClassName =
  | 'scalar'
  | 'scalar64'
  | 'resource'
  | 'hostResource'
  | 'flags'
  | 'numeric'
  | 'hostImport'
  | 'hostImportString'
  | 'shortString'
  | 'shortNonAscii'
  | 'longAscii'
  | 'longNonAscii'
  | 'compoundList'
  | 'numericList'
  | 'typedArray'
  | 'bytes'
  | 'view'
  | 'cursor'
  | 'batch'
  | 'thrown'

export const CLASSES: Readonly<Record<CallClassName, CallClass>> = {
  scalar: { title: 'no parameters, scalars, enum, option, result ok', overHand: 1.5, orNs: 2, jcoOver: 150 },
  scalar64: { title: '64-bit scalars', overHand: 1.5, orNs: 2, jcoOver: 120 },
  resource: { title: 'resource: method; construct, call, drop', overHand: 1.5, orNs: 2, jcoOver: 150 },
  hostResource: { title: 'host resource: method', overHand: 1.5, jcoOver: 150 },
  flags: { title: 'flags', overHand: 1.4, jcoOver: 80 },
  numeric: { title: 'numeric records and variants', overHand: 1.4, jcoOver: 60 },
  hostImport: { title: 'host imports: u32, result ok', overHand: 1.3, jcoOver: 400 },
  hostImportString: { title: 'host import: string', overHand: 1.3, jcoOver: 100 },
  shortString: { title: '16-byte ASCII string, alone or in a compound', overHand: 1.2, jcoOver: 18 },
  shortNonAscii: { title: 'string of 16 characters, not ASCII', overHand: 1.15, jcoOver: 6 },
  longAscii: { title: 'strings of 1 KiB and 64 KiB, ASCII', overHand: 1.15, jcoOver: 12 },
  longNonAscii: { title: 'strings of 1 KiB and 64 KiB, not ASCII', overHand: 1.15, jcoOver: 1.6 },
  compoundList: { title: 'lists of 1,000 records with a string, strings, tuples', overHand: 1.2, jcoOver: 3.5 },
  numericList: { title: 'list<point>; plain array → list<f64>', overHand: 1.2, jcoOver: 7 },
  typedArray: { title: 'typed array ↔ list<f64>', overHand: 1.05, jcoOver: 1.3 },
  bytes: { title: 'list<u8>', overHand: 1.05, jcoOver: 0.9 },
  view: { title: 'one element of a list that is viewed in place', overHand: 1.7, jcoOver: 100 },
  cursor: { title: 'one field of each of 1,000 viewed records', overHand: 1.7, jcoOver: 25 },
  batch: { title: '10,000 rows of 8 numbers, in one call and in 10,000', overHand: 1.5, jcoOver: 0.9 },
  thrown: { title: 'result err, thrown', overHand: 1.2, jcoOver: 3 },
}

/** Classes that stay out of the mean over all cases: other peers cannot but do something else. */
export const APART: ReadonlySet<CallClassName> = new Set(['view', 'cursor'])

/** The targets over all cases. */
export const OVERALL: CallClass = { title: 'all cases', overHand: 1.15, jcoOver: 25 }
