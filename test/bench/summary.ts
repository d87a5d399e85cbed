import { APART, CLASSES, OVERALL, type CallClass, type CallClassName } from './classes.ts'
import type { CaseTimes } from './run-calls.ts'

/** A case with its ratios. */
export interface CaseRow extends CaseTimes {
  /** witgen ÷ hand */
  readonly overHand: number
  /** jco ÷ witgen */
  readonly jcoOver: number
  /** Whether both targets of its class are met. */
  readonly met: boolean
}

/** Geometric means over the cases of a class. */
export interface ClassRow {
  readonly class: CallClassName | 'all'
  readonly title: string
  readonly overHand: number
  readonly overHandAtMost: number
  readonly jcoOver: number
  readonly jcoOverAtLeast: number
  /** Cases that miss one of the class's targets. */
  readonly missed: readonly string[]
}

export interface Summary {
  readonly cases: readonly CaseRow[]
  readonly classes: readonly ClassRow[]
}

export function summarise(times: readonly CaseTimes[]): Summary {
  const cases = times.map(rowOf)
  const classes: ClassRow[] = []
  for (const [name, target] of Object.entries(CLASSES) as [CallClassName, CallClass][]) {
    const own = cases.filter((c) => c.class === name)
    if (own.length > 0) classes.push(classRow(name, target, own))
  }
  const common = cases.filter((c) => !APART.has(c.class))
  if (common.length > 0) classes.push(classRow('all', OVERALL, common))
  return { cases, classes }
}

function rowOf(times: CaseTimes): CaseRow {
  const { hand = Number.NaN, witgen = Number.NaN, jco = Number.NaN } = times.ns
  const { overHand, orNs = 0, jcoOver } = CLASSES[times.class]
  const met = witgen <= Math.max(hand * overHand, hand + orNs) && jco >= witgen * jcoOver
  return { ...times, overHand: witgen / hand, jcoOver: jco / witgen, met }
}

function classRow(name: ClassRow['class'], target: CallClass, cases: readonly CaseRow[]): ClassRow {
  return {
    class: name,
    title: target.title,
    overHand: geometricMean(cases.map((c) => c.overHand)),
    overHandAtMost: target.overHand,
    jcoOver: geometricMean(cases.map((c) => c.jcoOver)),
    jcoOverAtLeast: target.jcoOver,
    missed: cases.filter((c) => !c.met).map((c) => c.name),
  }
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, x) => sum + Math.log(x), 0) / values.length)
}
