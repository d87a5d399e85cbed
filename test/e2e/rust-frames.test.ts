// Where in the Rust guest a trap happened; its name section is kept.
import { expect, test } from 'vitest'
import { isWasmError, type WasmFrame } from 'witgen/runtime'
import { loadRust, loadWithLog, thrownBy } from './guests.ts'

function framesOf(error: unknown): readonly WasmFrame[] {
  if (!isWasmError(error)) throw error
  return error.frames
}

const CRASH = 'demo:pipeline/analysis@0.1.0#crash'

test.each([
  ['panic', /rust_panic/],
  ['unreachable', /#crash$/],
  ['divide', /#crash$|divide_by_zero/],
  ['memory', /#crash$|read_past_the_end/],
  ['table', /#crash$|call_bad_index/],
])('%s', async (how, innermost) => {
  const { pipeline } = await loadRust()
  const frames = framesOf(thrownBy(() => pipeline.analysis.crash(how)))
  expect(frames[0]?.functionName).toMatch(innermost)
  expect(frames.map((frame) => frame.functionName)).toContain(CRASH)
  for (const frame of frames) {
    expect(frame).toEqual({
      module: 'pipeline.wasm',
      functionIndex: expect.any(Number),
      functionName: expect.any(String),
      offset: expect.any(Number),
    })
  }
})

test('stack: the recursion, as far as the engine keeps it', async () => {
  const { pipeline } = await loadRust()
  const frames = framesOf(thrownBy(() => pipeline.analysis.crash('stack')))
  expect(frames).toHaveLength(Error.stackTraceLimit)
  for (const frame of frames) expect(frame.functionName).toMatch(/recurse/)
})

test('a host function that throws: where the guest called it', async () => {
  const pipeline = await loadWithLog(() => {
    throw new Error('no')
  })
  const names = framesOf(thrownBy(() => pipeline.analysis.callBack(1))).map((frame) => frame.functionName)
  expect(names).toContain('demo:pipeline/analysis@0.1.0#call-back')
})

test('what is not the guest’s has none', async () => {
  const { pipeline } = await loadRust()
  expect(framesOf(thrownBy(() => pipeline.analysis.preprocess([])))).toEqual([])
  expect(framesOf(thrownBy(() => pipeline.analysis.callBack(-1)))).toEqual([])
})
