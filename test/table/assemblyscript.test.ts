import { roundsSuite } from './rounds-suite.ts'
import { tableSuite } from './table-suite.ts'

tableSuite('assemblyscript')
roundsSuite('assemblyscript', { growth: 0, handlesLeft: 0 })
