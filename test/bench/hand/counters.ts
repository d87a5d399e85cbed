import type { Api } from '../api.ts'
import { invalid, isU32 } from './checks.ts'
import type { Core } from './core.ts'
import type { Guest } from './guest.ts'
import type { Handles } from './handles.ts'

/** The class of the guest's counters, and the function that uses the host's meters. */
export function counterCalls(guest: Guest, handles: Handles, core: Core): Pick<Api, 'Counter' | 'callMeter'> {
  const { enterChecked, leave, failed, isPoisoned, trap } = guest
  const create = core.func<(start: number) => number>('[constructor]counter')
  const inc = core.func<(rep: number, by: number) => number>('[method]counter.inc')
  const drop = core.func<(rep: number) => void>('[dtor]counter')
  const callMeter = core.func<(times: number) => number>('call-meter')

  class Counter implements Disposable {
    #rep = -1

    constructor(start: number) {
      if (!isU32(start)) invalid('counter: start', 'u32', start)
      enterChecked()
      try {
        const rep = handles.remove(create(start))
        if (rep < 0) trap('the guest does not have this counter')
        this.#rep = rep
        leave()
      } catch (error) {
        throw failed(error)
      }
    }

    inc(by: number): number {
      const rep = this.#rep
      if (!isU32(by)) invalid('counter.inc: by', 'u32', by)
      if (rep < 0) throw new TypeError('the counter has been disposed')
      enterChecked()
      try {
        const value = inc(rep, by)
        leave()
        return value >>> 0
      } catch (error) {
        throw failed(error)
      }
    }

    [Symbol.dispose](): void {
      const rep = this.#rep
      if (rep < 0 || isPoisoned()) return
      enterChecked()
      this.#rep = -1
      try {
        drop(rep)
        leave()
      } catch (error) {
        throw failed(error)
      }
    }
  }

  return {
    Counter,
    callMeter(times) {
      if (!isU32(times)) invalid('call-meter: times', 'u32', times)
      enterChecked()
      try {
        const value = callMeter(times)
        leave()
        return value >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
  }
}

/** The built-ins with which the guest makes its counters. */
export function counterImports({ enterImport }: Guest, handles: Handles): WebAssembly.ModuleImports {
  return {
    '[resource-new]counter'(rep: number): number {
      enterImport()
      return handles.add(rep >>> 0)
    },
  }
}
