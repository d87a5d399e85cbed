import { beforeAll, describe, expect, test } from 'vitest'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../guests/guests.ts'
import { codecs, compileToolbox, instantiateToolbox, type LoadedToolbox } from '../guests/instantiate-toolbox.ts'
import { toolboxGuest } from '../guests/toolbox-guests.ts'
import { checkTable } from './check-table.ts'
import { knownOf } from './differences.ts'
import { transpileToolbox } from './jco.ts'

/** Declares the tests that make all calls of the table in a language. */
export function tableSuite(language: string): void {
  const guest = toolboxGuest(language)
  describe.skipIf(isSkipped(language))(`the table in ${language}`, () => {
    let path: string
    beforeAll(async () => void (path = await guestPath(guest.component)), BUILD_TIMEOUT)

    test.each(codecs)('%s codec', { timeout: 120_000 }, async (codec) => {
      const compiled = await compileToolbox(guest, codec, path)
      const start = (): LoadedToolbox => instantiateToolbox(guest, codec, compiled)
      expect(checkTable(start, knownOf(language, codec)).differing).toEqual([])
    })

    test('jco', { timeout: 120_000 }, async () => {
      const start = await transpileToolbox(guest, path)
      expect(checkTable(start, knownOf(language, 'jco')).differing).toEqual([])
    })
  })
}
