import { roundsSuite } from './rounds-suite.ts'

// In a file of its own, since it takes far longer than the others: StarlingMonkey needs more than two milliseconds for a round.
// componentize-js (0.22.0) drops no handle of a counter that was given to the guest, and the guest has no means to do it.
// The garbage collector waits until there are more than 100 MiB.
roundsSuite('javascript', { growth: 32 * 2 ** 20, handlesLeft: 1 })
