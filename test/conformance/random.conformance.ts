// Random packages of the reference tool. Seeded: WITGEN_RANDOM_SEED gives another seed, WITGEN_RANDOM_PACKAGES another number.
import { describe, expect, it } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { bothJson, witgenJson } from './json.ts'
import { withoutKnown } from './known-differences.ts'
import { makeRandomPackages } from './random-packages.ts'
import { referenceJson, tryReferenceJson } from './reference-tool.ts'
import { worldCases, worldSuite } from './world-suite.ts'

const seed = Number(process.env['WITGEN_RANDOM_SEED'] ?? 20_261_123)
const count = Number(process.env['WITGEN_RANDOM_PACKAGES'] ?? 260)

const packages = makeRandomPackages(seed, count)

describe(`random packages of the seed ${seed}`, () => {
  it.each(packages)('$title is read as the reference tool reads it, as text', ({ text }) => {
    const refused = tryReferenceJson(text) === undefined
    // Not all that it makes and prints can be read: `@since` in a package without a version.
    if (refused) return expect(() => witgenJson(text)).toThrow(DiagnosticError)
    const { witgen, reference } = bothJson(text)
    expect(withoutKnown(witgen, 'text')).toEqual(withoutKnown(reference, 'text'))
  })

  it.each(packages)('$title is read as the reference tool reads it, in binary form', ({ binary }) => {
    const { witgen, reference } = bothJson(binary)
    expect(withoutKnown(witgen, 'binary')).toEqual(withoutKnown(reference, 'binary'))
  })

  // Half of the worlds come from text, half from binaries: both have to do.
  const cases = packages.flatMap(({ binary, text }, i) => {
    const json = i % 8 < 4 ? tryReferenceJson(text) : undefined
    const input = json === undefined ? binary : text
    return worldCases(String(i), input, json ?? referenceJson(binary), () => true)
  })

  // Few packages need not have both.
  it.runIf(count >= 100)('have worlds of both kinds', () => {
    const refused = cases.filter((one) => one.refused.length > 0).length
    expect(refused).toBeGreaterThan(count / 40)
    // A quarter of the packages may have async functions, streams and futures, whose worlds are refused; some have no world.
    expect(cases.length - refused).toBeGreaterThanOrEqual((count * 200) / 260)
  })

  worldSuite(`the seed ${seed}`, 'random', cases)
})
