import { describe, expect, test } from 'vitest'
import { docLines, harmless, paramTag, stabilityTags } from '../../src/plan/docs.ts'

describe('doc comments', () => {
  test.each([
    ['nothing', undefined, [], []],
    ['one line', 'A point.', [], ['/** A point. */']],
    ['spaces around', '  A point. \n\n', [], ['/** A point. */']],
    ['lines', 'A point.\n\n  indented', [], ['/**', ' * A point.', ' *', ' *   indented', ' */']],
    ['a remark of ours', 'A point.', ['WIT: `x`'], ['/**', ' * A point.', ' *', ' * WIT: `x`', ' */']],
    ['a tag behind one line', 'A point.', ['@since 1'], ['/**', ' * A point.', ' * @since 1', ' */']],
    ['a tag behind lines', 'A\nB', ['@since 1'], ['/**', ' * A', ' * B', ' *', ' * @since 1', ' */']],
    ['only a remark', undefined, ['WIT: `x`'], ['/** WIT: `x` */']],
    ['an end of comment', 'a */ b', [], ['/** a *\\/ b */']],
    ['an end of comment in a remark', undefined, ['a */'], ['/** a *\\/ */']],
  ] as const)('%s', (_, docs, extra, lines) => {
    expect(docLines(docs, extra)).toEqual(lines)
  })
})

test('no text ends the comment that it stands in', () => {
  const texts = ['*/', '**/', '*//', '**//', '*/*/', '/*/', '*\\/', '*\u2028/', 'x*', '/x', '*/ alert(1) /*', '*\n/']
  for (const text of texts) {
    const comment = docLines(text).join('\n')
    expect(comment.indexOf('*/'), text).toBe(comment.length - 2)
    expect(harmless(text)).not.toContain('*/')
    expect(harmless(text)).not.toMatch(/[\u2028\u2029]/u)
  }
})

test('tags', () => {
  expect(stabilityTags({ level: 'unknown' })).toEqual([])
  expect(stabilityTags({ level: 'stable', since: '1.2.3', deprecated: undefined })).toEqual(['@since 1.2.3'])
  expect(stabilityTags({ level: 'stable', since: '1.2.3', deprecated: '2.0.0' })).toEqual([
    '@since 1.2.3',
    '@deprecated since 2.0.0',
  ])
  expect(stabilityTags({ level: 'unstable', feature: 'fancy', deprecated: undefined })).toEqual([
    '@experimental feature `fancy`',
  ])
})

test('a parameter', () => {
  expect(paramTag('x', undefined)).toEqual([])
  expect(paramTag('x', ' How far.\nIn metres. ')).toEqual(['@param x How far.', 'In metres.'])
})
