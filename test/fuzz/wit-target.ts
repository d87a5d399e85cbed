import { DiagnosticError, type Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { diagnosticCodes } from '../../src/diagnostics/codes.ts'
import { renderDiagnostics } from '../../src/diagnostics/render.ts'
import { plan } from '../../src/plan/index.ts'
import { loadWit } from '../../src/wit/load.ts'
import { normalizeText } from '../../src/wit/normalize-text.ts'
import { resolveToWit } from '../../src/wit/to-wit.ts'
import type { Resolve } from '../../src/ir/index.ts'
import { corpus } from './corpus.ts'
import { mutateText } from './mutate.ts'
import type { Target } from './target.ts'

const decoder = new TextDecoder()
const encoder = new TextEncoder()
const files = corpus(['wit', 'test/guests/wit', 'test/golden', 'test/bench'], '.wit')
const texts = files.map((bytes) => decoder.decode(bytes))

/** Reads a text, or gives what is wrong with it, each thing with a code that is known and a place that is there. */
function load(text: string): Resolve | undefined {
  try {
    return loadWit([{ path: 'fuzz.wit', text, role: 'root' }], { features: 'all' })
  } catch (error) {
    checkRefusal(error, text)
    return undefined
  }
}

function checkRefusal(error: unknown, text: string): void {
  if (!(error instanceof DiagnosticError)) throw error
  if (error.diagnostics.length === 0) throw new Error('refused without a diagnostic')
  for (const d of error.diagnostics) checkDiagnostic(d, text)
  renderDiagnostics(error.diagnostics, { color: true, format: 'pretty' })
}

function checkDiagnostic({ code, message, span, file }: Diagnostic, text: string): void {
  if (!Object.hasOwn(diagnosticCodes, code)) throw new Error(`unknown code ${code}`)
  // What the message quotes is the input's.
  if (message === '' || /undefined|\[object|NaN/u.test(message.replaceAll(/`[^`]*`/gu, '')))
    throw new Error(`a message without sense: ${message}`)
  if (span === undefined && file === undefined) throw new Error(`${code} has no place`)
  if (span !== undefined && !(span.start >= 0 && span.start <= span.end && span.end <= text.length)) {
    throw new Error(`${code} is at ${span.start}–${span.end} of ${text.length} characters`)
  }
}

/** Comments of one line and of several have no form in common: the indentation of documentation may change. */
const withoutDocs = (wit: string): string => wit.replaceAll(/^ *\/\/\/.*\n/gmu, '')

/** WIT text: refused with places, or read, written out, read again alike, and planned. */
export const witTarget: Target = {
  name: 'wit',
  extension: 'wit',
  corpus: files,
  mutate: (random, seed) => encoder.encode(mutateText(random, decoder.decode(seed), texts)),
  check(input) {
    const text = normalizeText(decoder.decode(input))
    const resolve = load(text)
    if (resolve === undefined) return false
    const written = resolveToWit(resolve)
    const again = loadWit([{ path: 'again.wit', text: written, role: 'root' }], { features: 'all' })
    if (withoutDocs(resolveToWit(again)) !== withoutDocs(written))
      throw new Error(`written out and read again it is another:\n${written}`)
    try {
      plan(resolve, { worlds: [...resolve.root.worlds.values()], extension: '.js', version: '0.0.0', views: true })
    } catch (error) {
      checkRefusal(error, text)
    }
    return true
  },
}
