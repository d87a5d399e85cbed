import { diagnosticCodes } from '../diagnostics/codes.ts'
import { nearest } from '../diagnostics/suggest.ts'
import { ErrorCode, type ErrorCodeName } from '../runtime/error-code.ts'
import { diagnosticExplanations } from './diagnostics.ts'
import type { Explanation } from './explanation.ts'
import { guestErrors } from './guest-errors.ts'
import { hostErrors } from './host-errors.ts'

/** One code with what there is to say of it. */
export interface ExplainedCode extends Explanation {
  /** `WIT0031`, or the name of an error of the runtime: `AbiViolation`. */
  readonly code: string
  /** The number of an error of the runtime. */
  readonly number: number | undefined
  /** What it is about, in one line without a full stop. */
  readonly title: string
}

const runtimeExplanations: Readonly<Record<ErrorCodeName, Explanation>> = { ...guestErrors, ...hostErrors }

/** Every code: those of diagnostics, then the errors of the runtime by their numbers. */
export const explainedCodes: readonly ExplainedCode[] = [
  ...entries(diagnosticCodes).map(([code, title]) => ({
    code,
    number: undefined,
    title,
    ...diagnosticExplanations[code],
  })),
  ...entries(ErrorCode).map(([code, number]) => {
    const explanation = runtimeExplanations[code]
    return { code, number, title: firstClause(explanation.meaning), ...explanation }
  }),
]

/** A code as people write it: `WIT0031`, `wit31`, `AbiViolation`, `abi-violation`, `14`. Undefined where there is none. */
export function findCode(text: string): ExplainedCode | undefined {
  const wanted = plain(text)
  // A sign or a point makes another number of it.
  const wantedNumber = /^\s*\d+\s*$/u.test(text) ? Number(text) : undefined
  return explainedCodes.find(
    ({ code, number }) => plain(code) === wanted || (number !== undefined && number === wantedNumber),
  )
}

/** The known code that is most like a wrong one; for `WIT0035`, which is none, the next of its kind. */
export function nearestCode(text: string): string | undefined {
  const known = explainedCodes.map(({ code }) => code)
  return nearest(text.trim(), known) ?? known.find((code) => plain(code) === nearest(plain(text), known.map(plain)))
}

/** Without case, signs, and zeros before a number. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z\d]/gu, '')
    .replace(/^([a-z]*)0+(?=\d)/u, '$1')
}

/** The beginning of a sentence that can stand alone. */
function firstClause(meaning: string): string {
  return meaning.split(/[.:;]/u, 1)[0] ?? meaning
}

function entries<K extends string, V>(object: Readonly<Record<K, V>>): (readonly [K, V])[] {
  return Object.entries(object) as [K, V][]
}
