import { expect, test } from 'vitest'
import { camelCase, isInherited, memberName, Names, pascalCase } from '../../src/ir/index.ts'
import * as plan from '../../src/plan/case.ts'

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

test('without generated code, names are those of generated code', () => {
  for (const kebab of KEBAB) {
    expect([camelCase(kebab), pascalCase(kebab), memberName(kebab), isInherited(camelCase(kebab))]).toEqual([
      plan.camelCase(kebab),
      plan.pascalCase(kebab),
      plan.memberName(kebab),
      plan.isInherited(plan.camelCase(kebab)),
    ])
  }
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
