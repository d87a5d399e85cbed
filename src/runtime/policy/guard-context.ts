import { type Context, DISPOSED, IDLE, RUNNING } from '../context.ts'
import type { Guard } from './guard.ts'

/** Lets a guard see when a component instance is entered and left, and what it hands out. Others keep plain fields. */
export function guardContext(context: Context, guard: Guard): void {
  let state: number = RUNNING
  let bytesOut = 0
  context.guard = guard
  guard.begin()
  Object.defineProperties(context, {
    state: {
      get: () => state,
      set(next: number) {
        if (state === IDLE && next !== IDLE && next !== DISPOSED) guard.begin()
        else if (next === IDLE && state !== IDLE) guard.end()
        state = next
      },
    },
    bytesOut: {
      get: () => bytesOut,
      set(next: number) {
        const bytes = next - bytesOut
        bytesOut = next
        guard.output(context, bytes)
      },
    },
  })
}
