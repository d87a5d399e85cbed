import { roundsSuite } from './rounds-suite.ts'
import { tableSuite } from './table-suite.ts'

tableSuite('javascript')

// componentize-js (0.22.0) drops no handle of a counter that was given to the guest; a guest cannot do it by itself.
// The garbage collector waits until there are more than 100 MiB.
roundsSuite('javascript', { growth: 32 * 2 ** 20, handlesLeft: 1 })
