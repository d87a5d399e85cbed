import type { Host, Meter } from './api.ts'

/** An error by which the host signals `err`. */
class Failure extends Error {
  readonly payload: string

  constructor(payload: string) {
    super(payload)
    this.payload = payload
  }
}

/** What `attempt` does, by its parameter. */
export const OUTCOME = { ok: 0, newError: 1, cachedError: 2, bare: 3 } as const

const cached = new Failure('denied')
let characters = 0

/** What the guest counts with. */
class CountingMeter implements Meter {
  #value: number

  constructor(start: number) {
    this.#value = start
  }

  add(by: number): number {
    return (this.#value += by)
  }
}

/** The host's side of bench.wit, the same for every peer. */
export const host: Host = {
  Meter: CountingMeter,
  ping: (value) => (value + 1) >>> 0,
  log: (line) => {
    characters += line.length
  },
  attempt: (outcome) => {
    switch (outcome) {
      case OUTCOME.ok:
        return 7
      case OUTCOME.newError:
        throw new Failure('denied')
      case OUTCOME.cachedError:
        throw cached
      default:
        throw 'denied'
    }
  },
}

/** Characters that guests have logged. */
export function loggedCharacters(): number {
  return characters
}
