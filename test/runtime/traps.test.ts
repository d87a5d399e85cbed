import { describe, expect, test } from 'vitest'
import { trapCode } from '../../src/runtime/traps.ts'
import { traps } from './guests.ts'

describe('traps of this engine', () => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(traps()))
  const codeOf = (name: string): string => {
    try {
      ;(exports[name] as () => void)()
    } catch (error) {
      return trapCode(error)
    }
    return 'no trap'
  }

  test.each([
    ['unreachable', 'Unreachable'],
    ['div0', 'ArithmeticTrap'],
    ['rem0', 'ArithmeticTrap'],
    ['overflow', 'ArithmeticTrap'],
    ['trunc', 'ArithmeticTrap'],
    ['load', 'MemoryAccessViolation'],
    ['fill', 'MemoryAccessViolation'],
    ['null-call', 'IndirectCallTrap'],
    ['bad-signature', 'IndirectCallTrap'],
    ['table', 'IndirectCallTrap'],
    ['recurse', 'StackExhausted'],
    ['throw', 'Unreachable'],
  ])('%s → %s', (name, code) => expect(codeOf(name)).toBe(code))
})

describe('the wordings of other engines', () => {
  test.each([
    // SpiderMonkey
    ['unreachable executed', 'Unreachable'],
    ['integer overflow', 'ArithmeticTrap'],
    ['integer divide by zero', 'ArithmeticTrap'],
    ['invalid conversion to integer', 'ArithmeticTrap'],
    ['index out of bounds', 'MemoryAccessViolation'],
    ['unaligned memory access', 'MemoryAccessViolation'],
    ['table index out of bounds', 'IndirectCallTrap'],
    ['indirect call to null', 'IndirectCallTrap'],
    ['indirect call signature mismatch', 'IndirectCallTrap'],
    // JavaScriptCore
    ["Unreachable code should not be executed (evaluating 'f()')", 'Unreachable'],
    ['Division by zero', 'ArithmeticTrap'],
    ['Integer overflow', 'ArithmeticTrap'],
    ['Out of bounds Trunc operation', 'ArithmeticTrap'],
    ['Out of bounds memory access', 'MemoryAccessViolation'],
    ['Out of bounds call_indirect', 'IndirectCallTrap'],
    ['call_indirect to a null table entry', 'IndirectCallTrap'],
    ['call_indirect to a signature that does not match', 'IndirectCallTrap'],
  ])('%s → %s', (message, code) => expect(trapCode(new WebAssembly.RuntimeError(message))).toBe(code))

  test('a stack that ran out, a memory that could not be had, an error that no guest can cause', () => {
    expect(trapCode(new Error('too much recursion'))).toBe('StackExhausted')
    expect(trapCode(new RangeError('Maximum call stack size exceeded.'))).toBe('StackExhausted')
    expect(trapCode(new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory'))).toBe(
      'MemoryLimit',
    )
    expect(trapCode(new TypeError('Cannot convert 1 to a BigInt'))).toBe('AbiViolation')
  })
})
