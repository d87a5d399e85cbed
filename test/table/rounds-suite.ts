import { afterEach, expect, test } from 'vitest'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../guests/guests.ts'
import { compileToolbox, instantiateToolbox } from '../guests/instantiate-toolbox.ts'
import { toolboxGuest } from '../guests/toolbox-guests.ts'
import { playRound } from './rounds.ts'
import { Watch } from './watch.ts'

const ROUNDS = 10_000

/** How a language's toolchain takes care of what guests hold. */
export interface Care {
  /** By how many bytes memory may grow in the second half of the rounds; `unbounded` where it has to grow, since nothing is freed. */
  readonly growth: number | 'unbounded'
  /** How many handles of each round are left: those of counters that the host gives to the guest, where nothing drops them. */
  readonly handlesLeft: 0 | 1
}

/**
 * Declares the test that plays ten thousand rounds with resources and imports in a language, by generated code, and looks at what
 * is left of them.
 */
export function roundsSuite(language: string, { growth, handlesLeft }: Care): void {
  const guest = toolboxGuest(language)
  let watch: Watch | undefined
  afterEach(() => watch?.end())

  const title = `ten thousand rounds with resources and imports in ${language}`
  test.skipIf(isSkipped(language))(title, { timeout: BUILD_TIMEOUT }, async () => {
    const compiled = await compileToolbox(guest, 'generated', await guestPath(guest.component))
    watch = new Watch()
    const toolbox = instantiateToolbox(guest, 'generated', compiled)
    let half = 0
    for (let round = 0; round < ROUNDS; round++) {
      playRound(toolbox, round)
      if (round === ROUNDS / 2) half = watch.memory
    }
    const grown = watch.memory - half
    expect(half).toBeGreaterThan(0)
    if (growth === 'unbounded') expect(grown, 'memory is freed by now: give a bound').toBeGreaterThan(0)
    else expect(grown).toBeLessThanOrEqual(growth)
    // Three counters are made, one is given to the guest, a sink is lent and another given away.
    expect(watch.given).toBe(guest.world === 'toolbox' ? 6 * ROUNDS : 0)
    expect(watch.handles).toBe(handlesLeft * ROUNDS)
    toolbox.dispose()
  })
}
