import { describe } from '../abi/refusal.ts'
import { WasmError } from '../errors.ts'
import { instanceOf } from '../world-instance.ts'
import type { Guard } from './guard.ts'
import type { PolicyEvent } from './security-policy.ts'

/** What an instance under a policy has used, and what happened. */
export interface PolicyReport {
  /** Instructions so far; 0 where the policy limits neither fuel nor time. */
  readonly fuelUsed: number
  /** Instructions that are left; infinite without a limit. */
  readonly fuelLeft: number
  /** Pages of all its memories; 0 where the policy takes no account of them. */
  readonly memoryPages: number
  /** Elements of all its tables; 0 where the policy takes no account of them. */
  readonly tableElements: number
  /** Core instances that it consists of. */
  readonly instances: number
  /** Every denial and kill, growth where the policy traces it; the first thousand. */
  readonly events: readonly PolicyEvent[]
  /** How many more there were. */
  readonly droppedEvents: number
}

/**
 * What an instance under a policy has used, and what happened; also when it has been disposed.
 *
 * @param instance an object of a generated world class, or what `instantiate` gives
 * @throws WasmError `PolicyUnsupported` for an instance without a policy
 */
export function policyReport(instance: object): PolicyReport {
  return guardOf(instance).report()
}

/**
 * Gives an instance more fuel than its policy did.
 *
 * @param units in instructions
 * @throws WasmError `InvalidParam`; `PolicyUnsupported` for an instance without a policy
 */
export function addFuel(instance: object, units: number): void {
  const { name } = instanceOf(instance)
  if (!Number.isSafeInteger(units) || units < 0) {
    throw new WasmError('InvalidParam', name, undefined, `addFuel: expected an integer from 0, got ${describe(units)}`)
  }
  guardOf(instance).addFuel(units)
}

function guardOf(instance: object): Guard {
  const { guard, name } = instanceOf(instance)
  if (guard === undefined) {
    throw new WasmError('PolicyUnsupported', name, undefined, 'the instance is under no policy')
  }
  return guard
}
