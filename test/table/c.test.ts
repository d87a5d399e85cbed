import { roundsSuite } from './rounds-suite.ts'
import { tableSuite } from './table-suite.ts'

tableSuite('c')
roundsSuite('c', { growth: 0, handlesLeft: 0 })
