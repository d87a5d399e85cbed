// The bridge is a chunk of its own.
import { expect, test } from 'vitest'
import { compile } from 'witgen/runtime'
import { loadedWasi } from '../../src/runtime/wasi-chunk.ts'
import { rustGuest } from '../e2e/guests.ts'
import { compiledGuest } from './probes.ts'

test('it is loaded when a guest is compiled that imports WASI, and not before', async () => {
  await compile(rustGuest)
  expect(loadedWasi()).toBe(undefined)
  await compiledGuest('wasi-c/probe.wasm')
  expect(loadedWasi()).toBeDefined()
})
