import { expect, test } from 'vitest'
import { camelCase, memberName, Names, pascalCase } from '../../src/ir/index.ts'

const KEBAB = [
  'to-string',
  'value-of',
  'a',
  'is-XML-http',
  'x1-y2',
  'then',
  'to-json',
  'to-JSON',
  'constructor',
  'dispose',
  'HTTP3',
]

test('kebab names in camelCase and PascalCase', () => {
  expect(camelCase('is-XML-http')).toBe('isXmlHttp')
  expect(pascalCase('is-XML-http')).toBe('IsXmlHttp')
  expect(KEBAB.map(memberName)).toEqual(
    'toString valueOf a isXmlHttp x1Y2 then_ toJson toJson constructor_ dispose_ http3'.split(' '),
  )
})

test('a name that is taken gets a trailing underscore', () => {
  const names = new Names(['a'])
  expect([names.claim('a'), names.claim('a'), names.claim('b'), names.has('a__'), names.has('c')]).toEqual([
    'a_',
    'a__',
    'b',
    true,
    false,
  ])
})
