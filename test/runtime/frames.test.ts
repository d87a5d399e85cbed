import { expect, test } from 'vitest'
import { compile, instantiate, type WasmError as Thrown } from 'witgen/runtime'
import { planComponent } from '../../src/component/compile.ts'
import { WasmError } from '../../src/runtime/errors.ts'
import { wasmFrames } from '../../src/runtime/frames.ts'
import { wat } from '../helpers/wat.ts'

test('V8: names, index and offset; frames of the host are left out', () => {
  const stack = [
    'RuntimeError: unreachable',
    '    at guest.wasm.demo:pipeline/analysis@0.1.0#crash (wasm://wasm/guest.wasm-0002b69e:wasm-function[32]:0x2fed)',
    '    at guest.wasm (wasm://wasm/guest.wasm-0002b69e:wasm-function[33]:0x1)',
    '    at a-b.core::fmt (a) (wasm://wasm/a-b-deadbeef:wasm-function[2]:0xff)',
    '    at run (wasm://wasm/8984633a:wasm-function[1]:0x3c)',
    '    at wasm://wasm/8984633a:wasm-function[0]:0x3b',
    '    at AnalysisExports.crash (file:///generated/analysis.codec.ts:376:18)',
    '    at file:///host.ts:4:18',
  ]
  expect(wasmFrames(stack.join('\n'))).toEqual([
    { module: 'guest.wasm', functionIndex: 32, functionName: 'demo:pipeline/analysis@0.1.0#crash', offset: 0x2fed },
    { module: 'guest.wasm', functionIndex: 33, offset: 1 },
    { module: 'a-b', functionIndex: 2, functionName: 'core::fmt (a)', offset: 255 },
    { module: '8984633a', functionIndex: 1, functionName: 'run', offset: 0x3c },
    { module: '8984633a', functionIndex: 0, offset: 0x3b },
  ])
})

test('SpiderMonkey', () => {
  const stack = [
    'crash@https://host/app.js line 4 > WebAssembly.Module:wasm-function[32]:0x2fed',
    'demo:a/b@0.1.0#f@https://host/app.js line 4 > WebAssembly.Module:wasm-function[3]:0x2',
    '@https://host/app.js line 4 > WebAssembly.Module:wasm-function[7]:0x10',
    'run@https://host/app.js:10:3',
    '',
  ]
  const module = 'https://host/app.js line 4 > WebAssembly.Module'
  expect(wasmFrames(stack.join('\n'))).toEqual([
    { module, functionIndex: 32, functionName: 'crash', offset: 0x2fed },
    { module, functionIndex: 3, functionName: 'demo:a/b@0.1.0#f', offset: 2 },
    { module, functionIndex: 7, offset: 16 },
  ])
})

test('JavaScriptCore, which prints no offsets', () => {
  const stack = [
    '<?>.wasm-function[12]@[wasm code]',
    'guest.wasm.wasm-function[crash]@[wasm code]',
    'wasm-stub@[wasm code]',
    'run@https://host/app.js:10:3',
  ]
  expect(wasmFrames(stack.join('\n'))).toEqual([
    { module: '<?>', functionIndex: 12 },
    { module: 'guest.wasm', functionName: 'crash' },
  ])
})

test('no stack, no frames', () => {
  expect(wasmFrames(undefined)).toEqual([])
})

const wasm = '    at wasm://wasm/8984633a:wasm-function[0]:0x3b'
const withStack = <E extends Error>(error: E): E => Object.assign(error, { stack: `Error: x\n${wasm}` })
const frames = [{ module: '8984633a', functionIndex: 0, offset: 0x3b }]

test('an error has the frames of its cause, in JSON too', () => {
  const error = new WasmError('Unreachable', 'm', undefined, 'x', { cause: withStack(new Error('x')) })
  expect(error.frames).toEqual(frames)
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ codeName: 'Unreachable', frames })
})

test('a violation that the runtime finds has those of its own stack', () => {
  expect(withStack(new WasmError('AbiViolation', 'm', undefined, 'x')).frames).toEqual(frames)
})

test('an error that is not the guest’s has none, and none in JSON', () => {
  const first = new WasmError('Unreachable', 'm', undefined, 'x', { cause: withStack(new Error('x')) })
  const later = new WasmError('InstancePoisoned', 'm', undefined, 'x', { cause: first })
  for (const error of [later, withStack(new WasmError('InvalidParam', 'm', undefined, 'x'))]) {
    expect(error.frames).toEqual([])
    expect(error.toJSON()).not.toHaveProperty('frames')
  }
})

test('names that have line breaks, or are empty', () => {
  const stack = [
    'RuntimeError: a message',
    'of two lines',
    '    at  (wasm://wasm/8984633a:wasm-function[3]:0x38)',
    '    at line',
    'break (wasm://wasm/8984633a:wasm-function[2]:0x33)',
    '    at file:///host.ts:4:18',
  ]
  expect(wasmFrames(stack.join('\n'))).toEqual([
    { module: '8984633a', functionIndex: 3, offset: 0x38 },
    { module: '8984633a', functionIndex: 2, functionName: 'line\nbreak', offset: 0x33 },
  ])
})

test.each([
  ['    at ', ' (wasm://wasm/', ':wasm-function[1]:0x1z'],
  ['    at ', ' (wasm://wasm/:wasm-function[1]', ''],
  ['', '.wasm-function[', '@[wasm code]'],
  ['', '@a', ':wasm-function[1]:0x1z'],
])('names that are made to take long: %j', (before, repeated, after) => {
  const begun = performance.now()
  expect(wasmFrames(before + repeated.repeat(20_000) + after)).toEqual([])
  // Quadratic: seconds.
  expect(performance.now() - begun).toBeLessThan(200)
})

test('a host’s error whose stack is none, or throws', () => {
  const odd = Object.assign(new Error('x'), { stack: () => '' })
  const worse = Object.defineProperty(new Error('x'), 'stack', { get: () => odd.stack.split('') })
  for (const cause of [odd, worse]) {
    const error = new WasmError('HostError', 'm', undefined, 'x', { cause })
    expect(error.frames).toEqual([])
    expect(error.toJSON()).toMatchObject({ codeName: 'HostError' })
  }
})

test('the engine gives every name of the name section, and the offset in the core module', async () => {
  const bytes = await wat(`(component
    (core module $M
      (func $outer (export "f") (call $spaced))
      (func $spaced (@name "core::fmt (a) b") (call $broken))
      (func $broken (@name "line\\nbreak") (call 3))
      (func (call $innermost))
      (func $innermost unreachable))
    (core instance $m (instantiate $M))
    (func (export "f") (canon lift (core func $m "f"))))`)
  const { exports } = instantiate<{ f(): void }>(await compile(bytes))
  let error: unknown
  try {
    exports.f()
  } catch (thrown) {
    error = thrown
  }
  const found = (error as Thrown).frames
  expect(found.map(({ functionName, functionIndex }) => [functionIndex, functionName])).toEqual([
    [4, 'innermost'],
    // It has no name.
    [3, undefined],
    [2, 'line\nbreak'],
    [1, 'core::fmt (a) b'],
    [0, 'outer'],
  ])
  const [module = new Uint8Array()] = planComponent(bytes).modules
  expect(module[found[0]?.offset ?? 0]).toBe(0x00)
  for (const { offset = 0 } of found.slice(1)) expect(module[offset]).toBe(0x10)
})
