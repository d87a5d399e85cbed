import type { Host, Meter } from '../api.ts'
import { invalid, isU32 } from './checks.ts'
import type { Guest } from './guest.ts'
import { makeHandles } from './handles.ts'

/** The core functions with which the guest uses the host's meters: a representation is a place in `meters`. */
export function meterImports(guest: Guest, host: Host): WebAssembly.ModuleImports {
  const { enterImport, poison, trap } = guest
  const handles = makeHandles()
  const meters: (Meter | undefined)[] = []
  const free: number[] = []
  return {
    '[constructor]meter'(start: number): number {
      enterImport()
      try {
        const meter: unknown = new host.Meter(start >>> 0)
        if (!(meter instanceof host.Meter)) invalid('result', 'meter', meter)
        const place = free.pop()
        if (place === undefined) return handles.add(meters.push(meter) - 1)
        meters[place] = meter
        return handles.add(place)
      } catch (error) {
        throw poison(error)
      }
    },
    '[method]meter.add'(self: number, by: number): number {
      enterImport()
      try {
        const meter = meters[handles.rep(self >>> 0)] ?? trap('the guest does not have this meter')
        const result: unknown = meter.add(by >>> 0)
        if (!isU32(result)) invalid('result', 'u32', result)
        return result
      } catch (error) {
        throw poison(error)
      }
    },
    '[resource-drop]meter'(self: number): void {
      enterImport()
      try {
        const place = handles.remove(self >>> 0)
        const meter = meters[place] ?? trap('the guest does not have this meter')
        meters[place] = undefined
        free.push(place)
        if (Symbol.dispose in meter) (meter as Disposable)[Symbol.dispose]()
      } catch (error) {
        throw poison(error)
      }
    },
  }
}
