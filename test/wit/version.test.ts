import { describe, expect, it } from 'vitest'
import { compareVersions, isVersion } from '../../src/wit/version.ts'

describe('isVersion', () => {
  it.each(['0.0.0', '1.2.3', '1.2.3-rc.1', '1.2.3-0a', '1.2.3+001', '1.2.3-a-b.c+d', '18446744073709551615.0.0'])(
    '%s is one',
    (text) => {
      expect(isVersion(text)).toBe(true)
    },
  )
  it.each(['1.2', '01.2.3', '1.2.3-01', '1.2.3-', '1.2.3+', '1. 2.3', '18446744073709551616.0.0'])(
    '%s is none',
    (text) => {
      expect(isVersion(text)).toBe(false)
    },
  )
})

describe('compareVersions', () => {
  it('orders as semver.org does', () => {
    const ordered = [
      '0.9.9',
      '1.0.0-1',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-beta',
      '1.0.0',
      '1.0.0+b',
      '1.0.1',
      '1.10.0',
      '2.0.0',
    ]
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries())
        expect([a, b, Math.sign(compareVersions(a, b))]).toEqual([a, b, Math.sign(i - j)])
    }
  })
})
