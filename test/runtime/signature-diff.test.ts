import { expect, test } from 'vitest'
import { signatureDiff } from '../../src/runtime/signature-diff.ts'

test('the caret stands at the beginning of the word that differs', () => {
  expect(signatureDiff('func(a: list<f64>)', 'func(a: list<f32>)')).toBe(`    expected  func(a: list<f64>)
    found     func(a: list<f32>)
                           ^`)
})

test('one text that continues where the other ends', () => {
  expect(signatureDiff('func()', 'func() -> u32')).toBe(`    expected  func()
    found     func() -> u32
                    ^`)
})

test('long signatures are cut around the difference', () => {
  const long = Array.from({ length: 40 }, (_, i) => `field-${i}: string`)
  const [a, b] = ['u32', 'u64'].map(
    (type) => `func(r: record { ${long.join(', ')}, last: ${type}, ${long.join(', ')} })`,
  )
  const lines = signatureDiff(a ?? '', b ?? '').split('\n')
  expect(lines[0]).toMatch(/^ {4}expected {2}….*, last: u32, field-0.*…$/)
  expect(lines[1]).toMatch(/^ {4}found {5}….*, last: u64, field-0.*…$/)
  expect(lines[1]?.indexOf('u64')).toBe(lines[2]?.indexOf('^'))
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(150)
})
