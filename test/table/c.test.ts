import { tableSuite } from './table-suite.ts'

tableSuite('c')
