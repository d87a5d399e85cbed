// npm run demo: from WIT to typed calls of a Rust guest, a typed error, a refused guest and the metrics of it all.

import { fileURLToPath } from 'node:url'
import pico from 'picocolors'
import { GuestError, isWasmError, MetricsCollector } from 'witgen/runtime'
import { generate } from '../src/pipeline.ts'
import { type analysis, Pipeline } from '../generated/pipeline.ts'
import { metricsTable } from './metrics-table.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const guest = process.env['WITGEN_DEMO_GUEST'] ?? 'test/guests/rust/pipeline.wasm'
const colors = pico.createColors(process.env['NO_COLOR'] === undefined && process.stdout.isTTY === true)
const say = (line = ''): void => console.log(line)
const step = (n: number, title: string): void => say(`\n${colors.bold(`${n}. ${title}`)}`)

step(1, 'Generate the bindings of the world `pipeline`')
const { written, unchanged } = await generate({
  inputs: ['wit'],
  worlds: [],
  out: 'generated',
  importExtension: 'ts',
  features: new Set(),
  mode: 'write',
})
for (const file of written) say(`   wrote      ${file}`)
for (const file of unchanged) say(`   unchanged  ${file}`)

step(2, `Load a guest written in Rust: ${guest}`)
const metrics = new MetricsCollector()
const log = (level: string, message: string): void => say(`   ${colors.dim(`[guest ${level}]`)} ${message}`)
const pipeline = await Pipeline.load(guest, { name: 'rust', hooks: metrics, imports: { 'demo:pipeline/log': { log } } })
say('   it fits the world; its core modules are linked')

try {
  step(3, 'Call it with typed values')
  const samples: analysis.Sample[] = [
    { id: 1, weight: 4, label: 'straße' },
    { id: 2, weight: Number.NaN, label: 'lost', note: 'not a number' },
    { id: 3, weight: 1, label: '日本語', note: 'halves: ½' },
  ]
  for (const sample of pipeline.analysis.preprocess(samples)) say(`   ${JSON.stringify(sample)}`)
  say(`   shout('straße') = ${pipeline.analysis.shout('straße')}`)
  const halves = pipeline.analysis.scale(Float64Array.of(1, 2, 3), 0.5)
  say(`   scale([1, 2, 3], 0.5) = ${halves.constructor.name} [${halves.join(', ')}]`)
  for (let i = 0; i < 1000; i++) pipeline.analysis.summarise(samples.filter((s) => Number.isFinite(s.weight)))
  say('   summarise(…) a thousand times, for the metrics')

  step(4, 'An error that the guest returns is typed')
  try {
    pipeline.analysis.preprocess([{ id: 9, weight: -1, label: 'negative' }])
  } catch (error) {
    if (!(error instanceof GuestError)) throw error
    const failure = error.payload as analysis.Failure
    say(`   ${failure.tag}${failure.tag === 'bad-sample' ? `, the sample ${failure.val}` : ''}`)
  }

  step(5, 'A wrong argument is refused before the guest sees it')
  try {
    // @ts-expect-error TypeScript refuses it as well
    pipeline.analysis.summarise([{ id: 1, weight: '4', label: 'text' }])
  } catch (error) {
    if (!isWasmError(error, 'InvalidParam')) throw error
    say(`   ${error.message}`)
  }

  step(6, 'A guest of another world is refused before it runs')
  try {
    await Pipeline.load('test/guests/rust-wrong/pipeline.wasm', {
      name: 'wrong',
      imports: { 'demo:pipeline/log': { log } },
    })
  } catch (error) {
    if (!isWasmError(error, 'WorldMismatch')) throw error
    for (const line of error.message.split('\n').slice(0, 1)) say(`   ${colors.red(line)}`)
    const lines = error.message.split('\n').slice(1)
    const differing = lines.findIndex((line) => line.includes('types differ'))
    for (const line of lines.slice(differing, differing + 4)) say(`   ${line.slice(0, 76)}`)
    say(`   … and ${lines.length - 4} lines more`)
  }

  step(7, 'What it took')
  for (const line of metricsTable(metrics.snapshot())) say(`   ${line}`)
} finally {
  pipeline.dispose()
}
