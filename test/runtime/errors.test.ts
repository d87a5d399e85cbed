import { describe, expect, test } from 'vitest'
import { ErrorCode, GuestError, isWasmError, WasmError } from '../../src/runtime/errors.ts'

describe('WasmError', () => {
  const cause = new RangeError('too deep')
  const error = new WasmError(
    'StackExhausted',
    'pipeline',
    'demo:algo/analysis@1.0.0#run',
    'the guest ran out of stack',
    {
      cause,
    },
  )

  test('carries code, names, cause and the message of the contract', () => {
    expect(error).toBeInstanceOf(Error)
    expect(error.message).toBe('wasm module pipeline error [13 StackExhausted]: the guest ran out of stack')
    expect(error.name).toBe('WasmError')
    expect([error.code, error.codeName, error.module, error.function]).toEqual([
      13,
      'StackExhausted',
      'pipeline',
      'demo:algo/analysis@1.0.0#run',
    ])
    expect(error.cause).toBe(cause)
    expect(error.stack).toMatch(/^WasmError: wasm module pipeline error \[13 StackExhausted\]/)
  })

  test('toJSON is plain data, causes included', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'WasmError',
      code: 13,
      codeName: 'StackExhausted',
      module: 'pipeline',
      function: 'demo:algo/analysis@1.0.0#run',
      message: 'wasm module pipeline error [13 StackExhausted]: the guest ran out of stack',
      cause: { name: 'RangeError', message: 'too deep' },
    })
    const outer = new WasmError('InstancePoisoned', 'm', undefined, 'poisoned', { cause: error })
    expect(outer.toJSON().cause).toEqual(error.toJSON())
    expect('function' in outer).toBe(false)
  })

  test('has no cause unless one is given', () => {
    expect('cause' in new WasmError('LinkError', 'm', undefined, 'x')).toBe(false)
  })
})

describe('GuestError', () => {
  test('keeps the payload and renders it in the message', () => {
    const payload = { tag: 'bad-row', val: { index: 3n, bytes: new Uint8Array([1, 2]) } }
    const error = new GuestError('pipeline', 'demo:algo/analysis#run', payload, 4)
    expect(error.payload).toBe(payload)
    expect(error.guestCode).toBe(4)
    expect(error.code).toBe(18)
    expect(error.message).toBe(
      'wasm module pipeline error [18 GuestError]: demo:algo/analysis#run returned err({"tag":"bad-row","val":{"index":"3","bytes":[1,2]}})',
    )
    expect(error.stack).toMatch(/^GuestError: wasm module pipeline error \[18 GuestError\]/)
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'GuestError',
      payload: { tag: 'bad-row', val: { index: '3', bytes: [1, 2] } },
      guestCode: 4,
    })
  })

  test('cuts long payloads, and says err where there is none', () => {
    const long = new GuestError('m', 'f', 'x'.repeat(5000))
    expect(long.message).toBe(`wasm module m error [18 GuestError]: f returned err("${'x'.repeat(98)}…)`)
    expect(new GuestError('m', 'f', undefined).message).toBe('wasm module m error [18 GuestError]: f returned err')
    expect(new GuestError('m', undefined, 'no').message).toBe('wasm module m error [18 GuestError]: err("no")')
  })

  test('renders cycles without an endless loop', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(new GuestError('m', 'f', cycle).message).toMatch(
      /^wasm module m error \[18 GuestError\]: f returned err\(\{"self":/,
    )
  })
})

test('isWasmError narrows by code name', () => {
  const error: unknown = new GuestError('m', 'f', 'no')
  expect(isWasmError(error)).toBe(true)
  expect(isWasmError(error, 'GuestError') && error.payload).toBe('no')
  expect(isWasmError(error, 'Unreachable')).toBe(false)
  expect(isWasmError(new Error('x'))).toBe(false)
  expect(isWasmError(undefined)).toBe(false)
})

test('the numbers are the fixed ones', () => {
  expect(ErrorCode).toMatchInlineSnapshot(`
    {
      "AbiViolation": 14,
      "ArithmeticTrap": 11,
      "CallDepth": 36,
      "Cancelled": 51,
      "Disposed": 20,
      "ExecutionTimeout": 34,
      "ExpiredView": 21,
      "FuelExhausted": 35,
      "GuestError": 18,
      "GuestExit": 19,
      "HostError": 17,
      "IndirectCallTrap": 12,
      "InstanceLimit": 32,
      "InstancePoisoned": 16,
      "InvalidHandle": 22,
      "InvalidModule": 5,
      "InvalidParam": 1,
      "LinkError": 6,
      "MemoryAccessViolation": 2,
      "MemoryLimit": 30,
      "ModuleAlreadyLoaded": 4,
      "ModuleNotLoaded": 3,
      "OutputLimit": 33,
      "PermissionDenied": 40,
      "PolicyUnsupported": 41,
      "QueueFull": 52,
      "Reentrance": 15,
      "StackExhausted": 13,
      "Success": 0,
      "TableLimit": 31,
      "Unreachable": 10,
      "Unsupported": 8,
      "WorkerCrashed": 50,
      "WorldMismatch": 7,
    }
  `)
})
