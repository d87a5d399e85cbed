import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { recipes } from '../../scripts/guests/index.ts'
import { guestFiles } from './guests.ts'

/** Folders of the machine that built a guest; its own crates are named relative to the repository. */
function machinePaths(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes).toString('latin1')
  return text.match(/(?:\/(?:root|home|Users|usr|tmp|opt|build|work)\/|index\.crates\.io)[\w./-]*/g) ?? []
}

const components = recipes.filter((recipe) => recipe.committed).flatMap((recipe) => recipe.components)

test.each(components.flatMap(guestFiles))('$title names no folder of the machine that built it', ({ path }) => {
  expect(machinePaths(readFileSync(path))).toEqual([])
})

test('the check finds such folders', () => {
  const bytes = Buffer.from('\0/usr/lib/rustlib/x.rs\0src/lib.rs\0/root/.cargo/y.rs\0')
  expect(machinePaths(bytes)).toEqual(['/usr/lib/rustlib/x.rs', '/root/.cargo/y.rs'])
})
