import { expect, test } from 'vitest'
import { readCoreModule } from '../../src/component/core-module.ts'
import { fixture } from './fixtures.ts'

test('imports, exports and memories of a core module', () => {
  const sum = { sort: 'core func', type: { params: ['i32', 'i64'], results: ['f64'] } }
  expect(readCoreModule(fixture('core-module'))).toEqual({
    imports: [
      { module: 'env', name: 'log', type: { sort: 'core func', type: { params: ['f32', 'externref'], results: [] } } },
      {
        module: 'env',
        name: 'memory',
        type: { sort: 'core memory', limits: { min: 1, max: 16, shared: true, is64: false } },
      },
      { module: 'env', name: 'table', type: { sort: 'core table' } },
      { module: 'env', name: 'base', type: { sort: 'core global' } },
      { module: 'env', name: 'oops', type: { sort: 'core tag' } },
    ],
    exports: [
      { name: 'sum', type: sum },
      { name: 'none', type: { sort: 'core func', type: { params: [], results: [] } } },
      { name: 'again', type: { sort: 'core func', type: { params: ['f32', 'externref'], results: [] } } },
      {
        name: 'imported',
        type: { sort: 'core memory', limits: { min: 1, max: 16, shared: true, is64: false } },
      },
      {
        name: 'large',
        type: { sort: 'core memory', limits: { min: 5, max: undefined, shared: false, is64: true } },
      },
      { name: 'table', type: { sort: 'core table' } },
      { name: 'base', type: { sort: 'core global' } },
      { name: 'oops', type: { sort: 'core tag' } },
    ],
    memories: [
      { min: 3, max: 7, shared: false, is64: false },
      { min: 5, max: undefined, shared: false, is64: true },
    ],
  })
})

test('the bytes may be a view with an offset', () => {
  const bytes = fixture('core-module')
  const padded = new Uint8Array(bytes.length + 7)
  padded.set(bytes, 7)
  expect(readCoreModule(padded.subarray(7))).toEqual(readCoreModule(bytes))
})

test('a component is refused by name', () => {
  expect(() => readCoreModule(fixture('guest'))).toThrow(
    expect.objectContaining({ code: 'CMP1002', message: 'expected a core module, got a component (at byte 0)' }),
  )
})
