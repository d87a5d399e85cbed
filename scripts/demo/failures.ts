import { join } from 'node:path'
import { GuestError, isWasmError, type CompiledComponent, type WasmError } from 'witgen/runtime'
import type { Cleaner, cleaning } from '../../generated/cleaner.ts'
import { Explainer } from '../../generated/explainer.ts'
import { Pipeline } from '../../generated/pipeline.ts'
import { Predictor } from '../../generated/predictor.ts'
import { committed } from '../guests/paths.ts'
import type { Host } from './host.ts'
import type { Guests } from './load.ts'
import { impossible, madeUpReadings } from './reports.ts'

/** So many lines of a long difference are shown. */
const SHOWN = 4

/** The ways in which a guest can fail, and what the host gets to know of each. */
export async function showFailures(host: Host, guests: Guests): Promise<void> {
  if (guests.cleaner) showErrors(host, guests.cleaner)
  await showRefusals(host)
  if (guests.predictor && guests.compiledPredictor) showTrap(host, guests.predictor, guests.compiledPredictor)
}

function showErrors({ printer }: Host, { cleaning }: Cleaner): void {
  printer.step('An error that a guest returns is typed')
  try {
    cleaning.clean([impossible])
  } catch (error) {
    if (!(error instanceof GuestError)) throw error
    const refusal = error.payload as cleaning.Refusal
    printer.say(`${error.name} of ${error.module}, ${error.function}`)
    printer.say(`payload ${JSON.stringify(refusal)}, guestCode ${error.guestCode}`)
  }
  printer.say('A wrong argument does not reach the guest:')
  try {
    // @ts-expect-error TypeScript refuses it as well
    cleaning.clean([{ ...impossible, hours: 'twelve' }])
  } catch (error) {
    if (!isWasmError(error, 'InvalidParam')) throw error
    printer.wrong(error.message)
  }
}

async function showRefusals(host: Host): Promise<void> {
  const { printer } = host
  printer.step('A guest of another world is refused before anything of it runs')
  const cleaner = await mismatch(() => Explainer.load(join(committed, 'rust/cleaner.wasm'), host.options('cleaner')))
  const [first = '', ...all] = cleaner.message.split('\n')
  printer.wrong(first)
  printer.lines(all)
  printer.say('So is one whose types differ, however little:')
  const wrong = await mismatch(() => Pipeline.load(join(committed, 'rust-wrong/pipeline.wasm'), host.options('wrong')))
  const [title = '', ...differences] = wrong.message.split('\n')
  const differing = differences.findIndex((line) => line.includes('types differ'))
  printer.wrong(title)
  printer.lines(differences.slice(differing, differing + SHOWN))
  printer.say(`… and ${differences.length - SHOWN} lines more`)
}

async function mismatch(load: () => Promise<unknown>): Promise<WasmError> {
  try {
    await load()
  } catch (error) {
    if (isWasmError(error, 'WorldMismatch')) return error
    throw error
  }
  throw new Error('a guest of another world was taken')
}

function showTrap(host: Host, predictor: Predictor, compiled: CompiledComponent): void {
  const { printer } = host
  printer.step('A trap inside Python says where it was')
  const trap = trapOf(() => predictor.forecast.crash())
  printer.wrong(trap.message)
  printer.say(`module ${trap.module}, function ${trap.function}, code ${trap.code} ${trap.codeName}`)
  const { frames } = trap
  printer.say(`${frames.length} calls deep, where the interpreter tells of an exception; the outer ones:`)
  const named = frames.flatMap(({ module, functionName }) => (functionName ? [{ module, functionName }] : []))
  printer.lines(named.slice(-SHOWN).map(({ module, functionName }) => `  ${module}: ${functionName}`))
  const later = trapOf(() => predictor.forecast.describe())
  printer.say(`That instance is never entered again (${later.codeName}); a new one is as good as ever:`)
  const again = Predictor.instantiate(compiled, host.options('python'))
  try {
    again.forecast.predict(madeUpReadings)
  } finally {
    again.dispose()
  }
}

/** The error of a call, with the whole stack: engines keep ten calls unless told otherwise. */
function trapOf(call: () => unknown): WasmError {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 100
  try {
    call()
  } catch (error) {
    if (isWasmError(error)) return error
    throw error
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  throw new Error('nothing was thrown')
}
