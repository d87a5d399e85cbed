import { expect, test } from 'vitest'
import { WasmError } from '../../src/runtime/errors.ts'
import { wasmFrames } from '../../src/runtime/frames.ts'

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
