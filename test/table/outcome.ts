import { isWasmError } from 'witgen/runtime'
import type { Outcome } from './call.ts'

/** Codes of errors that end a guest. */
const TRAPS = [
  'Unreachable',
  'MemoryAccessViolation',
  'ArithmeticTrap',
  'IndirectCallTrap',
  'StackExhausted',
  'AbiViolation',
] as const

/** Calls, and says what came of it, in the same way for witgen's bindings and for those of jco. */
export function outcomeOf(call: () => unknown): Outcome {
  try {
    return { value: call() }
  } catch (error) {
    const trap = TRAPS.find((code) => isWasmError(error, code)) ?? trapOfEngine(error)
    if (trap !== undefined) return { trap }
    // What both of them throw for an error that the guest returned.
    const returned =
      isWasmError(error, 'GuestError') || (error instanceof Error && error.constructor.name === 'ComponentError')
    if (returned && 'payload' in error) return { error: error.payload }
    return { thrown: String(error) }
  }
}

/** A trap as WebAssembly itself throws it: jco passes that on. */
function trapOfEngine(error: unknown): string | undefined {
  if (!(error instanceof WebAssembly.RuntimeError)) return undefined
  return error.message.includes('unreachable') ? 'Unreachable' : error.message
}
