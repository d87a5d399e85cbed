import type { CallsReport } from './million-calls.ts'
import type { SoakReport } from './soak.ts'

/** What the last quarter of a soak may have more than the second: the collector does not return everything at once. */
const SOAK_GROWTH = 0.1
const MEBIBYTE = 2 ** 20
/** Per million calls. */
const CALLS_GROWTH = MEBIBYTE

/** Why a soak has failed; empty when it has not. */
export function verdict(report: SoakReport, memory: readonly CallsReport[]): string[] {
  const failures: string[] = []
  if (report.wrong.length > 0) failures.push(`${report.wrong.length} or more answers or counts were wrong`)
  const { left, rssGrowth, samples } = report
  if (Object.values(left).some((n) => n !== 0)) failures.push(`left after dispose: ${JSON.stringify(left)}`)
  const bound = (samples.at(-1)?.rss ?? 0) * SOAK_GROWTH
  if (rssGrowth > bound) failures.push(`RSS grew by ${rssGrowth} bytes, at most ${Math.round(bound)} are allowed`)
  for (const { language, wrong, resources, handles, instancesLeft, rssGrowthPerMillion } of memory) {
    if (wrong.length > 0) failures.push(`${language}: ${wrong[0]}`)
    const counts = { resources, handles, instancesLeft }
    if (Object.values(counts).some((n) => n !== 0))
      failures.push(`${language}: left after the calls: ${JSON.stringify(counts)}`)
    if (rssGrowthPerMillion > CALLS_GROWTH)
      failures.push(
        `${language}: RSS grew by ${rssGrowthPerMillion} bytes per million calls, at most ${CALLS_GROWTH} are allowed`,
      )
  }
  return failures
}
