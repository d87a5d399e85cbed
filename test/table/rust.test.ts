import { roundsSuite } from './rounds-suite.ts'
import { tableSuite } from './table-suite.ts'

tableSuite('rust')
roundsSuite('rust', { growth: 0, handlesLeft: 0 })
