import { expect, test } from 'vitest'
import { matchingIds, versionTrack } from '../../src/runtime/versions.ts'

test.each([
  ['1.2.3', '1'],
  ['10.0.0', '10'],
  ['0.2.12', '0.2'],
  ['0.0.3', '0.0.3'],
  ['1.0.0-rc.1', '1.0.0-rc.1'],
  ['1.0.0+build-7', '1'],
  [undefined, ''],
])('the track of %s is %s', (version, track) => expect(versionTrack(version)).toBe(track))

test('the exact id comes first, then the highest', () => {
  const ids = ['a:b/c@0.2.3', 'a:b/c@0.2.10', 'a:b/c@0.3.0', 'a:b/d@0.2.3', 'a:b/c', 'a:b/c@0.2.0']
  expect(matchingIds('a:b/c@0.2.0', ids)).toEqual(['a:b/c@0.2.0', 'a:b/c@0.2.10', 'a:b/c@0.2.3'])
  expect(matchingIds('a:b/c', ids)).toEqual(['a:b/c'])
  expect(matchingIds('a:b/c@0.2.0-rc', ids)).toEqual([])
})
