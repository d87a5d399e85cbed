import { BATCH } from './cases.ts'
import type { ManyTimes } from './many.ts'
import type { PeerName } from './peers.ts'
import type { Summary } from './summary.ts'

const NAME = 34
const CELL = 13

/** `1,234.5`: nanoseconds with a decimal below 10,000. */
function nanoseconds(value: number | undefined): string {
  if (value === undefined) return '–'
  return value.toLocaleString('en-US', {
    minimumFractionDigits: value < 1e4 ? 1 : 0,
    maximumFractionDigits: value < 1e4 ? 1 : 0,
  })
}

function ratio(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : '–'
}

function line(name: string, cells: readonly string[], width: number = NAME): string {
  return name.padEnd(width) + cells.map((cell) => cell.padStart(CELL)).join('')
}

/** The times of each case in nanoseconds; `*` marks those that miss a target of their class. */
export function casesTable({ cases }: Summary, peers: readonly PeerName[]): string[] {
  const head = line('ns per call', [...peers, 'witgen÷hand', 'jco÷witgen'])
  const rows = cases.map((c) =>
    line(c.name, [
      ...peers.map((p) => nanoseconds(c.ns[p])),
      ratio(c.overHand),
      ratio(c.jcoOver) + (c.met ? ' ' : '*'),
    ]),
  )
  return [head, ...rows]
}

/** What a call per row costs over one call for all rows; nothing where either was not measured. */
export function batchTable({ cases }: Summary, peers: readonly PeerName[]): string[] {
  const [one, perRow] = [BATCH.oneCall, BATCH.callPerRow].map((name) => cases.find((c) => c.name === name)?.ns)
  if (one === undefined || perRow === undefined) return []
  const cells = peers.map((p) => ratio((perRow[p] ?? Number.NaN) / (one[p] ?? Number.NaN)))
  return [line('10k rows x8', peers), line('a call per row ÷ one call', cells)]
}

/** The geometric mean of each class beside what is asked of it. */
export function classesTable({ classes }: Summary): string[] {
  const width = 56
  const head = line('geometric means', ['witgen÷hand', 'at most', 'jco÷witgen', 'at least', 'missed'], width)
  const rows = classes.map((c) =>
    line(
      c.title,
      [
        ratio(c.overHand),
        String(c.overHandAtMost),
        ratio(c.jcoOver),
        String(c.jcoOverAtLeast),
        String(c.missed.length),
      ],
      width,
    ),
  )
  return [head, ...rows]
}

/** Several instances: nanoseconds, and the ratio to hand-written bindings of one instance. */
export function manyTable(times: readonly ManyTimes[]): string[] {
  const base = times.find((t) => t.peer === 'hand')?.ns ?? {}
  const names = Object.keys(base)
  const lines: string[] = []
  for (const name of names) {
    lines.push(line(name, ['ns', '÷ hand, 1']))
    for (const { peer, arrangement, ns } of times) {
      const value = ns[name] ?? Number.NaN
      lines.push(line(`  ${peer}, ${arrangement}`, [nanoseconds(value), ratio(value / (base[name] ?? Number.NaN))]))
    }
  }
  return lines
}
