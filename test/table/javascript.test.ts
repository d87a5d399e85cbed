import { tableSuite } from './table-suite.ts'

tableSuite('javascript')
