import { join } from 'node:path'
import { generate } from '../../src/generate.ts'
import { root } from '../guests/paths.ts'
import { metricsTable } from '../metrics-table.ts'
import { showFailures } from './failures.ts'
import { Host } from './host.ts'
import { loadGuests, type Absent } from './load.ts'
import { runPipeline } from './pipeline.ts'
import { Printer, type Output } from './printer.ts'

/** So many lines of why a guest could not be built are shown. */
const REASON = 12

/**
 * The demo. Its last line says which languages really ran.
 *
 * @returns the exit code: 1 where a language is missing that `WITGEN_SKIP_GUESTS` does not name
 */
export async function runDemo(output: Output): Promise<number> {
  const printer = new Printer(output)
  const host = new Host(printer)

  printer.step('One generation per world')
  await generateBindings(printer)

  printer.step('Three guests, each of a world of its own')
  const guests = await loadGuests(host)
  try {
    runPipeline(host, guests)
    await showFailures(host, guests)
  } finally {
    for (const guest of [guests.cleaner, guests.predictor, guests.explainer]) guest?.dispose()
  }

  printer.step('What it took')
  printer.lines(metricsTable(host.metrics.snapshot()))
  return conclude(host, guests.absent)
}

async function generateBindings(printer: Printer): Promise<void> {
  const { written, unchanged, removed } = await generate({
    inputs: [join(root, 'wit')],
    worlds: [],
    out: join(root, 'generated'),
    importExtension: 'ts',
    features: new Set(),
    mode: 'write',
  })
  printer.say('wit/       the worlds cleaner, predictor, explainer and pipeline')
  printer.say(
    `generated/ ${written.length} of ${written.length + unchanged.length} files written, the others are up to date`,
  )
  for (const file of [...written, ...removed]) printer.say(file)
}

/** The last lines, and the exit code. */
function conclude(host: Host, absent: readonly Absent[]): number {
  const { printer } = host
  const missing: string[] = []
  const skipped: string[] = []
  for (const { stage, found } of absent) {
    if (found.kind === 'skipped') {
      skipped.push(stage.language)
      continue
    }
    missing.push(stage.language)
    printer.step(`${stage.language} could not be shown`)
    const lines = found.reason.split('\n')
    printer.wrong([...lines.slice(0, REASON), ...(lines.length > REASON ? ['…'] : [])].join('\n'))
    printer.say(`WITGEN_SKIP_GUESTS=${stage.recipe.language} npm run demo does without.`)
  }
  const parts = [
    ['Ran', host.languagesThatRan()],
    ['Missing', missing],
    ['Skipped', skipped],
  ] as const
  const shown = parts.filter(([title, languages]) => title === 'Ran' || languages.length > 0)
  printer.last(shown.map(([title, languages]) => `${title}: ${languages.join(', ') || 'nothing'}.`).join(' '))
  return missing.length > 0 ? 1 : 0
}
