import { roundsSuite } from './rounds-suite.ts'
import { tableSuite } from './table-suite.ts'

tableSuite('go')

// Its garbage collector lets the memory grow to twice what is in use, and is in no hurry.
roundsSuite('go', { growth: 8 * 2 ** 20, handlesLeft: 0 })
