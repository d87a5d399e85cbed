import { tableSuite } from './table-suite.ts'

tableSuite('go')
