import type { CompiledComponent } from 'witgen/runtime'
import { Cleaner } from '../../generated/cleaner.ts'
import { Explainer } from '../../generated/explainer.ts'
import { Predictor } from '../../generated/predictor.ts'
import { columns } from '../columns.ts'
import { withProgress } from '../guests/progress.ts'
import { findGuest, stages, type Found, type Stage } from './guests.ts'
import { moduleName, type Host } from './host.ts'

/** The instances of the stages, each through the class of its world. A stage that has no guest is undefined. */
export interface Guests {
  readonly cleaner: Cleaner | undefined
  readonly predictor: Predictor | undefined
  /** For further instances of the same guest. */
  readonly compiledPredictor: CompiledComponent | undefined
  readonly explainer: Explainer | undefined
  /** The stages that have none. */
  readonly absent: readonly Absent[]
}

/** A stage without a guest. */
export interface Absent {
  readonly stage: Stage
  readonly found: Exclude<Found, { kind: 'found' }>
}

/** Finds the guests, building them where that is needed, checks them against their worlds and instantiates them. */
export async function loadGuests(host: Host): Promise<Guests> {
  const absent: Absent[] = []
  const rows: string[][] = []

  async function compiled(
    name: string,
    stage: Stage,
    compile: (path: string) => Promise<CompiledComponent>,
  ): Promise<CompiledComponent | undefined> {
    const found = await findGuest(stage)
    if (found.kind !== 'found') {
      absent.push({ stage, found })
      rows.push([stage.language, name, '–', found.kind === 'skipped' ? 'skipped' : 'missing, see the end'])
      return undefined
    }
    rows.push([stage.language, name, size(found.bytes), found.origin])
    return withProgress(`compiling ${stage.component}`, () => compile(found.path))
  }

  const cleaner = await compiled('Cleaner', stages.cleaner, (path) => Cleaner.compile(path))
  const predictor = await compiled('Predictor', stages.predictor, (path) => Predictor.compile(path))
  const explainer = await compiled('Explainer', stages.explainer, (path) => Explainer.compile(path))
  host.printer.lines(columns(rows, [0, 1, 3]))
  const options = (stage: Stage): ReturnType<Host['options']> => host.options(moduleName(stage.language))
  return {
    cleaner: cleaner && Cleaner.instantiate(cleaner, options(stages.cleaner)),
    predictor: predictor && Predictor.instantiate(predictor, options(stages.predictor)),
    compiledPredictor: predictor,
    explainer: explainer && Explainer.instantiate(explainer, options(stages.explainer)),
    absent,
  }
}

function size(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 2 ** 10)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
