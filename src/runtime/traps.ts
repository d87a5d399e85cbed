import type { ErrorCodeName } from './errors.ts'

/**
 * How V8, SpiderMonkey and JavaScriptCore word their traps. The order matters: a table out of bounds is no memory access.
 */
const WORDINGS: readonly (readonly [RegExp, ErrorCodeName])[] = [
  [/\btable\b|indirect|signature|\bnull\b|\bcast\b/i, 'IndirectCallTrap'],
  [/unreachable/i, 'Unreachable'],
  [/divi(?:de|sion)|remainder|overflow|unrepresentable|conversion|trunc/i, 'ArithmeticTrap'],
  [/out of bounds|unaligned/i, 'MemoryAccessViolation'],
]

/**
 * The code of what came out of a core function: a trap of the engine, an exhausted stack, a WebAssembly exception that
 * nobody caught (a trap, says the component model), or anything else, which no conforming guest can cause.
 */
export function trapCode(error: unknown): ErrorCodeName {
  if (!(error instanceof Error)) return 'Unreachable'
  const { message } = error
  if (error instanceof WebAssembly.RuntimeError) {
    for (const [wording, code] of WORDINGS) if (wording.test(message)) return code
    return 'Unreachable'
  }
  // SpiderMonkey throws its own `InternalError: too much recursion`.
  if (/call stack|recursion|stack overflow/i.test(message)) return 'StackExhausted'
  if (error instanceof RangeError && /memory|allocation/i.test(message)) return 'MemoryLimit'
  return 'AbiViolation'
}
