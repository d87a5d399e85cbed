// The packages of WASI: read as the reference tool reads them, and code for every world that needs no async.
import { describe, expect, it } from 'vitest'
import { bothJson } from './json.ts'
import { referenceJson } from './reference-tool.ts'
import { wasiCrates, wasiPackages, type WasiVersion } from './wasi-packages.ts'
import { worldCases, worldSuite } from './world-suite.ts'

/** How many packages there are, that of the crate itself included, and how many worlds that need no async. */
const counts: Readonly<Record<WasiVersion, readonly [packages: number, worlds: number, refused: number]>> = {
  'WASI 0.2': [8, 9, 0],
  'WASI 0.3': [7, 1, 7],
}

describe.each(Object.keys(wasiCrates) as WasiVersion[])('%s', (wasi) => {
  const packages = [...wasiPackages(wasi)]
  const cases = packages.flatMap(([name, folder]) =>
    worldCases(name, folder, referenceJson(folder), (packageName) => packageName.startsWith(`wasi:${name}@`)),
  )

  it('is all there', () => {
    const refused = cases.filter((one) => one.refused.length > 0)
    expect([packages.length, cases.length - refused.length, refused.length]).toEqual(counts[wasi])
  })

  it.each(packages)('%s is read as the reference tool reads it', (_, folder) => {
    const { witgen, reference } = bothJson(folder)
    expect(witgen).toEqual(reference)
  })

  worldSuite(wasi, wasiCrates[wasi].name, cases)
})
