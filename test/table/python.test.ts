import { roundsSuite } from './rounds-suite.ts'
import { tableSuite } from './table-suite.ts'

tableSuite('python')

// componentize-py (0.25.1) neither frees a resource of the guest nor drops the handle of one that was given to it.
roundsSuite('python', { growth: 'unbounded', handlesLeft: 1 })
