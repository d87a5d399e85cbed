// Which keys of `allowedImports` may fit an import.
import { expect, test } from 'vitest'
import { malformedKey } from '../../src/runtime/policy/allowed-imports.ts'

test.each([
  'wasi:filesystem/types',
  'wasi:filesystem/types@0.2.6',
  'wasi:http/types@0.3.0-rc-2025-09-16+build.1',
  'wasi:filesystem/types#[method]descriptor.open-at',
  'wasi:filesystem/types@0.2.6#[constructor]descriptor',
  'a:b/c#[static]is-XML.from-2d',
  'nested:name:space/pkg/iface',
  'tick',
  'inline-face#f',
  'inline-face#[method]counter.inc',
  '[method]counter.inc',
])('%s may', (key) => expect(malformedKey(key)).toBeUndefined())

test.each([
  ['', undefined],
  ['a:b', undefined],
  ['a:b/c.d', undefined],
  ['a:b/c#', undefined],
  ['a:b/c d', undefined],
  ['a:b/c@', undefined],
  ['wasi:filesystem/types#Descriptor.openAt', undefined],
  ['wasi:filesystem/types#[method]descriptor.openAt', 'wasi:filesystem/types#[method]descriptor.open-at'],
  ['logAll', 'log-all'],
])('%s may not', (key, meant) => {
  const hint = meant === undefined ? '' : `; did you mean '${meant}'?`
  expect(malformedKey(key)).toBe(
    `expected names as in WIT: 'ns:pkg/iface', 'ns:pkg/iface#func', or that of a function of the world${hint}`,
  )
})
