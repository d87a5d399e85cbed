import { describe, expect, test } from 'vitest'
import { camelCase, memberName, Names, pascalCase, variableName } from '../../src/plan/case.ts'

// Split on `-`; the first word in lower case, the others capitalised.
test.each([
  ['preprocess', 'preprocess', 'Preprocess'],
  ['call-back', 'callBack', 'CallBack'],
  ['is-XML-http', 'isXmlHttp', 'IsXmlHttp'],
  ['XML', 'xml', 'Xml'],
  ['XML-is-old', 'xmlIsOld', 'XmlIsOld'],
  ['a-b-c', 'aBC', 'ABC'],
  ['utf8-text', 'utf8Text', 'Utf8Text'],
  ['x2-y3z', 'x2Y3z', 'X2Y3z'],
  ['to-json', 'toJson', 'ToJson'],
  ['i18n', 'i18n', 'I18n'],
])('%s: %s, %s', (kebab, camel, pascal) => {
  expect(camelCase(kebab)).toBe(camel)
  expect(pascalCase(kebab)).toBe(pascal)
})

describe('members', () => {
  test.each(['then', 'constructor', 'prototype', 'dispose', 'name', 'length', 'load', 'compile', 'instantiate'])(
    '%s gets a trailing _',
    (kebab) => {
      expect(memberName(kebab)).toBe(`${kebab}_`)
    },
  )

  test('words that JavaScript reserves are fine as members', () => {
    for (const kebab of ['delete', 'class', 'new', 'import', 'await', 'default']) expect(memberName(kebab)).toBe(kebab)
    expect(memberName('to-json')).toBe('toJson')
    expect(memberName('name-of')).toBe('nameOf')
  })
})

describe('variables', () => {
  const RESERVED =
    'arguments as async await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null package private ' +
    'protected public return static super switch this throw true try typeof undefined var void while with yield'
  test.each(RESERVED.split(' '))('%s gets a trailing _', (kebab) => {
    expect(variableName(kebab)).toBe(`${kebab}_`)
  })

  test('each can be declared in a module', () => {
    for (const word of [...RESERVED.split(' '), 'of', 'get', 'set', 'type', 'then', 'name', 'length', 'nan']) {
      // A function with the parameter is parsed, in strict mode and in an async generator, where most is reserved.
      expect(() => new Function(`'use strict'; return async function* (${variableName(word)}) {}`)).not.toThrow()
    }
  })

  test('others stay', () => {
    for (const kebab of ['then', 'constructor', 'name', 'x']) expect(variableName(kebab)).toBe(kebab)
    expect(variableName('de-fault')).toBe('deFault')
  })
})

test('names are handed out once', () => {
  const names = new Names(['taken'])
  expect(['a', 'a', 'a', 'a_', 'taken', 'toString', 'b'].map((name) => names.claim(name))).toEqual([
    'a',
    'a_',
    'a__',
    'a___',
    'taken_',
    'toString',
    'b',
  ])
  expect([names.has('a__'), names.has('c'), names.has('constructor')]).toEqual([true, false, false])
})
