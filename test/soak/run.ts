/**
 * `npm run soak`: plugins in all languages that can be built here, swapped under load, then a million calls. Ends with 1 when
 * an answer was wrong, something was left, or memory grew.
 *
 *   npm run soak -- [--minutes 10] [--calls 1000000] [--json FILE]
 *
 * The young generation has a fixed size: V8 doubles it now and then, and what is measured is not V8.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { soakPlugins } from './guests.ts'
import { manyCalls, type CallsReport } from './million-calls.ts'
import { soak, type SoakReport } from './soak.ts'
import { verdict } from './verdict.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    calls: { type: 'string', default: '1000000' },
    json: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const calls = Number(values.calls)
if (!(minutes > 0) || !(calls > 0)) {
  console.error('usage: npm run soak -- [--minutes N] [--calls N] [--json FILE]')
  process.exit(2)
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

const memory: CallsReport[] = []
// The process itself warms up first: what its first calls take, the compiler's memory for the most part, is not per call.
for (const language of ['rust', 'c'] as const) await manyCalls(language, calls / 4)
for (const language of ['rust', 'c'] as const) {
  const report = await manyCalls(language, calls)
  memory.push(report)
  console.log(`${language}: ${report.calls} calls, ${mebibytes(report.rssGrowthPerMillion)} of RSS growth per million`)
}

const plugins = await soakPlugins()
console.log(`plugins: ${plugins.map(({ name }) => name).join(', ')}; ${minutes} minutes`)
let told = 0
const report: SoakReport = await soak({
  plugins,
  seconds: minutes * 60,
  swapEveryMs: 300,
  sampleEveryMs: 1000,
  onSample: ({ seconds, rss, instances, handles }, { calls, swaps, wrong }) => {
    if (seconds - told < 15) return
    told = seconds
    const counts = `${calls} calls, ${swaps} swaps, ${instances} instances, ${handles} handles, ${wrong.length} wrong`
    console.log(`${seconds.toFixed(0)} s: ${mebibytes(rss)}, ${counts}`)
  },
})
const { samples: _, wrong, left, rssGrowth, ...counts } = report
console.log(JSON.stringify({ ...counts, left }))
console.log(`RSS: ${mebibytes(rssGrowth)} more in the last quarter than in the second`)
for (const text of wrong) console.log(`wrong: ${text}`)
const failures = verdict(report, memory)
for (const text of failures) console.log(`FAILED: ${text}`)
if (values.json !== undefined) {
  const result = { node: process.version, minutes, failures, soak: report, memory }
  writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)
}
process.exitCode = failures.length === 0 ? 0 : 1
