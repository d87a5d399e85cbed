/** The labels of one sample, in the order in which they are written. */
export type Labels = Readonly<Record<string, string>>

/** One line of a metric: `suffix` is what is put behind its name, as `_bucket`. */
export interface PrometheusSample {
  readonly suffix?: string
  readonly labels: Labels
  readonly value: number
}

/** A metric with all its samples, which have to stand together. */
export interface Family {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary'
  readonly help: string
  readonly samples: readonly PrometheusSample[]
}

/** A metric as lines of the text format 0.0.4, each with its end; nothing for one without samples. */
export function familyText({ name, type, help, samples }: Family): string {
  if (samples.length === 0) return ''
  const lines = samples.map(
    ({ suffix = '', labels, value }) => `${name}${suffix}${labelsText(labels)} ${numberText(value)}`,
  )
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function labelsText(labels: Labels): string {
  const texts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return texts.length === 0 ? '' : `{${texts.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
